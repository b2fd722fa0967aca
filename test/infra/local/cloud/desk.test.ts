import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Access, Call, Run } from '../../../../infra/local/cloud/control.ts';
import { DESK_PATH, handleDesk } from '../../../../infra/local/cloud/desk.ts';
import { issueToken } from '../../../../infra/local/cloud/issue-token.ts';
import { openedIdentity, type OpenedIdentity } from '../identity/opened-identity.ts';

const KEY = '1f6b6c9e-6d1f-4f43-9a55-5d9f3c0d7a11';
let opened: OpenedIdentity;
let server: Server;
let url: string;
let data: string;
const heard: Call[] = [];

/** As the cloud's own process does, as far as tokens go. */
function carryOut(call: Call): Promise<unknown> {
  heard.push(call);
  if (call.call === 'memberToken' || call.call === 'operatorToken' || call.call === 'collectorToken' || call.call === 'retailerToken') {
    return Promise.resolve().then(() => issueToken({ identity: opened.identity }, call));
  }
  return Promise.resolve(undefined);
}

beforeAll(async () => {
  opened = await openedIdentity();
  server = createServer((request, response) => void handleDesk({ key: KEY, carryOut }, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const httpPort = typeof address === 'object' && address !== null ? address.port : 0;
  url = `http://127.0.0.1:${httpPort}${DESK_PATH}`;
  data = mkdtempSync(path.join(tmpdir(), 'desk-'));
  const tables = { households: 'H', retailers: 'R', journeys: 'J' };
  const access: Access = { endpointUrl: 'http://127.0.0.1:1', accessKeyId: 'LOCAL', secretAccessKey: KEY, tables };
  const run: Run = {
    ...{ dataDirectory: data, assemblyDirectory: data, httpPort, brokerPort: 1, conductorPort: 1 },
    ...{ startsAt: 0, rate: 1, mode: 'jump', expected: [], tvs: [], residents: [], dueRate: 'rate(15 minutes)' },
  };
  writeFileSync(path.join(data, 'access.json'), JSON.stringify(access));
  writeFileSync(path.join(data, 'cloud.json'), JSON.stringify(run));
});
afterAll(async () => {
  server.close();
  await opened.close();
  rmSync(data, { recursive: true });
});

const ask = async (body: unknown, { key = KEY, method = 'POST' } = {}) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, { method, headers: { authorization: `Bearer ${key}` }, ...(method === 'POST' && { body: text }) });
  return { status: response.status, body: z.record(z.string(), z.unknown()).parse(await response.json()) };
};

describe('the desk', () => {
  it('answers whoever has the key', async () => {
    const { status, body } = await ask({ call: 'memberToken', email: 'Anna@Example.org' });
    expect(status).toBe(200);
    expect(decodeJwt(z.string().parse(body['value']))).toMatchObject({ username: 'mem_anna', client_id: opened.clientId('App'), scope: 'nachschub/household' });
    expect(await ask({ call: 'skip', millis: 5 })).toEqual({ status: 200, body: {} });
  });

  it.each([
    ['another key', 'another'],
    ['no key', ''],
    ['a key that only begins alike', `${KEY}0`],
  ])('hears nothing from %s', async (_, key) => {
    const before = heard.length;
    expect((await ask({ call: 'drain' }, { key })).status).toBe(401);
    expect(heard).toHaveLength(before);
  });

  it.each([
    ['a call that does not exist', { call: 'sellEverything' }],
    ['a call with something beside', { call: 'operatorToken', please: true }],
    ['no JSON', 'operatorToken'],
    ['more than a call can be', { call: 'certificate', thing: 'x'.repeat(70_000) }],
  ])('does not know %s', async (_, body) => {
    const answer = await ask(body);
    expect([answer.status, typeof answer.body['detail']]).toEqual([400, 'string']);
  });

  it('takes calls by POST only, and says in a sentence why one failed', async () => {
    expect((await ask({}, { method: 'GET' })).status).toBe(405);
    expect(await ask({ call: 'memberToken', email: 'eve@example.org' })).toEqual({
      status: 409,
      body: { detail: 'nobody here has the e-mail address eve@example.org' },
    });
    expect((await ask({ call: 'retailerToken', retailerId: 'rt_nobody' })).status).toBe(409);
  });

  it('gives each machine a token of its own client, without a user', async () => {
    const tokenOf = async (call: object) => decodeJwt(z.string().parse((await ask(call)).body['value']));
    const expected = (name: Parameters<OpenedIdentity['clientId']>[0], scope: string) => ({
      client_id: opened.clientId(name),
      sub: opened.clientId(name),
      scope,
    });
    expect(await tokenOf({ call: 'operatorToken' })).toMatchObject(expected('Operator', 'nachschub/operate'));
    expect(await tokenOf({ call: 'collectorToken' })).toMatchObject(expected('Collector', 'nachschub/collect'));
    const shop = await tokenOf({ call: 'retailerToken', retailerId: 'rt_frischhof' });
    expect(shop).toMatchObject(expected('Retailer', 'nachschub/retailer'));
    expect(shop).not.toHaveProperty('username');
  });
});

const root = path.join(import.meta.dirname, '..', '..', '..', '..');
/** `npm run token --`, without npm. */
const runToken = (...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', path.join(root, 'infra/local/commands/token.ts'), ...args], { cwd: root }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });

describe('npm run token', () => {
  it('prints the token of a member and nothing else, and it opens the API', { timeout: 30_000 }, async () => {
    const { code, out, err } = await runToken('--member', 'anna@example.org', '--data', data);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const answer = await fetch(`${opened.origin}/api/households/hh_anna`, { headers: { authorization: `Bearer ${out.trim()}` } });
    expect(answer.status).toBe(200);
  });

  it.concurrent.each([
    ['nobody has the address', () => ['--member', 'eve@example.org', '--data', data], 'nobody here has the e-mail address eve@example.org'],
    ['nothing runs there', () => ['--operator', '--data', path.join(data, 'nowhere')], 'Nothing runs in'],
    ['nobody is named', () => ['--data', data], 'Whose token?'],
    ['two are named', () => ['--operator', '--collector', '--data', data], 'Whose token?'],
  ])('ends with 2 and a sentence when %s', { timeout: 30_000 }, async (_, args, sentence) => {
    const { code, out, err } = await runToken(...args());
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(sentence);
    expect(err).not.toContain('    at ');
  });
});
