/** An HTTP API with a few routes, as a template wires it, in front of a function that the test supplies. */
import { mkdtempSync, rmSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { Activity } from '../../../../infra/local/activity.ts';
import type { InvokeResult } from '../../../../infra/local/functions/instance.ts';
import { readHttpApi } from '../../../../infra/local/http/api-definition.ts';
import { openHttpApi } from '../../../../infra/local/http/open-http-api.ts';
import { openSigningKey } from '../../../../infra/local/identity/signing-key.ts';
import { openTokens, type Tokens } from '../../../../infra/local/identity/tokens.ts';
import { readStack, resource } from '../template/written-assembly.ts';

export const CLIENT_ID = 'household-app';

interface RouteSettings {
  readonly functionName?: string;
  readonly scopes?: readonly string[];
  readonly isOpen?: boolean;
  readonly timeoutMillis?: number;
}

/** @param routes route key → who may call and which function answers */
export function apiStack(routes: Readonly<Record<string, RouteSettings>>): { readonly Resources: Record<string, unknown> } {
  const Resources: Record<string, unknown> = {
    Pool: { Type: 'AWS::Cognito::UserPool' },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'Api', ProtocolType: 'HTTP' } },
    Authorizer: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ApiId: { Ref: 'Api' },
        Name: 'Members',
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Audience: [CLIENT_ID], Issuer: { 'Fn::GetAtt': ['Pool', 'ProviderURL'] } },
      },
    },
  };
  for (const [index, [RouteKey, { functionName = 'household-api', scopes = [], isOpen = false, timeoutMillis }]] of Object.entries(routes).entries()) {
    Resources[`Integration${index}`] = {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'Api' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: `arn:aws:lambda:eu-central-1:000000000000:function:${functionName}`,
        PayloadFormatVersion: '2.0',
        ...(timeoutMillis === undefined ? {} : { TimeoutInMillis: timeoutMillis }),
      },
    };
    Resources[`Route${index}`] = {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: 'Api' },
        RouteKey,
        Target: { 'Fn::Join': ['', ['integrations/', { Ref: `Integration${index}` }]] },
        ...(isOpen ? {} : { AuthorizationType: 'JWT', AuthorizerId: { Ref: 'Authorizer' }, AuthorizationScopes: scopes }),
      },
    };
  }
  return { Resources };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

interface Call {
  readonly method?: string;
  readonly headers?: Record<string, string | string[]>;
  readonly body?: string | Buffer;
  /** Sends the body without saying how long it is. */
  readonly isChunked?: boolean;
}

export interface OpenedApi {
  readonly tokens: Tokens;
  readonly port: number;
  readonly activity: Activity;
  readonly events: Record<string, unknown>[];
  readonly call: (path: string, call?: Call) => Promise<Answer>;
}

export function temporaryDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'http-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

/** One key for all tests of a file: making one takes longer than a test. */
const keys = mkdtempSync(path.join(tmpdir(), 'keys-'));
afterAll(() => rmSync(keys, { recursive: true }));

interface ApiSettings {
  readonly mountPath?: string;
  readonly keyDirectory?: string;
  /** Holds a caller whose token is about to be verified. */
  readonly beforeToken?: () => Promise<void>;
}

export async function openedApi(
  routes: Readonly<Record<string, RouteSettings>>,
  answer: (event: Record<string, unknown>, name: string) => InvokeResult | Promise<InvokeResult> = () => ({ ok: true, payload: null }),
  { mountPath = '', keyDirectory = keys, beforeToken = () => Promise.resolve() }: ApiSettings = {},
): Promise<OpenedApi> {
  const template = readStack(apiStack(routes));
  const issuer = resource(template, 'Pool').attributes['ProviderURL'] ?? '';
  const tokens = openTokens(await openSigningKey(path.join(keyDirectory, 'signing-key.json')), issuer);
  const activity = new Activity();
  const events: Record<string, unknown>[] = [];
  const invoke = async (name: string, event: unknown): Promise<InvokeResult> => {
    events.push(event as Record<string, unknown>);
    return answer(event as Record<string, unknown>, name);
  };
  const verifyToken = async (token: string) => {
    await beforeToken();
    return tokens.verifyToken(token);
  };
  const server = await openHttpApi({ api: readHttpApi(template), invoke, verifyToken, activity, mountPath, port: 0 });
  onTestFinished(() => server.close());
  return { tokens, port: server.port, activity, events, call: (target, call) => send(server.port, target, call) };
}

const send = (port: number, target: string, { method = 'GET', headers = {}, body, isChunked = false }: Call = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const length = body === undefined || isChunked ? {} : { 'content-length': Buffer.byteLength(body) };
    const outgoing = request({ host: '127.0.0.1', port, path: target, method, headers: { ...length, ...headers }, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text: Buffer.concat(chunks).toString('utf8') }));
    });
    // A server that has answered may hang up on the rest of a body.
    outgoing.on('error', (error) => setTimeout(() => reject(error), 100));
    outgoing.end(body);
  });
