/** A CloudFront Function of the template, run as it stands (CloudFront developer guide, “CloudFront Functions event structure”). */
import vm from 'node:vm';
import { z } from 'zod';

const headersSchema = z.record(z.string(), z.looseObject({ value: z.string() })).default({});
/** A function answers itself, or hands the request on. */
const answerSchema = z.union([
  z.object({ statusCode: z.int().min(100).max(599), headers: headersSchema }).transform((response) => ({ kind: 'answered' as const, ...response })),
  z.object({ uri: z.string().startsWith('/') }).transform((request) => ({ kind: 'handed-on' as const, ...request })),
]);
export type EdgeAnswer = z.infer<typeof answerSchema>;

export interface EdgeRequest {
  readonly method: string;
  /** Without the query. */
  readonly uri: string;
}
export type EdgeFunction = (request: EdgeRequest) => EdgeAnswer;

/**
 * CloudFront stops a function after a millisecond of its processor. Here only the wall's time can be limited, of which a busy machine lets
 * any amount pass: so long that nothing but an endless loop takes it.
 */
const LIMIT_WALL_MILLIS = 30_000;

/** @throws Error naming the function when its code does not compile; what it answers throws when it is neither a request nor a response */
export function edgeFunction(name: string, code: string, limitWallMillis = LIMIT_WALL_MILLIS): EdgeFunction {
  const script = new vm.Script(`${code}\n;JSON.stringify(handler(JSON.parse(event)))`, { filename: `${name}.js` });
  return ({ method, uri }) => {
    const request = { method, uri, querystring: {}, headers: {}, cookies: {} };
    const event = { version: '1.0', context: { eventType: 'viewer-request' }, viewer: { ip: '127.0.0.1' }, request };
    // It sees text in and gives text out, so that nothing of this process can be reached from inside.
    const answer: unknown = script.runInNewContext({ event: JSON.stringify(event) }, { timeout: limitWallMillis });
    return answerSchema.parse(JSON.parse(z.string().parse(answer)));
  };
}
