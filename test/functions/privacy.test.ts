/** A yes and a no to each purpose, and what obeys them: the ingest, the profile, the mandates. Over the real store. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as applyConsent } from '../../functions/apply-consent.ts';
import { handler as householdApi } from '../../functions/household-api.ts';
import { handler as ingest } from '../../functions/ingest-telemetry.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { createOnce, list, load } from '../../functions/runtime/store.ts';
import { foldTouchpoints } from '../../functions/update-journey/fold-touchpoints.ts';
import { memberSchema } from '../../shared/household/household.ts';
import { touchpointSchema } from '../../shared/journey/touchpoint.ts';
import { reading } from '../shared/supply/milk.ts';
import { eventRecord, ofType, openWorld, tell, work, type World } from './harness.ts';
import { memberClaims, send } from './http-call.ts';
import { anna, fridge, furnish, grantMandate, guest, householdId, openShop, telemetry } from './kitchen.ts';
import { decide, propose, theOrder } from './order-world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
});
afterEach(() => world.close());

const path = `/households/${householdId}/consents`;
const read = (memberId = String(anna)) => send(householdApi, { method: 'GET', path, claims: memberClaims(memberId) });
const say = (
  answer: 'give' | 'withdraw',
  purpose: string,
  memberId = String(anna),
  wordingVersion = purpose === 'optional-telemetry' ? '2026-11-2' : '2026-11',
) => send(householdApi, { method: 'POST', path: `${path}/${answer}`, claims: memberClaims(memberId), body: { purpose, wordingVersion, language: 'de' } });
const obey = async () => {
  for (const type of ['consent.given', 'consent.withdrawn'] as const)
    await tell(applyConsent, ...ofType(await world.said(), type).map((event) => eventRecord(event)));
};
const standingOf = async (memberId?: string) => {
  const { purposes } = (await read(memberId)).body as { purposes: { purpose: string; standing: string }[] };
  return Object.fromEntries(purposes.map(({ purpose, standing }) => [purpose, standing]));
};

describe('a consent', () => {
  it('is off until somebody says yes, and profiling on until somebody objects', async () => {
    expect(await standingOf()).toEqual({ 'optional-telemetry': 'withdrawn', profiling: 'given', 'product-news': 'withdrawn' });
  });

  it('is given and withdrawn by the same call, once, with everything that proves it', async () => {
    expect((await say('give', 'optional-telemetry')).status).toBe(200);
    const { body } = await say('give', 'optional-telemetry');
    expect(body['history']).toEqual([
      { purpose: 'optional-telemetry', answer: 'given', wordingVersion: '2026-11-2', language: 'de', at: world.now, memberId: anna, screen: 'app' },
    ]);
    world.wait(1, 'days');
    expect((await say('withdraw', 'optional-telemetry')).body['history']).toHaveLength(2);
    const said = (await world.said()).filter(({ type }) => type.startsWith('consent.')).map(({ type, data }) => [type, data]);
    const data = { householdId, purpose: 'optional-telemetry', wordingVersion: '2026-11-2', memberId: anna };
    expect(said).toEqual([
      ['consent.given', data],
      ['consent.withdrawn', data],
    ]);
  });

  it('to a text that is no longer shown is refused; a no never is', async () => {
    expect(await say('give', 'product-news', anna, '2020-01')).toMatchObject({ status: 409, body: { title: 'outdated-wording' } });
    expect((await say('withdraw', 'profiling', anna, '2020-01')).status).toBe(200);
  });

  it('of a person is nobody else’s, to give or to see', async () => {
    await say('give', 'product-news', guest);
    expect(await standingOf(guest)).toMatchObject({ 'product-news': 'given' });
    expect(await standingOf(anna)).toMatchObject({ 'product-news': 'withdrawn' });
    expect((await read(anna)).body['history']).toEqual([]);
  });

  it('of the household is not a guest’s, who is told so before', async () => {
    expect((await say('give', 'optional-telemetry', guest)).status).toBe(403);
    const { purposes } = (await read(guest)).body as { purposes: { purpose: string; actions: unknown[] }[] };
    expect(purposes[0]).toMatchObject({ purpose: 'optional-telemetry', actions: [{ action: 'give', allowed: false, reason: 'guests-may-look' }] });
  });
});

describe('an optional field of a reading', () => {
  /** Nobody can use it, so that it is kept as it came; what is used keeps no optional field anyway. */
  const odd = { ...reading(1, 1, 30), doorOpenings: 7, viewedMinutes: 33 };
  const kept = async () => (await list(kinds.quarantine, `THING#${fridge}`, 'QUARANTINE#')).map(({ state }) => state.payload);

  it('is dropped before anything is stored or logged', async () => {
    await work(ingest, [telemetry('m1', odd), telemetry('m2', '{"bootId":1,"viewedMinutes": 33'), telemetry('m3', { deep: { viewedMinutes: 33 } })]);
    const payloads = await kept();
    expect(payloads).toHaveLength(3);
    expect(payloads.join()).toContain('"amount":30');
    expect(JSON.stringify([payloads, world.log, await world.said()])).not.toMatch(/viewedMinutes|doorOpenings/);
  });

  it('is kept once the household has said yes, dropped again after its no, and a repeat or a late worker changes nothing', async () => {
    await say('give', 'optional-telemetry');
    await obey();
    await work(ingest, [telemetry('m1', odd)]);
    expect((await kept()).join()).toContain('"viewedMinutes":33');
    const [given] = ofType(await world.said(), 'consent.given');
    await say('withdraw', 'optional-telemetry');
    await obey();
    if (given === undefined) throw new Error('expected a yes');
    await tell(applyConsent, eventRecord(given));
    await work(ingest, [telemetry('m2', { ...odd, seq: 2 })]);
    expect((await kept()).filter((payload) => payload.includes('viewedMinutes'))).toHaveLength(1);
    const { version } = (await load(kinds.device, keys.device(householdId, fridge))) ?? {};
    await obey();
    expect((await load(kinds.device, keys.device(householdId, fridge)))?.version).toBe(version);
  });
});

