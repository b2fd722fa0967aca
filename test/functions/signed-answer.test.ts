/** A run of the operator's side sees whether we take what a shop signs: the shop posts to the API itself, with the right secret, another's, or not at all. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { load } from '../../functions/runtime/store.ts';
import { handler } from '../../functions/retailer-api.ts';
import { inLanguage, reportOf, runChecks } from '../../infra/local/conformance/run-checks.ts';
import { conformanceChecks, isPassed } from '../../shared/retailer/conformance.ts';
import { retailerSchema } from '../../shared/retailer/retailer.ts';
import { noteTestAnswer } from '../../shared/retailer/test-answers.ts';
import { TEST_ORDER_PREFIX } from '../../shared/retailer/test-orders.ts';
import { addDuration, duration, instantOf, orderIdSchema } from '../../shared/values.ts';
import { openSmallShop } from '../infra/local/conformance/bad-shops.ts';
import { openWorld, type World } from './harness.ts';
import { operator, send } from './http-call.ts';
import { frischhof, furnish, openShop } from './kitchen.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
  await openShop();
});
afterEach(() => world.close());

const path = `/retailers/${frischhof}`;
const keysSchema = z.object({ fromRetailer: z.array(z.string()).min(1), testAnswers: retailerSchema.shape.testAnswers });
const keysNow = async () => keysSchema.parse((await send(handler, { method: 'GET', path: `${path}/keys`, claims: operator })).body);
const standing = async () => (await load(kinds.retailer, keys.retailer(frischhof)))?.state;

/** The API at an address. */
async function openApi() {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = z.record(z.string(), z.string()).parse(request.headers);
      const call = { method: 'POST', path: request.url ?? '', headers, body: Buffer.concat(chunks).toString() };
      void send(handler, call).then(({ status }) => response.writeHead(status).end());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${z.object({ port: z.number() }).parse(server.address()).port}${path}/messages`, close: () => server.close() };
}

async function runOn(signs: string | undefined) {
  const api = await openApi();
  const shop = await openSmallShop(undefined, 'v1', signs === undefined ? undefined : { url: api.url, secret: signs });
  const testAnswers = async () => (await keysNow()).testAnswers ?? {};
  const run = await runChecks({ ...shop, secrets: [shop.secret], now: () => instantOf(Date.now()), answerWithinMillis: 1_000, testAnswers });
  await shop.close();
  api.close();
  const found = run.findings.find(({ check }) => check === 'signed-answer');
  return { isLive: isPassed(reportOf(run)), found, refused: run.findings.filter(({ passed }) => !passed).map(({ check }) => check), of: run.findings.length };
}

describe('a run of the operator’s side', () => {
  it('lets a shop live whose answer we took, and asks again in the next run', async () => {
    const [secret = ''] = (await keysNow()).fromRetailer;
    expect(await runOn(secret)).toMatchObject({ isLive: true, refused: [], of: conformanceChecks.length + 1 });
    expect((await standing())?.testAnswers).toMatchObject({ verified: { orderId: expect.stringContaining(TEST_ORDER_PREFIX) as string } });
    expect((await standing())?.testAnswers?.refused).toBeUndefined();
    expect(await runOn(undefined)).toMatchObject({ isLive: false, refused: ['signed-answer'] });
  });

  it('refuses one that signs with another key, and says so', async () => {
    const { isLive, refused, found } = await runOn(`whsec_${Buffer.alloc(32, 5).toString('base64')}`);
    expect([isLive, refused]).toEqual([false, ['signed-answer']]);
    expect(found?.came).toEqual({
      en: 'an answer came, and we refused its signature (401)',
      de: 'eine Antwort kam, und wir haben ihre Signatur abgelehnt (401)',
    });
    expect(found && inLanguage('en', found)).toMatchObject({ expected: expect.stringContaining('keys.fromRetailer') as string });
  });

  it('refuses one that tells only whoever asks', async () => {
    const { isLive, refused, found } = await runOn(undefined);
    expect([isLive, refused, found?.came.en]).toEqual([false, ['signed-answer'], 'no answer about an order of this run came to us']);
    expect(await standing()).not.toHaveProperty('testAnswers');
  });
});

describe('an answer about a test order', () => {
  const test = (name: string) => orderIdSchema.parse(`${TEST_ORDER_PREFIX}${name}`);

  it('is noted once a run, and what is refused once a second at most, whoever sends it', async () => {
    const shop = retailerSchema.parse(await standing());
    const first = noteTestAnswer(shop, test('a1-1'), 'refused', world.now);
    if (first.kind !== 'changed') throw new Error(first.reason);
    expect(first.state.testAnswers).toEqual({ refused: { orderId: test('a1-1'), at: world.now } });
    const later = addDuration(world.now, duration(1, 'minutes'));
    expect(noteTestAnswer(first.state, test('a1-2'), 'refused', later).kind).toBe('ignored');
    expect(noteTestAnswer(first.state, test('b2-1'), 'refused', world.now).kind).toBe('ignored');
    expect(noteTestAnswer(first.state, test('b2-1'), 'refused', later).kind).toBe('changed');
    // Strangers' noise hides nothing of what was good.
    expect(noteTestAnswer(first.state, test('a1-2'), 'verified', world.now)).toMatchObject({
      state: { testAnswers: { refused: { orderId: test('a1-1') }, verified: { orderId: test('a1-2') } } },
    });
  });

  it('leaves nothing when it is about a household’s order', async () => {
    await send(handler, { method: 'POST', path: `${path}/messages`, headers: {}, body: '{"data":{"orderId":"ord_1"}}' });
    expect(await standing()).not.toHaveProperty('testAnswers');
  });
});
