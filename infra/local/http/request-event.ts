/** How a request becomes an event in payload format 2.0 (API Gateway developer guide, “Create AWS Lambda proxy integrations for HTTP APIs”). */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ACCOUNT_ID } from '../template/identity.ts';
import type { Admission } from './authorize.ts';
import type { Match } from './route-match.ts';

export interface EventParts {
  readonly request: IncomingMessage;
  readonly apiId: string;
  /** Where on this machine's server the API begins; '' on a server of its own. */
  readonly mountPath: string;
  /** Without the mount point. */
  readonly path: string;
  readonly query: string;
  readonly match: Match;
  readonly admission: Admission;
  readonly body: Buffer;
}

const isText = (contentType: string | undefined): boolean =>
  contentType !== undefined && /^(text\/|application\/(json|xml|javascript|x-www-form-urlencoded|[^;]*\+(json|xml))\s*(;|$))/i.test(contentType);

/** Several values of one name are joined with a comma. */
function joined(pairs: Iterable<readonly [string, string]>): Record<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of pairs) {
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(values);
}

/** Lower-case names. Cookies have a place of their own. */
function headersOf({ rawHeaders }: IncomingMessage): Record<string, string> {
  const pairs = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name.toLowerCase(), rawHeaders[index + 1] ?? ''] as const] : []));
  return joined(pairs.filter(([name]) => name !== 'cookie'));
}

/** The gateway says how it was reached (AWS does so with the first three), whatever the caller claims. */
const forwarded = ({ socket }: IncomingMessage, mountPath: string): Record<string, string> => ({
  'x-forwarded-for': socket.remoteAddress ?? '127.0.0.1',
  'x-forwarded-port': String(socket.localPort ?? 0),
  'x-forwarded-proto': 'http',
  ...(mountPath !== '' && { 'x-forwarded-prefix': mountPath }),
});

/** `02/Mar/2026:06:00:00 +0000`, as in an access log. */
function accessLogTime(epochMillis: number): string {
  const [, day = '', date = '', month = '', year = '', time = ''] = /^(\w+), (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(epochMillis).toUTCString()) ?? [];
  return day === '' ? '' : `${date}/${month}/${year}:${time} +0000`;
}

export function eventOf({ request, apiId, mountPath, path, query, match, admission, body }: EventParts): object {
  const headers = { ...headersOf(request), ...forwarded(request, mountPath) };
  const cookies = request.headers.cookie?.split('; ');
  const { routeKey } = match.route;
  const domainName = headers.host?.split(':')[0] ?? 'localhost';
  const timeEpoch = Date.now();
  const isBase64Encoded = body.length > 0 && !isText(headers['content-type']);
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    ...(cookies === undefined ? {} : { cookies }),
    headers,
    ...(query === '' ? {} : { queryStringParameters: joined(new URLSearchParams(query)) }),
    requestContext: {
      accountId: ACCOUNT_ID,
      apiId,
      ...(admission.kind === 'admitted' ? { authorizer: { jwt: { claims: admission.claims, scopes: admission.scopes } } } : {}),
      domainName,
      domainPrefix: domainName.split('.')[0] ?? domainName,
      http: {
        method: request.method ?? 'GET',
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: accessLogTime(timeEpoch),
      timeEpoch,
    },
    ...(body.length === 0 ? {} : { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') }),
    ...(Object.keys(match.pathParameters).length === 0 ? {} : { pathParameters: match.pathParameters }),
    isBase64Encoded,
  };
}
