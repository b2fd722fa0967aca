/** From touchpoints to figures over the real store: folded by one function, counted by another, read by the console. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DynamoDBRecord } from 'aws-lambda';
import { handler as journeyApi } from '../../functions/journey-api.ts';
import { handler as tallyJourneys } from '../../functions/tally-journeys.ts';
import { handler as updateJourney } from '../../functions/update-journey.ts';
import { forgetTraces } from '../../functions/update-journey/forget-traces.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { createOnce } from '../../functions/runtime/store.ts';
import { readCounters } from '../../functions/runtime/tally.ts';
import { digest } from '../../shared/digest.ts';
import { touchpointSchema } from '../../shared/journey/touchpoint.ts';
import { addDuration, duration, householdIdSchema } from '../../shared/values.ts';
import { context, openWorld, type World } from './harness.ts';
import { agentClaims, memberClaims, send } from './http-call.ts';

let world: World;
let told = 0;
const HOUSEHOLDS = 24;
const homeOf = (index: number) => householdIdSchema.parse(`hh_home${index}`);

/** An order that was asked for, approved by hand, and came a day after it had been promised in every third home. */
async function live(index: number): Promise<void> {
  const householdId = homeOf(index);
  const steps = [
    ['household.created', 'nachschub', 'company', 'implementation', 0],
    ['order.proposed', 'nachschub', 'automation', 'comparison', 60],
    ['order.approval-requested', 'push', 'company', 'conviction', 61],
    ['order.approved', 'app', 'customer', 'closing', 70],
    ['order.placed', 'retailer', 'automation', 'closing', 71],
    ['order.accepted', 'retailer', 'company', 'logistics', 80],
    ['order.shipped', 'retailer', 'company', 'logistics', 600],
    ['order.delivered', 'retailer', 'company', 'logistics', 900],
    ...(index % 3 === 0 ? ([['case.opened', 'app', 'customer', 'support', 950]] as const) : []),
  ] as const;
  for (const [type, channel, initiator, phase, minutes] of steps) {
    const at = addDuration(world.now, duration(minutes, 'minutes'));
    const about = type.startsWith('order.') ? { orderId: `ord_${index}` } : type.startsWith('case.') ? { caseId: `case_${index}` } : {};
    const state = touchpointSchema.parse({
      ...{
        touchpointId: `tp_${digest([index, type])}`,
        householdId,
        source: 'events',
        messageId: `${index} ${type}`,
        type,
        channel,
        initiator,
        phase,
        at,
        receivedAt: at,
      },
      ...{ ...about, productLine: 'groceries' },
    });
    await createOnce(kinds.touchpoint, keys.touchpoint(state), state);
  }
}
const isOf = (sks: readonly string[]) => (record: DynamoDBRecord) => sks.some((sk) => (record.dynamodb?.Keys?.['sk']?.S ?? '').startsWith(sk));
async function follow(): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    const records = (await world.stream('Journeys')).slice(told);
    told += records.length;
    const came = records.filter(isOf(['TP#'])).filter(({ eventName }) => eventName === 'INSERT');
    if (came.length > 0) await updateJourney({ Records: came }, context);
    const changed = records.filter(isOf(['DAY#', 'PROCESS#', 'STANDING', 'EXPOSURE#']));
    if (changed.length > 0) for (const again of [changed, changed.slice(0, 5)]) await tallyJourneys({ Records: again }, context);
  }
}
const ask = (method: string, path: string, more: { query?: string; body?: unknown } = {}, claims: Record<string, string> = agentClaims) =>
  send(journeyApi, { method, path, claims, ...more });
const REPORT = '/console/report';
const period = () => `from=${world.now.slice(0, 10)}&to=${addDuration(world.now, duration(3, 'days')).slice(0, 10)}`;

beforeAll(async () => {
  world = await openWorld();
  for (let index = 0; index < HOUSEHOLDS; index += 1) await live(index);
  await follow();
});
afterAll(() => world.close());

