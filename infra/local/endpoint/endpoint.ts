/** The one address of the local cloud: every AWS SDK on this machine is pointed at it with `AWS_ENDPOINT_URL`. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AwsHandler, AwsRequest, AwsResponse } from '../aws-request.ts';
import { AwsError, errorAnswer } from './aws-answer.ts';
import { callOf, credentialOf, describeUnknown, type Credential, type Service } from './call.ts';
import { BodyTooLarge, readBody } from './read-body.ts';

export type Verdict = 'allow' | { readonly deny: string };

export interface EndpointOptions {
  readonly handlers: Readonly<Partial<Record<Service, AwsHandler>>>;
  /** Access key id → caller. */
  readonly principals: ReadonlyMap<string, string>;
  /** Where IAM decides; without it every known caller may do everything. */
  readonly authorize?: (request: AwsRequest, service: Service, operation: string) => Verdict | Promise<Verdict>;
  /** 0 or nothing takes a free one. */
  readonly port?: number;
  /** Told what a handler threw by mistake; the caller of the API sees no more than an internal failure. */
  readonly onFault?: (error: unknown, service: Service, operation: string) => void;
}

export interface Endpoint {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** API Gateway takes 10 MB, the largest of all that a part of the product may be sent. */
const BODY_BYTES_MAX = 10 * 1024 * 1024;
/** Longer than any SDK keeps an idle connection, so that it is never closed under a request that is about to use it. */
const KEEP_ALIVE_MILLIS = 120_000;

/** Each service has its own names for the same three refusals. */
const REFUSALS: Record<Service, { readonly noKey: string; readonly unknownKey: string; readonly denied: string }> = {
  dynamodb: { noKey: 'MissingAuthenticationTokenException', unknownKey: 'UnrecognizedClientException', denied: 'AccessDeniedException' },
  sqs: { noKey: 'MissingAuthenticationToken', unknownKey: 'InvalidClientTokenId', denied: 'AccessDeniedException' },
  events: { noKey: 'MissingAuthenticationTokenException', unknownKey: 'UnrecognizedClientException', denied: 'AccessDeniedException' },
  secretsmanager: { noKey: 'MissingAuthenticationTokenException', unknownKey: 'UnrecognizedClientException', denied: 'AccessDeniedException' },
  'iot-data': { noKey: 'UnauthorizedException', unknownKey: 'UnrecognizedClientException', denied: 'ForbiddenException' },
  'cognito-idp': { noKey: 'MissingAuthenticationTokenException', unknownKey: 'UnrecognizedClientException', denied: 'AccessDeniedException' },
  ses: { noKey: 'MissingAuthenticationTokenException', unknownKey: 'UnrecognizedClientException', denied: 'AccessDeniedException' },
};

export async function openEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MILLIS, noDelay: true }, (incoming, outgoing) => {
    void respond(options, incoming, outgoing);
  });
  const port = await listen(server, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((resolve, reject) => {
        if (!server.listening) {
          resolve();
          return;
        }
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port, backlog: 1_024 }, () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('expected the server to listen on a port'));
      else resolve(address.port);
    });
  });
}

async function respond(options: EndpointOptions, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const headers = singleHeaders(incoming);
  let answer: AwsResponse;
  try {
    answer = await answerTo(options, incoming, headers);
  } catch (error) {
    if (incoming.destroyed && !incoming.complete) return;
    answer = errorAnswer(headers, error instanceof AwsError ? error : new AwsError('InternalFailure', 'the local cloud failed', { status: 500 }));
    // The rest of a body that is too large is not read, so the connection cannot serve another request.
    if (error instanceof BodyTooLarge) outgoing.setHeader('connection', 'close');
  }
  outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body), 'x-amzn-requestid': randomUUID() });
  outgoing.end(answer.body);
}

async function answerTo(options: EndpointOptions, incoming: IncomingMessage, headers: AwsRequest['headers']): Promise<AwsResponse> {
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const place = { headers, method: incoming.method ?? 'GET', path: url.pathname };
  const credential = credentialOf(headers);
  const call = callOf(place, credential ?? { accessKeyId: '', service: '' });
  const caller = callerOf(options.principals, credential, call?.service);
  const handler = call && options.handlers[call.service];
  if (call === undefined || handler === undefined || credential === undefined)
    throw new AwsError('UnknownOperationException', `the local cloud does not offer ${credential ? describeUnknown(place, credential) : 'this'}`, {
      status: 404,
    });

  const request: AwsRequest = { ...place, caller, query: url.searchParams, body: await readBody(incoming, BODY_BYTES_MAX) };
  const verdict = options.authorize === undefined ? 'allow' : await options.authorize(request, call.service, call.operation);
  if (verdict !== 'allow') throw new AwsError(REFUSALS[call.service].denied, verdict.deny, { status: 403 });
  try {
    return await handler(request);
  } catch (error) {
    if (error instanceof AwsError) throw error;
    (options.onFault ?? writeFault)(error, call.service, call.operation);
    throw new AwsError('InternalFailure', `${call.service} ${call.operation} failed`, { status: 500 });
  }
}

/** @throws AwsError when there is no access key or nobody here owns it. */
function callerOf(principals: ReadonlyMap<string, string>, credential: Credential | undefined, service: Service = 'dynamodb'): string {
  if (credential === undefined) throw new AwsError(REFUSALS[service].noKey, 'expected a request signed with an access key (SigV4)', { status: 403 });
  const caller = principals.get(credential.accessKeyId);
  if (caller === undefined) throw new AwsError(REFUSALS[service].unknownKey, 'the access key belongs to nobody here', { status: 403 });
  return caller;
}

/** The first of each; none of the headers that the services read may stand twice. */
function singleHeaders(incoming: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(incoming.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}

const writeFault = (error: unknown, service: Service, operation: string): void => {
  process.stderr.write(`${service} ${operation}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
};
