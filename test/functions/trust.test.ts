/** From a sensor's lie, or from being wrong, to a question instead of an order; and what a person says to it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as followSupply } from '../../functions/follow-supply.ts';
import { handler as householdApi } from '../../functions/household-api.ts';
import { handler as notifyHousehold } from '../../functions/notify-household.ts';
import { handler as reviewSupply } from '../../functions/review-supply.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { change } from '../../functions/runtime/store.ts';
import { recompute } from '../../shared/order/record.ts';
import { newSupply, supplyConfigSchema } from '../../shared/supply/new-supply.ts';
import { observe } from '../../shared/supply/observe.ts';
import { newShadow, type CycleVerdict } from '../../shared/supply/automation/shadow.ts';
import type { Supply } from '../../shared/supply/supply.ts';
import { declarationIdSchema, ignored, supplyIdSchema } from '../../shared/values.ts';
import { after, milkConfig, reading } from '../shared/supply/milk.ts';
import { dueRecord, eventRecord, ofType, openWorld, tell, type World } from './harness.ts';
import { memberClaims, send } from './http-call.ts';
import { anna, frischhof, furnish, grantMandate, guest, householdId, milkGtin, milkNow, milkSupply, openShop } from './kitchen.ts';
import { decide, propose, theOrder } from './order-world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
  await openShop();
});
afterEach(() => world.close());

const key = keys.supply(householdId, milkSupply);
const with_ = (changed: (supply: Supply) => Supply) =>
  change(kinds.supply, key, (supply) => (supply === undefined ? ignored('no milk') : { kind: 'changed', state: changed(supply), events: [] }));
const scored = (standing: Supply['shadow'], verdicts: readonly CycleVerdict[]): Supply['shadow'] => ({
  ...(standing ?? newShadow(after(0))),
  scored: verdicts.map((verdict, index) => ({ cycle: index + 1, at: after(0), verdict })),
});
const trustIt = (as = anna) =>
  send(householdApi, { method: 'POST', path: `/households/${householdId}/supplies/${milkSupply}/trust`, claims: memberClaims(as) });
const doubt = { reason: 'jumping', since: after(3), expected: 3_000, found: 1_000, agreed: 0 } as const;
const doubted = (supply: Supply): Supply => ({ ...supply, trust: { still: { level: 1_000, since: after(3) }, flips: 3, flippedAt: after(3), doubt } });
const rulesFailed = async () => ofType(await world.said(), 'order.approval-requested').flatMap(({ data }) => data.rulesFailed.map(({ rule }) => rule));

describe('a doubted sensor', () => {
  it('turns buying into asking, says why, and the record gives the same answer again', async () => {
    await grantMandate();
    await propose(world);
    await change(kinds.order, keys.order(householdId, (await theOrder()).order.orderId), (stored) => {
      if (stored === undefined) return ignored('no order');
      const needs = stored.record.proposal.needs.map((need) => ({
        ...need,
        snapshot: { ...need.snapshot, trust: { value: 0.2, ...doubt, agreed: undefined } },
      }));
      return { kind: 'changed', state: { ...stored, record: { ...stored.record, proposal: { ...stored.record.proposal, needs } } }, events: [] };
    });
    await decide(world);
    const { order, record } = await theOrder();
    expect([order.status, await rulesFailed()]).toEqual(['awaiting-approval', ['sensor-trusted']]);
    expect(record.decision?.outcome).toMatchObject({
      kind: 'asked',
      rulesFailed: [{ rule: 'sensor-trusted', actual: `sup_milk: jumping since ${after(3)} (0.2), expected 3000, found 1000` }],
    });
    expect(recompute(record)).toMatchObject({ snapshotsEqual: true, rulesEqual: true, differences: [] });
    const seen = await send(householdApi, { method: 'GET', path: `/households/${householdId}/orders/${order.orderId}`, claims: memberClaims(anna) });
    expect(seen.body).toMatchObject({ askedBecause: { kind: 'sensor-doubted', supplyId: milkSupply, reason: 'jumping', others: 0 } });
  });

  it('is kept in the record of what is proposed on the model’s word', async () => {
    await with_(doubted);
    await with_((supply) => ({
      ...supply,
      lastReading: { bootId: 1, seq: 1, sampledAt: after(3), uncertainty: 20 },
      estimate: { stock: 500, asOf: after(3) },
    }));
    await with_((supply) => ({ ...supply, dueAt: after(4) }));
    world.wait(5, 'hours');
    await tell(reviewSupply, dueRecord(key, world.now));
    expect((await milkNow()).state.need?.standing).toBe('open');
    expect(ofType(await world.said(), 'supply.low')).toMatchObject([{ data: { confirmedBy: 'review' } }]);
  });

  it('is found out by the rest of the house, and the household hears of it', async () => {
    const butter = supplyIdSchema.parse('sup_butter');
    await with_((supply) => observe(observe(supply, [reading(1, 0, 4)], after(0)).supply, [reading(2, 6, 3.8)], after(6)).supply);
    const used = newSupply(supplyConfigSchema.parse({ ...milkConfig, supplyId: butter, slot: 'butter' }), after(0));
    await change(kinds.supply, keys.supply(householdId, butter), () => ({
      kind: 'changed',
      state: { ...used, trust: { still: { level: 3_000, since: after(70) }, flips: 0 } },
      events: [],
    }));
    world.wait(72, 'hours');
    await with_((supply) => observe(supply, [reading(3, 30, 3.8), reading(4, 54, 3.8), reading(5, 71, 3.8)], world.now).supply);
    expect((await milkNow()).state.dueAt).toBeDefined();
    await with_((supply) => ({ ...supply, dueAt: world.now }));
    await tell(reviewSupply, dueRecord(key, world.now));
    const [told] = ofType(await world.said(), 'supply.sensor-doubted');
    expect(told?.data).toMatchObject({ reason: 'stuck', found: 3_800 });
    if (told) await tell(notifyHousehold, eventRecord(told));
    expect(world.published.flatMap(({ payload }) => JSON.stringify(payload)).join()).toContain('Milk: Der Sensor scheint falsch zu messen');
  });
});

describe('buying alone', () => {
  it('asks again after it has been withdrawn, until a person says “trust it already”', async () => {
    await grantMandate();
    await with_((supply) => ({ ...supply, shadow: { ...newShadow(after(0)), standing: 'withdrawn', withdrawnAt: after(1), scored: [] } }));
    expect((await trustIt(guest)).status).toBe(403);
    await propose(world);
    await decide(world);
    expect([(await theOrder()).order.status, await rulesFailed()]).toEqual(['awaiting-approval', ['automation-earned']]);
    const trusted = await trustIt();
    expect(trusted).toMatchObject({ status: 200, body: { automation: { standing: 'withdrawn', trustedAt: world.now } } });
    expect((await trustIt()).body).toEqual(trusted.body);
    expect(ofType(await world.said(), 'supply.automation-trusted')).toHaveLength(1);
  });

  it('is covered when a person has trusted it since', async () => {
    await grantMandate();
    await with_((supply) => ({ ...supply, shadow: { ...newShadow(after(0)), standing: 'withdrawn', withdrawnAt: after(1), trustedAt: after(2), scored: [] } }));
    await propose(world);
    await decide(world);
    expect((await theOrder()).order).toMatchObject({ status: 'approved', approval: { by: { kind: 'mandate' } } });
  });

  it('has to be earned by what came after a mandate by kind was granted', async () => {
    await grantMandate({ gtins: [], categories: ['groceries'] });
    await with_((supply) => ({ ...supply, shadow: newShadow(after(2)) }));
    await propose(world);
    await decide(world);
    expect([(await theOrder()).order.status, await rulesFailed()]).toEqual(['awaiting-approval', ['automation-earned']]);
  });

  it('shows its score, and what was bought elsewhere, on the supply', async () => {
    await with_((supply) => ({
      ...supply,
      shadow: {
        ...scored(supply.shadow, ['not-wanted', 'bought', 'bought-elsewhere', 'bought']),
        elsewhere: { count: 1, lastAt: after(0) },
      } as Supply['shadow'],
    }));
    const { body } = await send(householdApi, { method: 'GET', path: `/households/${householdId}/supplies/${milkSupply}`, claims: memberClaims(anna) });
    expect(body).toMatchObject({ automation: { standing: 'learning', right: 3, of: 4, wanted: 4 }, boughtElsewhere: { count: 1 } });
  });
});

it('what goes back to the shop is regretted once, however often it is told', async () => {
  await propose(world);
  const { orderId } = (await theOrder()).order;
  const by = { kind: 'declaration', declarationId: declarationIdSchema.parse('dec_abc123') } as const;
  const lines = [{ gtin: milkGtin, packs: 2 }];
  const withdrawn = { type: 'contract.withdrawn', data: { householdId, orderId, retailerId: frischhof, part: 1, by, lines } } as const;
  const [base] = await world.said();
  if (base === undefined) throw new Error('something was said');
  const record = eventRecord({ ...base, ...withdrawn, id: 'withdrawal/1/0' });
  await tell(followSupply, record, record);
  expect((await milkNow()).state.regret).toMatchObject({ returned: 2_000, parts: [`${orderId}/1`] });
});