describe('a report', () => {
  it('counts every household once, whatever was read twice', async () => {
    const { status, body } = await ask('GET', REPORT, { query: period() });
    expect(status).toBe(200);
    expect(body).toMatchObject({ now: { households: HOUSEHOLDS } });
    const touchpoints = body['touchpoints'] as { channel: string; many: number }[];
    expect(touchpoints.reduce((sum, { many }) => sum + many, 0)).toBe(HOUSEHOLDS * 8 + HOUSEHOLDS / 3);
    const models = body['models'] as { model: string; journeys: number; succeeded: number }[];
    expect(models.find(({ model }) => model === 'order')).toMatchObject({ journeys: HOUSEHOLDS, succeeded: HOUSEHOLDS });
    expect(models.find(({ model }) => model === 'support-case')).toMatchObject({ journeys: HOUSEHOLDS / 3 });
    const metrics = body['metrics'] as { metric: string; of: number; ok: number }[];
    expect(metrics.find(({ metric }) => metric === 'minutes-to-approve')).toMatchObject({ of: HOUSEHOLDS });
  });

  it('no longer counts who has objected, nor whoever is gone', async () => {
    const before = await readCounters(['now']);
    await forgetTraces(homeOf(1));
    await follow();
    const { body } = await ask('GET', REPORT, { query: period() });
    expect(before['now']?.['now|households']).toBe(HOUSEHOLDS);
    expect(body).toMatchObject({ now: { households: HOUSEHOLDS - 1 } });
    expect((body['models'] as { model: string; journeys: number }[]).find(({ model }) => model === 'order')?.journeys).toBe(HOUSEHOLDS - 1);
  });

  it('is nobody’s who only lives in a household, and says what is wrong with a period', async () => {
    expect((await ask('GET', REPORT, { query: period() }, memberClaims('mem_anna'))).status).toBe(403);
    expect(await ask('GET', REPORT, { query: 'from=2026-03-02&to=2026-03-01' })).toMatchObject({ status: 400 });
    expect(await ask('GET', REPORT, { query: 'from=2026-03-02&to=soon' })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('to: ') as unknown },
    });
  });
});

describe('a measure', () => {
  const findingId = 'order/approved/late';
  const improve = (command: object) => ask('POST', '/console/improvements', { body: { findingId, command } });

  it('is taken up once, with what it was like before, and not closed on the same day', async () => {
    world.wait(2, 'days');
    const takeUp = { type: 'take-up', owner: 'checkout', measure: 'Ask on the TV too' };
    expect(await improve(takeUp)).toMatchObject({ status: 200, body: { status: 'taken-up', before: { journeys: HOUSEHOLDS - 1 } } });
    expect((await improve(takeUp)).status).toBe(200);
    expect(await improve({ ...takeUp, owner: 'others' })).toMatchObject({ status: 409, body: { detail: 'another team is at it' } });
    expect((await improve({ type: 'close' })).status).toBe(409);
    expect((await ask('GET', '/console/improvements')).body).toMatchObject({ improvements: [{ findingId, owner: 'checkout' }] });
  });

  it('is none against what no target journey knows', async () => {
    expect((await ask('POST', '/console/improvements', { body: { findingId: 'party/cake/late', command: { type: 'close' } } })).status).toBe(404);
  });
});

describe('segments', () => {
  it('are changed by whoever has seen the last change, and hold from the next touchpoint on', async () => {
    const { body } = await ask('GET', '/console/rules');
    const { version, rules } = body as { version: number; rules: { segments: object[] } };
    const segment = { segment: 'had-trouble', name: { de: 'Hatte Ärger', en: 'Had trouble' }, condition: { count: ['case.opened'], atLeast: 1 } };
    const changed = { version, rules: { ...rules, segments: [...rules.segments, segment] } };
    expect((await ask('PUT', '/console/rules', { body: changed })).body).toMatchObject({ version: version + 1 });
    expect((await ask('PUT', '/console/rules', { body: { ...changed, rules: { ...rules, segments: [] } } })).status).toBe(409);
    expect((await ask('PUT', '/console/rules', { body: { version: version + 1, rules: { segments: [{ ...segment, parent: 'nobody' }] } } })).status).toBe(400);
    await live(HOUSEHOLDS);
    await follow();
    expect((await ask('GET', REPORT, { query: period() })).body).toMatchObject({ now: { segments: { 'had-trouble': 1 } } });
  });
});
