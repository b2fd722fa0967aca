/** Every token that somebody might try, at every door that demands one, over real HTTP: none opens, and nothing of it is repeated to anybody. */
import { createPublicKey } from 'node:crypto';
import path from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { routes, scopes, type Route } from '../../../../shared/api/routes.ts';
import { openSigningKey } from '../../../../infra/local/identity/signing-key.ts';
import { signIn } from './browser.ts';
import { openedIdentity, type OpenedIdentity } from './opened-identity.ts';

const doors = Object.entries<Route>(routes).filter(([, route]) => route.scopes.length > 0);
const SECRET_PART = 'x'.repeat(64);

let opened: OpenedIdentity;
let bad: Record<string, (route: Route) => string | undefined>;
/** Everything that the process says while the table is gone through. */
const said: string[] = [];

beforeAll(async () => {
  opened = await openedIdentity();
  const { privateKey, jwk } = await openSigningKey(path.join(opened.directory, 'identity', 'signing-key.json'));
  const sign = (claims: object, { alg = 'RS256', key = privateKey, issuer = opened.issuer, endsIn = 3_600 } = {}) =>
    new SignJWT({ token_use: 'access', client_id: opened.clientId('App'), username: 'mem_anna', marker: SECRET_PART, ...claims })
      .setProtectedHeader({ alg, kid: jwk.kid })
      .setIssuer(issuer)
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1_000) + endsIn)
      .sign(key);
  const everything = { scope: Object.values(scopes).join(' ') };
  const stranger = await generateKeyPair('RS256', { extractable: true });
  const strangersJwk = await exportJWK(stranger.publicKey);
  const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const [header = '', payload = '', signature = ''] = (await sign(everything)).split('.');
  const { id_token: idToken = '' } = await signIn(opened, 'mem_anna');
  const scoped = new Map(await Promise.all(Object.values(scopes).map(async (scope) => [scope, await sign({ scope })] as const)));
  const fixed: Record<string, string | undefined> = {
    nothing: undefined,
    'an empty token': '',
    'no algorithm': `${part({ alg: 'none' })}.${payload}.`,
    'no algorithm, and a signature': `${part({ alg: 'None' })}.${payload}.${signature}`,
    'HS256 with our public key as its secret': await sign(everything, { alg: 'HS256', key: Buffer.from(pem) }),
    'HS256 with our public key as JSON': await sign(everything, { alg: 'HS256', key: Buffer.from(JSON.stringify({ kty: jwk.kty, n: jwk.n, e: jwk.e })) }),
    'another key under our key’s name': await sign(everything, { key: stranger.privateKey }),
    'a key that the token brings along': await new SignJWT({ ...everything, token_use: 'access', client_id: opened.clientId('App'), marker: SECRET_PART })
      .setProtectedHeader({ alg: 'RS256', jwk: strangersJwk })
      .setIssuer(opened.issuer)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(stranger.privateKey),
    'a changed payload': `${header}.${part({ ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object), username: 'mem_otto' })}.${signature}`,
    'a cut signature': `${header}.${payload}.${signature.slice(0, -4)}`,
    'another issuer': await sign(everything, { issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Abc123xyz' }),
    'the issuer with a slash': await sign(everything, { issuer: `${opened.issuer}/` }),
    'another client': await sign({ ...everything, client_id: 'somebody-elses-app' }),
    'another audience': await sign({ ...everything, aud: 'somebody-elses-app' }),
    expired: await sign(everything, { endsIn: -1 }),
    'an ID token': idToken,
    'no scope': await sign({}),
    'a scope that only begins alike': await sign({
      scope: Object.values(scopes)
        .map((scope) => `${scope}-more`)
        .join(' '),
    }),
    'all scopes in capitals': await sign({ scope: everything.scope.toUpperCase() }),
    '100 KB': `${header}.${'A'.repeat(100_000)}.${signature}`,
    '100 KB, signed': await sign({ ...everything, padding: 'p'.repeat(75_000) }),
    'two tokens': `${await sign(everything)} ${await sign(everything)}`,
  };
  bad = Object.fromEntries(Object.entries(fixed).map(([name, token]) => [name, () => token]));
  bad['only the scopes of others'] = (route) => scoped.get(Object.values(scopes).find((scope) => !route.scopes.includes(scope)) ?? scopes.operate);
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      said.push(String(chunk));
      return true;
    });
  }
});
afterAll(async () => {
  vi.restoreAllMocks();
  await opened.close();
});

const placeholders = (route: Route) => route.path.replaceAll(/\{(\w+)\}/g, 'x');
async function knock(route: Route, token: string | undefined) {
  const body = route.method === 'GET' || route.method === 'DELETE' ? {} : { body: '{}' };
  const headers = { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  const response = await fetch(`${opened.origin}/api${placeholders(route)}`, { method: route.method, headers, ...body });
  return { status: response.status, text: await response.text(), headers: JSON.stringify([...response.headers]) };
}

describe.each(doors)('the door %s', (_, route) => {
  it('stays shut for every one of them', async () => {
    const opens: unknown[] = [];
    for (const [kind, tokenFor] of Object.entries(bad)) {
      const token = tokenFor(route);
      const { status, text, headers } = await knock(route, token);
      const repeats =
        token !== undefined && token.length > 40 && [text, headers].some((heard) => heard.includes(token.slice(-40)) || heard.includes(SECRET_PART));
      if (![401, 403].includes(status) || repeats) opens.push([kind, status, text.slice(0, 100)]);
    }
    expect(opens).toEqual([]);
    expect(opened.events).toEqual([]);
  });
});

it('and nothing of any token was said in the process’s output', () => {
  const heard = said.join('');
  for (const [kind, tokenFor] of Object.entries(bad)) {
    for (const [, route] of doors) {
      const token = tokenFor(route) ?? '';
      if (token.length > 40) expect([kind, heard.includes(token.slice(-40))]).toEqual([kind, false]);
    }
  }
});

it('while a good token of each kind opens its own', async () => {
  const clients = {
    [scopes.operate]: 'Operator',
    [scopes.household]: 'App',
    [scopes.collect]: 'Collector',
    [scopes.retailer]: 'Retailer',
    [scopes.lookAfter]: 'App',
  } as const;
  const statuses: [string, number][] = [];
  for (const [name, route] of doors) {
    for (const scope of route.scopes) {
      const token = await opened.identity.tokens.issueToken({ clientId: opened.clientId(clients[scope]), scopes: [scope], lifetimeSeconds: 60 });
      statuses.push([`${name} ${scope}`, (await knock(route, token)).status]);
    }
  }
  expect(statuses.filter(([, status]) => status !== 200)).toEqual([]);
  expect(statuses.length).toBeGreaterThanOrEqual(doors.length);
});
