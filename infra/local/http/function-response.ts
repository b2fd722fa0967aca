/** How a function's result becomes a response in payload format 2.0. */
import { z } from 'zod';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
}

const headerValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const fullResponseSchema = z.looseObject({
  statusCode: z.coerce.number().int().min(200).max(599),
  headers: z.record(z.string(), headerValue).nullish(),
  multiValueHeaders: z.record(z.string(), z.array(headerValue)).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

export const message = (status: number, text: string, headers: HttpAnswer['headers'] = {}): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ message: text }),
});

export const internalServerError = message(500, 'Internal Server Error');

/** Set by the connection, not by a function. */
const HOP_BY_HOP: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'content-length']);

/** Without a `statusCode` the whole result is the body of a 200; with one that cannot be read, the caller sees an error of ours. */
export function answerOf(payload: unknown): HttpAnswer {
  if (typeof payload !== 'object' || payload === null || !('statusCode' in payload)) {
    return { status: 200, headers: { 'content-type': 'application/json' }, body: typeof payload === 'string' ? payload : JSON.stringify(payload) };
  }
  const parsed = fullResponseSchema.safeParse(payload);
  if (!parsed.success) return internalServerError;
  const { statusCode, headers, multiValueHeaders, cookies, body, isBase64Encoded } = parsed.data;
  const all = Object.entries({ ...multiValueHeaders, ...headers }).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    status: statusCode,
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      ...Object.fromEntries(all.filter(([name]) => !HOP_BY_HOP.has(name))),
      ...(cookies === undefined || cookies === null || cookies.length === 0 ? {} : { 'set-cookie': cookies }),
    },
    body: isBase64Encoded === true ? Buffer.from(body ?? '', 'base64') : (body ?? ''),
  };
}