describe('how the fridge is used', () => {
  const opened = (seq: number) => telemetry(`u${seq}`, { ...reading(seq, seq, 3.5 - seq / 10), doorOpenings: seq });
  const uses = async () =>
    (await list(kinds.touchpoint, `HH#${householdId}`, 'TP#')).filter(({ state }) => state.source === 'devices').map(({ state }) => state);

  it('is no touchpoint before the household has said yes, one for each reading after, and none after its no', async () => {
    world.wait(1, 'days');
    await work(ingest, [opened(1)]);
    expect(await uses()).toEqual([]);
    await say('give', 'optional-telemetry');
    await obey();
    await work(ingest, [opened(2), opened(2), telemetry('odd', { ...reading(3, 3, 30), doorOpenings: 3 })]);
    await work(ingest, [opened(2)]);
    await say('withdraw', 'optional-telemetry');
    await obey();
    await work(ingest, [opened(4)]);
    expect(await uses()).toMatchObject([
      { type: 'device.door-opened', channel: 'fridge', initiator: 'device', thing: fridge, purpose: 'optional-telemetry', properties: { doorOpenings: 2 } },
    ]);
  });
});

describe('what a screen has shown', () => {
  const shown = (seq: number) => telemetry(`s${seq}`, { ...reading(seq, seq, 3.5 - seq / 10), messagesShown: seq });
  const uses = async () => (await list(kinds.touchpoint, `HH#${householdId}`, 'TP#')).filter(({ state }) => state.type === 'device.message-shown');

  it('is a touchpoint only with a yes to the text that names it, and else dropped before anything is stored', async () => {
    world.wait(1, 'days');
    const yes = { memberId: anna, purpose: 'optional-telemetry', answer: 'given', language: 'de', screen: 'app', at: world.now } as const;
    await createOnce(kinds.privacy, keys.privacy(householdId), { householdId, answers: [{ ...yes, wordingVersion: '2026-11' }], exports: [] });
    // Any answer makes everything obey what stands.
    await say('give', 'product-news');
    await obey();
    await work(ingest, [shown(1), telemetry('odd', { ...reading(9, 9, 30), messagesShown: 9, doorOpenings: 4 })]);
    expect(await uses()).toEqual([]);
    const [kept] = await list(kinds.quarantine, `THING#${fridge}`, 'QUARANTINE#');
    expect(kept?.state.payload).toContain('doorOpenings');
    expect(kept?.state.payload).not.toContain('messagesShown');
    expect((await say('give', 'optional-telemetry')).status).toBe(200);
    await obey();
    await work(ingest, [shown(2), shown(2)]);
    expect((await uses()).map(({ state }) => state)).toMatchObject([{ channel: 'fridge', purpose: 'optional-telemetry', properties: { messagesShown: 2 } }]);
  });
});

