/** Requests as API Gateway hands them over (payload format 2.0), with the claims of a verified token. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { z } from 'zod';
import { context } from './harness.ts';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly claims?: Record<string, string>;
  readonly base64?: boolean;
}
export const operator = { token_use: 'access', scope: 'nachschub/operate', client_id: 'operators' };
export const memberClaims = (username: string) => ({ token_use: 'access', scope: 'openid nachschub/household', username, client_id: 'app' });
/** As the gateway writes the claims of somebody who looks after households. */
export const agentClaims = {
  token_use: 'access',
  scope: 'openid nachschub/look-after',
  username: 'staff_weber',
  client_id: 'app',
  'cognito:groups': '[agents]',
};
/** As `RETAILER_CLIENTS` of the harness names them: `client-of-rt_frischhof` is the machine of rt_frischhof. */
export const shopClaims = (retailerId: string) => ({ token_use: 'access', scope: 'nachschub/retailer', client_id: `client-of-${retailerId}` });

const textOf = (body: unknown): string | undefined => (body === undefined || typeof body === 'string' ? body : JSON.stringify(body));

export function apiEvent({ method, path, query = '', body, headers = {}, claims, base64 = false }: Call) {
  const text = textOf(body);
  const http = { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' };
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: query,
    headers: { host: 'api.example', ...(text !== undefined && { 'content-type': 'application/json' }), ...headers },
    requestContext: {
      ...{ accountId: '0', apiId: 'api', domainName: 'api.example', domainPrefix: 'api', requestId: 'r', routeKey: 'r', stage: '$default' },
      ...{ time: '', timeEpoch: 0, http },
      ...(claims && { authorizer: { jwt: { claims, scopes: [] } } }),
    },
    ...(text !== undefined && { body: base64 ? Buffer.from(text).toString('base64') : text }),
    isBase64Encoded: base64,
  } satisfies Omit<APIGatewayProxyEventV2, 'requestContext'> & { requestContext: object };
}

const answerSchema = z.object({ statusCode: z.number(), body: z.string().default(''), headers: z.record(z.string(), z.unknown()).default({}) });
/** A status, and the parsed body. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly contentType: unknown;
}

export async function send(handler: (event: never, context: never) => Promise<unknown>, call: Call): Promise<Answer> {
  const { statusCode: status, body, headers } = answerSchema.parse(await handler(apiEvent(call) as never, context as never));
  return { status, body: z.record(z.string(), z.unknown()).parse(JSON.parse(body)), contentType: headers['content-type'] };
}
