/** Who may leave, over the real store: looked at when time has passed, counted, listed for a reason, and the model fitted to what was counted. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DynamoDBRecord } from 'aws-lambda';
import { handler as householdApi } from '../../functions/household-api.ts';
import { handler as journeyApi } from '../../functions/journey-api.ts';
import { handler as runAutomation } from '../../functions/run-automation.ts';
import { handler as tallyJourneys } from '../../functions/tally-journeys.ts';
import { handler as updateJourney } from '../../functions/update-journey.ts';
import { householdPk, keys, kinds } from '../../functions/runtime/aggregates.ts';
import { createOnce, list, load } from '../../functions/runtime/store.ts';
import { countContributions } from '../../functions/runtime/tally.ts';
import { binsOf } from '../../shared/journey/churn/bins.ts';
import { digest } from '../../shared/digest.ts';
import { mergeCounters } from '../../shared/journey/tally/batch.ts';
import { touchpointSchema } from '../../shared/journey/touchpoint.ts';
import { addDuration, duration } from '../../shared/values.ts';
import { livesFrom } from '../shared/journey/churn/lives.ts';
import { context, dueRecord, openWorld, type World } from './harness.ts';
import { agentClaims, memberClaims, send } from './http-call.ts';
import { anna, furnish, householdId } from './kitchen.ts';

let world: World;
let told = 0;

async function happens(type: string): Promise<void> {
  const state = touchpointSchema.parse({
    ...{ touchpointId: `tp_${digest([type, world.now])}`, householdId, source: 'events', messageId: `${type} ${world.now}`, type },
    ...{ channel: 'retailer', initiator: 'company', phase: 'logistics', at: world.now, receivedAt: world.now, productLine: 'groceries' },
    ...(type === 'order.delivered' && { value: { amountMinor: 2_500, currency: 'EUR' } }),
  });
  await createOnce(kinds.touchpoint, keys.touchpoint(state), state);
}
const isOf = (sks: readonly string[]) => (record: DynamoDBRecord) => sks.some((sk) => (record.dynamodb?.Keys?.['sk']?.S ?? '').startsWith(sk));
async function follow(): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    const records = (await world.stream('Journeys')).slice(told);
    told += records.length;
    const came = records.filter(isOf(['TP#'])).filter(({ eventName }) => eventName === 'INSERT');
    if (came.length > 0) await updateJourney({ Records: came }, context);
    const changed = records.filter(isOf(['DAY#', 'PROCESS#', 'STANDING']));
    if (changed.length > 0) await tallyJourneys({ Records: changed }, context);
  }
}
const run = async (key: { pk: string; sk: string }) => {
  expect(await runAutomation({ Records: [dueRecord(key, world.now)] }, context)).toEqual({ batchItemFailures: [] });
};
const standing = async () => (await load(kinds.standing, keys.standing(householdId)))?.state;
const ask = (method: string, path: string, more: { body?: unknown } = {}, claims: Record<string, string> = agentClaims) =>
  send(journeyApi, { method, path, claims, ...more });

beforeAll(async () => {
  world = await openWorld();
  await furnish();
  for (let week = 0; week < 12; week += 1) {
    await happens('order.delivered');
    world.wait(7, 'days');
  }
  for (let week = 0; week < 4; week += 1) {
    await happens('supply.bought-elsewhere');
    world.wait(7, 'days');
  }
  await follow();
  await run(keys.standing(householdId));
  await follow();
});
afterAll(() => world.close());

describe('a household that buys elsewhere', () => {
  it('reads for itself what is thought of it and why, and nobody else does', async () => {
    const read = (id: string, who: string) => send(householdApi, { method: 'GET', path: `/households/${id}/outlook`, claims: memberClaims(who) });
    const { status, body } = await read(householdId, anna);
    expect([status, body['hasObjected']]).toEqual([200, false]);
    const { reading, reasons = [] } = body['outlook'] as { reading?: string; reasons?: { code: string }[] };
    expect([reading, reasons.map(({ code }) => code)]).toEqual(['buys-elsewhere', (await standing())?.outlook?.reasons.map(({ code }) => code)]);
    expect((await read(householdId, 'mem_carl')).status).toBe(404);
  });

  it('is known to by where it stands, beside what its devices said', async () => {
    const stands = await standing();
    expect(stands?.home).toMatchObject({ devices: 1, readAt: world.now });
    expect(stands?.outlook).toMatchObject({ reading: 'buys-elsewhere', version: 0, buying: { x: 11, meanMinor: 2_500 } });
    expect(stands?.segments.map(({ segment }) => segment)).toContain('likely-to-leave');
    expect(stands?.health?.factors.find(({ factor }) => factor === 'stays')?.value).toBeLessThan(0.2);
    expect(stands?.tier?.projected).toBeDefined();
  });

  it('is counted, and named only for a reason that stands with it', async () => {
    const { body } = await ask('GET', '/console/churn');
    expect(body).toMatchObject({ report: { households: 1, readings: [{ reading: 'buys-elsewhere', households: 1 }] }, model: { version: 0 } });
    expect((await ask('POST', '/console/churn/households', { body: { reason: '' } })).status).toBe(400);
    const looks = async () => (await list(kinds.look, householdPk(householdId), 'AUDIT#')).length;
    expect(await looks()).toBe(0);
    const listed = await ask('POST', '/console/churn/households', { body: { reason: 'win them back', language: 'de' } });
    expect(listed.body).toMatchObject({ leaving: [{ householdId, reading: { code: 'buys-elsewhere', name: 'kauft anderswo' }, meanMinor: 2_500 }] });
    expect(JSON.stringify(listed.body)).toContain('der Vorrat stieg 4-mal ohne unsere Lieferung');
    expect(await looks()).toBe(1);
    expect((await ask('GET', '/console/churn', {}, memberClaims(anna))).status).toBe(403);
  });

  it('is judged once its time is over: it was foretold to leave, and did', async () => {
    const foretold = (await standing())?.foretold;
    expect(foretold?.open?.tenth).toBeGreaterThanOrEqual(0);
    world.wait(40, 'days');
    await run(keys.standing(householdId));
    await follow();
    const after = (await standing())?.foretold;
    expect(after?.judged).toEqual([{ tenth: foretold?.open?.tenth, of: 1, left: 1 }]);
    const { body } = await ask('GET', '/console/churn');
    expect(body).toMatchObject({ report: { calibration: [{ of: 1, left: 1 }] } });
  });
});

describe('the purchase model', () => {
  it('begins with what we take for likely, and is fitted again when its time has come and enough is known', async () => {
    const before = await load(kinds.purchaseModel, keys.purchaseModel());
    expect(before?.state).toMatchObject({ version: 0, fitAgainAt: expect.any(String) as unknown });
    await run(keys.purchaseModel());
    expect((await load(kinds.purchaseModel, keys.purchaseModel()))?.state).toMatchObject({ version: 0 });
    // As if so many households had been counted.
    const lives = livesFrom('fitted-again', { r: 2, alpha: 3, a: 0.8, b: 9 }, { k: 1, mayLeaveAtOnce: true }, { many: 300, T: (one) => 10 + (one % 40) });
    const counters = mergeCounters(lives.map((life, one) => binsOf({ ...life, lastAt: world.now, meanMinor: 2_000 + one * 10 })));
    await countContributions([{ pk: 'HH#hh_drawn', sk: 'STANDING' }], () => Promise.resolve([{ bucket: 'now', counters }]));
    world.wait(8, 'days');
    await run(keys.purchaseModel());
    const fitted = (await load(kinds.purchaseModel, keys.purchaseModel()))?.state;
    expect(fitted).toMatchObject({ version: 1, fittedAt: world.now, fitAgainAt: addDuration(world.now, duration(7, 'days')), households: 301 });
    expect((fitted?.parameters.r ?? 0) / (fitted?.parameters.alpha ?? 1) / (fitted?.k ?? 1)).toBeCloseTo(2 / 3, 1);
    // A repeat of the same message does nothing more.
    await run(keys.purchaseModel());
    expect((await load(kinds.purchaseModel, keys.purchaseModel()))?.state.version).toBe(1);
  });
});
