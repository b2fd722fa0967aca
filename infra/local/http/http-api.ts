/** Serves the template's HTTP API as API Gateway would: limits, routes, authorizer, payload format 2.0. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Activity } from '../activity.ts';
import type { Functions } from '../functions/functions.ts';
import { reportTrouble } from '../functions/trouble.ts';
import type { HttpApiDefinition } from './api-definition.ts';
import { admit } from './authorize.ts';
import { answerOf, internalServerError, message, type HttpAnswer } from './function-response.ts';
import { eventOf } from './request-event.ts';
import { routeMatcher, type Match } from './route-match.ts';
import type { VerifyToken } from '../identity/tokens.ts';

export interface HttpApiOptions {
  readonly api: HttpApiDefinition;
  readonly invoke: Functions['invoke'];
  readonly verifyToken: VerifyToken;
  /** Where the API stands on the server, such as `/api`; the functions see paths without it. */
  readonly mountPath?: string;
  readonly activity?: Activity;
  /** Told the route of each call that its authorizer let in, as the template writes it. */
  readonly called?: (routeKey: string) => void;
}

export interface HttpApi {
  readonly handleHttpApi: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** API Gateway quotas for HTTP APIs: payload 10 MB; request line and headers 10,240 bytes together. */
const BODY_BYTES_MAX = 10 * 1_024 * 1_024;
const HEADER_BYTES_MAX = 10_240;

/** What the server itself reads before it hangs up, so that whoever sends more than the gateway takes is still told what was wrong. */
export const SERVER_HEADER_BYTES_MAX = 262_144;

const notFound = message(404, 'Not Found');
const unauthorized = message(401, 'Unauthorized', { 'www-authenticate': 'Bearer' });
const forbidden = message(403, 'Forbidden', { 'www-authenticate': 'Bearer error="insufficient_scope"' });
const tooLarge = message(413, 'Request Entity Too Large', { connection: 'close' });
const headersTooLarge = message(431, 'Request Header Fields Too Large', { connection: 'close' });
const unavailable = message(503, 'Service Unavailable');

function headerBytes({ method = '', url = '', rawHeaders }: IncomingMessage): number {
  return Buffer.byteLength(`${method} ${url} HTTP/1.1`) + rawHeaders.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
}

/** Nobody is there to be answered. */
class HungUp extends Error {}

/** Answers undefined when it is larger than allowed; rejects when the caller hangs up, or has done so before. */
function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  // Its close has been told already, and nothing will come any more: waiting for either would stop time for good.
  if (request.destroyed) return Promise.reject(new HungUp());
  if (Number(request.headers['content-length'] ?? 0) > BODY_BYTES_MAX) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= BODY_BYTES_MAX) chunks.push(chunk);
      else resolve(undefined);
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => reject(new HungUp()));
  });
}

/** Whatever becomes of the function, the caller has an answer in time. */
async function within(timeoutSeconds: number, answer: Promise<HttpAnswer>): Promise<HttpAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<HttpAnswer>((resolve) => (timer = setTimeout(() => resolve(unavailable), timeoutSeconds * 1_000)));
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

export function createHttpApi({ api, invoke, verifyToken, mountPath = '', activity, called }: HttpApiOptions): HttpApi {
  const matchRoute = routeMatcher(api.routes);

  async function call(match: Match, event: object): Promise<HttpAnswer> {
    const result = await invoke(match.route.functionName, event);
    return result.ok ? answerOf(result.payload) : internalServerError;
  }

  async function answerTo(request: IncomingMessage): Promise<HttpAnswer> {
    // No token of ours is as long: whoever shows one is nobody we know.
    if (Buffer.byteLength(request.headers.authorization ?? '') > HEADER_BYTES_MAX) return unauthorized;
    if (headerBytes(request) > HEADER_BYTES_MAX) return headersTooLarge;
    const [fullPath = '/', query = ''] = splitOnce(request.url ?? '/', '?');
    if (fullPath !== mountPath && !fullPath.startsWith(`${mountPath}/`)) return notFound;
    const path = fullPath.slice(mountPath.length) || '/';
    const match = matchRoute(request.method ?? 'GET', path);
    if (match === undefined) return notFound;
    const admission = await admit(match.route, request.headers.authorization, verifyToken);
    if (admission.kind === 'unauthorized') return unauthorized;
    if (admission.kind === 'forbidden') return forbidden;
    called?.(match.route.routeKey);
    const body = await readBody(request);
    if (body === undefined) return tooLarge;
    return within(match.route.timeoutSeconds, call(match, eventOf({ request, apiId: api.apiId, mountPath, path, query, match, admission, body })));
  }

  return {
    handleHttpApi: async (request, response) => {
      const end = activity?.begin(`${request.method ?? ''} ${(request.url ?? '').split('?')[0] ?? ''}`);
      try {
        const answer = await answerTo(request);
        // A body that nobody has read would otherwise be taken for the next request of the connection.
        if (!request.complete) response.shouldKeepAlive = false;
        await send(answer, response);
      } catch (error) {
        if (error instanceof HungUp || (request.destroyed && !request.complete)) return;
        reportTrouble(`${request.method ?? ''} ${request.url ?? ''}`, error);
        if (!response.headersSent) await send(internalServerError, response);
      } finally {
        end?.();
      }
    },
  };
}

const splitOnce = (text: string, separator: string): string[] => {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
};

function send({ status, headers, body }: HttpAnswer, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    // Whoever has hung up gets no answer, and its close has been told already: waiting for it would stop time for good.
    if (response.destroyed) {
      resolve();
      return;
    }
    response.once('close', resolve);
    // RFC 9110 §8.6: no length where there can be no body.
    response.writeHead(status, { ...mutable(headers), ...(status === 204 || status === 304 ? {} : { 'content-length': Buffer.byteLength(body) }) });
    response.end(body, () => resolve());
  });
}

const mutable = (headers: HttpAnswer['headers']): Record<string, string | string[]> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]));
