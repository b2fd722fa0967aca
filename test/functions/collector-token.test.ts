/** A client of the user pool may send with a bearer token instead of a write key: the function checks it itself, scope and client included. */
import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { handler } from '../../functions/collect-touchpoints.ts';
import { kinds } from '../../functions/runtime/aggregates.ts';
import { list } from '../../functions/runtime/store.ts';
import { openSigningKey } from '../../infra/local/identity/signing-key.ts';
import { openTokens, type Tokens } from '../../infra/local/identity/tokens.ts';
import { openWorld, type World } from './harness.ts';
import { send } from './http-call.ts';
import { anna, furnish, householdId } from './kitchen.ts';

const COLLECTOR = 'client-of-the-crm';
const directory = mkdtempSync(path.join(tmpdir(), 'collector-token-'));
let server: Server;
let tokens: Tokens;
let world: World;

beforeAll(async () => {
  const key = await openSigningKey(path.join(directory, 'key.json'));
  const { kty, n, e, kid } = key.jwk;
  const keysText = JSON.stringify({ keys: [{ kty, n, e, kid, alg: 'RS256', use: 'sig' }] });
  server = createServer((_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(keysText));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${z.object({ port: z.int() }).parse(server.address()).port}/oidc`;
  tokens = openTokens(key, issuer);
  Object.assign(process.env, { TOKEN_ISSUER: issuer, TOKEN_CLIENTS: JSON.stringify([COLLECTOR]) });
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

const issue = (more: object = {}) => tokens.issueToken({ clientId: COLLECTOR, scopes: ['nachschub/collect'], lifetimeSeconds: 600, ...more });
const track = async (token: string) => {
  const body = { messageId: 'm-1', userId: householdId, event: 'Called' };
  return (await send(handler, { method: 'POST', path: '/v1/track', headers: { authorization: `Bearer ${token}` }, body })).status;
};

it('opens the door, and its client is the source', async () => {
  expect(await track(await issue())).toBe(200);
  expect((await list(kinds.touchpoint, `HH#${householdId}`, 'TP#')).map(({ state }) => state.source)).toEqual([COLLECTOR]);
});

it.each([
  ['without the scope', { scopes: ['nachschub/household'], username: anna }, 403],
  ['of another client', { clientId: 'another' }, 401],
  ['that is over', { lifetimeSeconds: -10 }, 401],
])('does not open it %s', async (_, more, status) => {
  expect(await track(await issue(more))).toBe(status);
  expect(await list(kinds.touchpoint, `HH#${householdId}`, 'TP#')).toEqual([]);
});

it('does not open it when it is no token, or its signature was changed', async () => {
  const token = await issue();
  for (const wrong of ['nonsense', `${token.slice(0, -6)}AAAAAA`, '']) expect(await track(wrong)).toBe(401);
});