describe('an objection to profiling', () => {
  const touchpoint = (index: number) =>
    touchpointSchema.parse({
      ...{ touchpointId: `tp_${String(index).repeat(32)}`, householdId, source: 'events', messageId: `m${index}`, type: 'order.approved', channel: 'app' },
      ...{ initiator: 'customer', phase: 'closing', at: world.now, receivedAt: world.now },
    });
  const live = async (from: number, to: number) => {
    for (let index = from; index <= to; index += 1) {
      const state = touchpoint(index);
      await createOnce(kinds.touchpoint, keys.touchpoint(state), state);
      await foldTouchpoints(householdId, [state]);
    }
  };
  const summary = async () => (await load(kinds.journey, keys.journey(householdId)))?.state;
  const standing = async () => (await load(kinds.standing, keys.standing(householdId)))?.state;
  const traces = async () => [
    ...(await list(kinds.dayTraces, `HH#${householdId}`, 'DAY#')),
    ...(await list(kinds.processTraces, `HH#${householdId}`, 'PROCESS#')),
  ];
  const derived = async () => (await world.said()).filter(({ type }) => ['segment.entered', 'phase.entered', 'action.recommended'].includes(type)).length;

  it('removes what was made, and nothing is made from then on, until it is taken back', async () => {
    await live(1, 4);
    expect((await standing())?.segments.map(({ segment }) => segment)).toContain('approves-by-hand');
    await say('withdraw', 'profiling');
    await obey();
    expect(await summary()).toMatchObject({ days: {}, months: {}, first: {}, profiling: { allowed: false } });
    expect(await standing()).toMatchObject({ segments: [], phases: [] });
    expect(await traces()).toEqual([]);
    const before = await derived();
    await live(5, 9);
    expect(await summary()).toMatchObject({ days: {} });
    expect(await traces()).toEqual([]);
    expect(await derived()).toBe(before);
    await say('give', 'profiling');
    await obey();
    // All of it, what came in between too: the touchpoints are what happened.
    expect((await summary())?.days['2026-03-02']).toMatchObject({ touchpoints: 9 });
    expect((await standing())?.segments.map(({ segment }) => segment)).toContain('approves-by-hand');
  });

  it('makes every order ask, says why, and leaves ordering by hand as it was', async () => {
    await openShop();
    await grantMandate();
    await say('withdraw', 'profiling');
    await propose(world);
    await decide(world);
    const { order, record } = await theOrder();
    expect(order.status).toBe('awaiting-approval');
    expect(record.decision?.outcome).toMatchObject({ kind: 'asked', rulesFailed: [{ rule: 'no-objection-to-profiling' }] });
    const evidence = { wordingVersion: '2026-03', buttonText: 'zahlungspflichtig bestellen', language: 'de' };
    const approval = { approvalId: 'apr_1', quoteHash: order.quote.hash, evidence };
    const approved = await send(householdApi, {
      method: 'POST',
      path: `/households/${householdId}/orders/${order.orderId}/approve`,
      claims: memberClaims(anna),
      body: approval,
    });
    expect(approved.status).toBe(200);
  });
});

it('a member who joins later has agreed to nothing', async () => {
  await say('give', 'product-news');
  const ben = memberSchema.parse({ householdId, memberId: 'mem_ben', name: 'Ben', role: 'adult', joinedAt: world.now });
  await createOnce(kinds.member, keys.member(householdId, ben.memberId), ben);
  expect(await standingOf('mem_ben')).toMatchObject({ 'product-news': 'withdrawn' });
});
