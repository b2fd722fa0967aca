/** The provider and the HTTP API on one address, as the door serves them, over the clients and the routes of the product. */
import { createServer, type Server } from 'node:http';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { routes, scopes } from '../../../../shared/api/routes.ts';
import { readHttpApi } from '../../../../infra/local/http/api-definition.ts';
import { createHttpApi, SERVER_HEADER_BYTES_MAX } from '../../../../infra/local/http/http-api.ts';
import { openIdentity, type Identity } from '../../../../infra/local/identity/open-identity.ts';
import type { Person } from '../../../../infra/local/identity/people.ts';
import { readAssembly, type Template } from '../../../../infra/local/template/read-assembly.ts';
import { ENDPOINT, resource } from '../template/written-assembly.ts';

export const people: readonly Person[] = [
  { memberId: 'mem_anna', email: 'anna@example.org', name: 'Anna' },
  { memberId: 'staff_weber', email: 'weber@nachschub.example', name: 'Frau Weber', groups: ['agents'] },
  { memberId: 'mem_otto', email: 'otto@example.org', name: 'Otto <b>Köhler</b>' },
];

export interface OpenedIdentity {
  readonly origin: string;
  readonly issuer: string;
  readonly callbackUrl: string;
  readonly identity: Identity;
  readonly directory: string;
  /** What the functions were called with. */
  readonly events: Record<string, unknown>[];
  clientId(name: 'App' | 'Operator' | 'Collector' | 'Retailer'): string;
  /** Stops and starts again on the same folder and the same address. */
  restart(): Promise<OpenedIdentity>;
  close(): Promise<void>;
}

const client = (flow: string, allowed: readonly string[], more: object = {}) => ({
  Type: 'AWS::Cognito::UserPoolClient',
  Properties: { UserPoolId: { Ref: 'Pool' }, AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: [flow], AllowedOAuthScopes: allowed, ...more },
});
const machine = (scope: string) => client('client_credentials', [scope], { GenerateSecret: true });

function stack(callbackUrl: string): { readonly Resources: Record<string, unknown> } {
  const urls = { CallbackURLs: [callbackUrl], LogoutURLs: [callbackUrl] };
  const Resources: Record<string, unknown> = {
    Pool: { Type: 'AWS::Cognito::UserPool' },
    App: client('code', ['openid', 'email', scopes.household, scopes.lookAfter], {
      ...urls,
      AccessTokenValidity: 60,
      TokenValidityUnits: { AccessToken: 'minutes' },
    }),
    ...{
      Operator: machine(scopes.operate),
      Collector: machine(scopes.collect),
      Retailer: { ...machine(scopes.retailer), Metadata: { 'aws:cdk:path': 'Main/Retailer-rt_frischhof/Resource' } },
    },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'Api', ProtocolType: 'HTTP' } },
    Authorizer: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ...{ ApiId: { Ref: 'Api' }, Name: 'Tokens', AuthorizerType: 'JWT', IdentitySource: ['$request.header.Authorization'] },
        JwtConfiguration: {
          Audience: ['App', 'Operator', 'Collector', 'Retailer'].map((name) => ({ Ref: name })),
          Issuer: { 'Fn::GetAtt': ['Pool', 'ProviderURL'] },
        },
      },
    },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ...{ ApiId: { Ref: 'Api' }, IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' },
        IntegrationUri: 'arn:aws:lambda:eu-central-1:000000000000:function:any',
      },
    },
  };
  for (const [name, route] of Object.entries(routes)) {
    Resources[`Route${name}`] = {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ...{ ApiId: { Ref: 'Api' }, RouteKey: `${route.method} ${route.path}` },
        Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
        ...(route.scopes.length > 0 && { AuthorizationType: 'JWT', AuthorizerId: { Ref: 'Authorizer' }, AuthorizationScopes: [...route.scopes] }),
      },
    };
  }
  return { Resources };
}

/** Kept beside the rest, because it outlives a single test. */
function readStack(directory: string, template: object, issuer: string): Template {
  mkdirSync(directory, { recursive: true });
  const write = (file: string, content: object): void => writeFileSync(path.join(directory, file), JSON.stringify(content));
  write('Main.template.json', template);
  write('manifest.json', { version: '55.0.0', artifacts: { Main: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Main.template.json' } } } });
  return readAssembly(directory, { endpointUrl: ENDPOINT, issuer });
}

const listen = (server: Server, port: number) =>
  new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, () => {
      const address = server.address();
      if (address !== null && typeof address === 'object') resolve(address.port);
    });
  });

export async function openedIdentity(directory = mkdtempSync(path.join(tmpdir(), 'identity-')), fixedPort = 0): Promise<OpenedIdentity> {
  // The address stands in the tokens, so it is known before anything else is made.
  const server = createServer({ maxHeaderSize: SERVER_HEADER_BYTES_MAX });
  const port = await listen(server, fixedPort);
  const origin = `http://127.0.0.1:${port}`;
  const issuer = `${origin}/oidc`;
  const callbackUrl = `${origin}/app/signed-in`;
  const template = readStack(path.join(directory, 'assembly'), stack(callbackUrl), issuer);
  const identity = await openIdentity(directory, template, issuer);
  for (const person of people) await identity.people.add(person);
  const events: Record<string, unknown>[] = [];
  const { handleHttpApi } = createHttpApi({
    ...{ api: readHttpApi(template), mountPath: '/api', verifyToken: identity.tokens.verifyToken },
    invoke: (_, event) => {
      events.push(event as Record<string, unknown>);
      return Promise.resolve({ ok: true, payload: { statusCode: 200, body: '{"served":true}' } });
    },
  });
  server.on(
    'request',
    (request, response) => void (request.url?.startsWith('/oidc') === true ? identity.handle(request, response) : handleHttpApi(request, response)),
  );
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    ...{ origin, issuer, callbackUrl, identity, directory, events },
    clientId: (name) => resource(template, name).ref,
    restart: async () => {
      await stop();
      return openedIdentity(directory, port);
    },
    close: async () => {
      await stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
