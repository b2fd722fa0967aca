/**
 * The one way to answer HTTP: zod at the edge in both directions, problem documents (RFC 9457) for refusals, and nothing of
 * our insides in an error.
 */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { handle } from 'hono/aws-lambda';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { meantBy } from '../../shared/meant-issues.ts';
import { callingMember } from './caller.ts';
import { correlated } from './correlation.ts';
import { productNow } from './clock.ts';
import { logger } from './log.ts';
import { takeToken } from './member-limits.ts';
import { publishMetrics } from './metrics.ts';
import { VisibleError } from './visible-error.ts';

export interface ApiEnvironment {
  Bindings: { event: unknown };
}
export type ApiContext = Context<ApiEnvironment>;

export const problemSchema = z.strictObject({
  ...{ type: z.string(), title: z.string(), status: z.int(), detail: z.string() },
  /** Where something else stands there than the caller believed: what that is. */
  current: z.unknown().optional(),
});
type Problem = z.infer<typeof problemSchema>;

const problem = (status: Problem['status'], code: string, detail: string, beside: Pick<Problem, 'current'> = {}): Response =>
  new Response(JSON.stringify({ type: `urn:nachschub:${code}`, title: code, status, detail, ...beside } satisfies Problem), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });

/** "address.country: expected an ISO 3166 country code such as DE". */
const firstIssue = (error: z.core.$ZodError): string => {
  const found = error.issues[0] === undefined ? undefined : meantBy(error.issues[0])[0];
  return found === undefined ? 'the request is not as described' : `${found.path.map(String).join('.') || 'body'}: ${found.issue.message}`;
};

export function newApi(): OpenAPIHono<ApiEnvironment> {
  const api = new OpenAPIHono<ApiEnvironment>({
    defaultHook: (result) => (result.success ? undefined : problem(400, 'bad-request', firstIssue(result.error))),
  });
  // Countdowns run by the product's clock, which an app cannot know otherwise.
  api.use(async (context, next) => {
    await next();
    context.header('nachschub-now', productNow());
  });
  api.use(limitMembers);
  api.notFound(() => problem(404, 'not-found', 'there is nothing here'));
  api.onError((error) => {
    if (error instanceof VisibleError) return problem(error.status, error.code, error.message, error.beside);
    // What the framework itself refuses, before our schemas see it: a body that is no JSON.
    if (error instanceof HTTPException && error.status === 400) return problem(400, 'bad-request', 'body: expected JSON');
    if (error instanceof HTTPException && error.status === 415) return problem(415, 'unsupported-media-type', 'expected the content type application/json');
    logger.error('a request failed', error);
    return problem(500, 'internal-error', 'something went wrong on our side; the same request may be sent again');
  });
  return api;
}

/** Only people: machines have clients of their own, which the stage's limits hold back. */
const limitMembers: MiddlewareHandler<ApiEnvironment> = async (context, next) => {
  const memberId = callingMember(context);
  const waitSeconds = memberId === undefined ? undefined : takeToken(memberId, context.req.method === 'GET' ? 'read' : 'write');
  if (waitSeconds === undefined) return next();
  return tooManyRequests(`more often than anybody taps: please wait ${String(waitSeconds)} s`, waitSeconds);
};

export function tooManyRequests(detail: string, waitSeconds: number): Response {
  const answer = problem(429, 'too-many-requests', detail);
  answer.headers.set('retry-after', String(waitSeconds));
  return answer;
}

export function lambdaHandler(api: OpenAPIHono<ApiEnvironment>): ReturnType<typeof handle> {
  const answer = handle(api);
  return (event, context) => correlated({}, () => answer(event, context).finally(publishMetrics));
}

/** What a route takes and gives, for its OpenAPI description. */
export const takes = <Body extends z.ZodType>(schema: Body) => ({ body: { content: { 'application/json': { schema } }, required: true } }) as const;
export const gives = <Body extends z.ZodType>(schema: Body, description: string) =>
  ({ 200: { description, content: { 'application/json': { schema } } }, default: { description: 'A problem document (RFC 9457)' } }) as const;
