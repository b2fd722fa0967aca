import { createPublicKey } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { handler } from '../../functions/authorize-app.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { change, load } from '../../functions/runtime/store.ts';
import { openSigningKey, type SigningKey } from '../../infra/local/identity/signing-key.ts';
import { openTokens, type Tokens } from '../../infra/local/identity/tokens.ts';
import { openWorld, context, type World } from './harness.ts';
import { anna, furnish, guest, householdId, stranger } from './kitchen.ts';

const APP = 'client-of-the-app';
const ARN = 'arn:aws:iot:eu-central-1:000000000000';
const directory = mkdtempSync(path.join(tmpdir(), 'authorize-app-'));
let server: Server;
let issuer: string;
let key: SigningKey;
let tokens: Tokens;
let areKeysThere = true;
let world: World;

beforeAll(async () => {
  key = await openSigningKey(path.join(directory, 'key.json'));
  const { kty, n, e, kid } = key.jwk;
  server = createServer((_, response) => {
    if (areKeysThere)
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [{ kty, n, e, kid, alg: 'RS256', use: 'sig' }] }));
    else response.writeHead(503).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  issuer = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}/oidc`;
  tokens = openTokens(key, issuer);
  Object.assign(process.env, { TOKEN_ISSUER: issuer, TOKEN_CLIENTS: JSON.stringify([APP]), IOT_ARN_BASE: ARN });
});
afterAll(() => {
  server.close();
  rmSync(directory, { recursive: true });
});
beforeEach(async () => {
  world = await openWorld();
  await furnish();
});
afterEach(() => world.close());

const scopes = ['nachschub/household'];
const tokenOf = (username: string, lifetimeSeconds = 3_600) => tokens.issueToken({ clientId: APP, scopes, username, lifetimeSeconds });
interface Connect {
  readonly username?: string;
  readonly clientId?: string;
  readonly token?: string;
}
const answerSchema = z.object({
  isAuthenticated: z.boolean(),
  principalId: z.string().regex(/^[A-Za-z0-9]{1,128}$/),
  disconnectAfterInSeconds: z.number().min(300).max(86_400),
  refreshAfterInSeconds: z.number().min(300).max(86_400),
  policyDocuments: z.array(z.unknown()),
});
/** As AWS IoT asks. */
const connect = async ({ username = householdId, clientId = 'app-mem_anna-phone1', token = '' }: Connect) => {
  const mqtt = { username, password: Buffer.from(token).toString('base64'), clientId };
  const event = { signatureVerified: false, protocols: ['mqtt'], protocolData: { mqtt }, connectionMetadata: { id: 'c-1' } };
  return answerSchema.parse(await handler(event, context));
};
const connections = async () =>
  Promise.all(['app-mem_anna-phone1', 'app-mem_stranger-phone1'].map((clientId) => load(kinds.app, keys.app(householdId, clientId))));

describe('a member’s app', () => {
  it('may be itself and hear its household, and nothing else', async () => {
    const answer = await connect({ token: await tokenOf(anna) });
    expect(answer).toMatchObject({ isAuthenticated: true, refreshAfterInSeconds: 300 });
    expect(answer.policyDocuments).toEqual([
      {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: 'iot:Connect', Resource: `${ARN}:client/app-mem_anna-phone1` },
          { Effect: 'Allow', Action: 'iot:Subscribe', Resource: `${ARN}:topicfilter/app/nachschub/hh_anna/messages` },
          { Effect: 'Allow', Action: 'iot:Receive', Resource: `${ARN}:topic/app/nachschub/hh_anna/messages` },
          { Effect: 'Allow', Action: 'iot:Subscribe', Resource: `${ARN}:topicfilter/app/nachschub/hh_anna/changes` },
          { Effect: 'Allow', Action: 'iot:Receive', Resource: `${ARN}:topic/app/nachschub/hh_anna/changes` },
        ],
      },
    ]);
  });

  it('stays no longer than its token, within what AWS IoT allows', async () => {
    const after = async (lifetimeSeconds: number) => (await connect({ token: await tokenOf(anna, lifetimeSeconds) })).disconnectAfterInSeconds;
    expect(await after(30 * 86_400)).toBe(86_400);
    expect(await after(20)).toBe(300);
    const hour = await after(3_600);
    expect(hour).toBeGreaterThan(3_590);
    expect(hour).toBeLessThanOrEqual(3_600);
  });

  it('may name the authorizer behind the household, as stock clients do', async () => {
    const username = `${householdId}?x-amz-customauthorizer-name=Apps`;
    expect(await connect({ username, token: await tokenOf(anna) })).toMatchObject({ isAuthenticated: true });
  });

  it('is written down once for each token, to end a little after it', async () => {
    const token = await tokenOf(anna);
    await connect({ token });
    await connect({ token });
    const [app] = await connections();
    expect(app).toMatchObject({ version: 1, state: { householdId, memberId: anna, clientId: 'app-mem_anna-phone1' } });
    const endsIn = (app?.state.endsAtSeconds ?? 0) - Date.now() / 1_000;
    expect(endsIn).toBeGreaterThan(3_890);
    expect(endsIn).toBeLessThan(3_905);
    const records = await world.stream('Households');
    expect(records.at(-1)?.dynamodb?.NewImage?.['expiresAtSeconds']?.N).toBe(String(app?.state.endsAtSeconds));
  });

  it('of a guest hears the household too', async () => {
    expect(await connect({ clientId: 'app-mem_guest-tv', token: await tokenOf(guest) })).toMatchObject({ isAuthenticated: true });
  });
});

describe('refused, and written down nowhere,', () => {
  const refusedNow = async (asked: Connect) => {
    const answer = await connect(asked);
    expect([answer.isAuthenticated, answer.policyDocuments]).toEqual([false, []]);
    expect(await connections()).toEqual([undefined, undefined]);
  };

  it('is a member of another household', async () => {
    await refusedNow({ clientId: 'app-mem_stranger-phone1', token: await tokenOf(stranger) });
  });

  it('is a household that does not exist, and a name that is none', async () => {
    await refusedNow({ username: 'hh_nobody', token: await tokenOf(anna) });
    await refusedNow({ username: 'mem_anna', token: await tokenOf(anna) });
    await refusedNow({ username: 'hh_anna/#', token: await tokenOf(anna) });
  });

  it.each([
    'app-mem_guest-phone1',
    'app-mem_anna',
    'app-mem_anna-',
    'app-mem_anna-a-b',
    'app-mem_anna-*',
    'app-mem_anna-$',
    'fridge-anna',
    '',
    `app-mem_anna-${'x'.repeat(33)}`,
  ])('is the client id %j', async (clientId) => {
    await refusedNow({ clientId, token: await tokenOf(anna) });
  });

  it('is who has left the household', async () => {
    const leftAt = world.now;
    await change(kinds.member, keys.member(householdId, anna), (member) =>
      member === undefined ? { kind: 'ignored', reason: 'gone' } : { kind: 'changed', state: { ...member, leftAt }, events: [] },
    );
    await refusedNow({ token: await tokenOf(anna) });
  });

  it('is a token that is expired, another client’s, another issuer’s, without the scope, or no token', async () => {
    await refusedNow({ token: await tokenOf(anna, -1) });
    const ask = { clientId: APP, scopes, username: anna, lifetimeSeconds: 60 };
    await refusedNow({ token: await tokens.issueToken({ ...ask, clientId: 'client-of-the-operator' }) });
    await refusedNow({ token: await tokens.issueToken({ ...ask, scopes: ['nachschub/operate'] }) });
    await refusedNow({ token: await openTokens(key, 'https://cognito-idp.example/pool').issueToken(ask) });
    await refusedNow({ token: '' });
    await refusedNow({ token: 'not a token' });
    await refusedNow({ token: 'x'.repeat(100_000) });
  });

  it('is a token of another key, an ID token, and one signed with our public key', async () => {
    const claims = { token_use: 'access', client_id: APP, username: anna, scope: 'nachschub/household' };
    const sign = (payload: object, alg: string, secret: Parameters<SignJWT['sign']>[0]) =>
      new SignJWT({ ...payload }).setProtectedHeader({ alg, kid: key.jwk.kid }).setIssuer(issuer).setIssuedAt().setExpirationTime('1h').sign(secret);
    const { privateKey: otherKey } = await generateKeyPair('RS256');
    await refusedNow({ token: await sign(claims, 'RS256', otherKey) });
    await refusedNow({ token: await sign({ ...claims, token_use: 'id', aud: APP }, 'RS256', key.privateKey) });
    const pem = createPublicKey({ key: key.jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    await refusedNow({ token: await sign(claims, 'HS256', Buffer.from(pem)) });
    const [, payload = ''] = (await sign(claims, 'RS256', key.privateKey)).split('.');
    await refusedNow({ token: `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.` });
  });

  it('is whatever is no connection of an app at all', async () => {
    const refused = answerSchema.parse(await handler({ protocols: ['http'], protocolData: { http: { headers: {}, queryString: '' } } }, context));
    expect(refused.isAuthenticated).toBe(false);
  });

  it('and the log holds the reason and nothing of the token', async () => {
    const token = await tokenOf(stranger);
    await connect({ clientId: 'app-mem_stranger-phone1', token });
    expect(world.log.some((line) => JSON.stringify(line).includes('no-member'))).toBe(true);
    expect(JSON.stringify(world.log)).not.toContain(token.slice(-40));
  });
});

it('cannot judge anybody while the keys are not to be had: that is our trouble, and no refusal', async () => {
  // Another issuer, because the keys of the first are remembered.
  process.env['TOKEN_ISSUER'] = `${issuer}/elsewhere`;
  areKeysThere = false;
  try {
    const token = await openTokens(key, `${issuer}/elsewhere`).issueToken({ clientId: APP, scopes, username: anna, lifetimeSeconds: 60 });
    await expect(connect({ token })).rejects.toThrow();
  } finally {
    areKeysThere = true;
    process.env['TOKEN_ISSUER'] = issuer;
  }
});
