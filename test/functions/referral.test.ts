/** A code from one household to another, over the real store: entered, checked, and rewarded with the first goods. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as householdApi } from '../../functions/household-api.ts';
import { noteReceived } from '../../functions/follow-supply/note-received.ts';
import { handler as runAutomation } from '../../functions/run-automation.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { createOnce, load } from '../../functions/runtime/store.ts';
import { householdSchema, memberSchema } from '../../shared/household/household.ts';
import { householdIdSchema, memberIdSchema } from '../../shared/values.ts';
import { evolveOrder } from '../../shared/order/evolve-order.ts';
import type { Order } from '../../shared/order/order-state.ts';
import { facts, quote } from '../shared/order/order-examples.ts';
import { eventRecord, ofType, openWorld, tell, type World } from './harness.ts';
import { memberClaims, operator, send } from './http-call.ts';
import { anna, furnish, household, householdId } from './kitchen.ts';

let world: World;
const carl = householdIdSchema.parse('hh_carl');
const mem = memberIdSchema.parse('mem_carl');
beforeEach(async () => {
  world = await openWorld();
  await furnish();
  const address = { ...household.address, street: 'Allee 9', postalCode: '10115', city: 'Berlin' };
  await createOnce(kinds.household, keys.household(carl), householdSchema.parse({ ...household, householdId: carl, address, shops: [] }));
  await createOnce(
    kinds.member,
    keys.member(carl, mem),
    memberSchema.parse({ householdId: carl, memberId: mem, name: 'Carl', role: 'owner', joinedAt: world.now }),
  );
});
afterEach(() => world.close());
const ask = (method: string, path: string, who: string, body?: object) =>
  send(householdApi, { method, path, claims: memberClaims(who), ...(body && { body }) });
const share = async () => String((await ask('POST', `/households/${householdId}/referral`, anna)).body['code']);
const enter = (code: string) => ask('POST', `/households/${carl}/referral/entered`, mem, { code });

function deliveredTo(home: typeof carl): Order {
  const { data } = facts.proposed;
  const proposed = evolveOrder(undefined, { type: 'order.proposed', data: { ...data, householdId: home, quote } }, world.now);
  const steps = [facts.approved, facts.placing, facts.placed, facts.accepted, facts.delivered] as const;
  return steps.reduce<Order>((order, event) => evolveOrder(order, event, world.now), proposed);
}

describe('a recommendation', () => {
  it('is one code for a household, and rewards both once with the first goods', async () => {
    const code = await share();
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
    expect(await share()).toBe(code);
    expect(await enter('2222-2222')).toMatchObject({ status: 404 });
    expect(await enter(code.toLowerCase())).toMatchObject({ status: 200, body: { hasEntered: true } });
    expect(await enter(code)).toMatchObject({ status: 200 });
    for (let times = 0; times < 2; times += 1) await noteReceived(deliveredTo(carl), world.now);
    const [own, theirs] = await Promise.all([carl, householdId].map(async (one) => (await load(kinds.referral, keys.referral(one)))?.state));
    expect([own?.freeUntil, theirs?.freeUntil, theirs?.invited.length]).toEqual([own?.freeUntil, own?.freeUntil, 1]);
    const rewards = (await world.said()).filter(({ type }) => type === 'referral.redeemed' || type === 'referral.welcomed');
    expect(rewards).toMatchObject([{ data: { householdId } }, { data: { householdId: carl } }]);
    // At night nobody is told.
    world.wait(4, 'hours');
    for (const event of [...rewards, ...rewards]) await tell(runAutomation, eventRecord(event));
    const told = ofType(await world.said(), 'outreach.sent').map(({ data }) => [data.householdId, data.kind]);
    expect(told).toEqual([householdId, carl].map((one) => [one, 'referral-reward']));
    const [theirs0] = (await load(kinds.outreach, keys.outreach(householdId)))?.state.reached ?? [];
    expect(JSON.stringify(theirs0)).not.toMatch(/carl/i);
    expect(await ask('GET', `/households/${householdId}/referral`, anna)).toMatchObject({ body: { brought: 1 } });
  });

  it('is entered while signing up, which goes on when the code is no use', async () => {
    const code = await share();
    const create = (id: string, street: string, referralCode?: string) =>
      send(householdApi, {
        ...{ method: 'PUT', path: `/households/${id}`, claims: operator },
        body: { name: 'Neu', timeZone: 'Europe/Berlin', language: 'de', address: { ...household.address, street }, ...(referralCode && { referralCode }) },
      });
    expect(await create('hh_neu', 'Ringstraße 3', code)).toMatchObject({ status: 200, body: { householdId: 'hh_neu', referral: 'entered' } });
    expect(await create('hh_neu', 'Ringstraße 3', code)).toMatchObject({ status: 200, body: { referral: 'entered' } });
    expect(await create('hh_neu2', household.address.street, code)).toMatchObject({ status: 200, body: { referral: 'same-home' } });
    expect(await create('hh_neu3', 'Ringstraße 5', '2222-2222')).toMatchObject({ status: 200, body: { referral: 'no-such-code' } });
    expect((await create('hh_neu4', 'Ringstraße 7')).body['referral']).toBeUndefined();
  });

  it('is no use to oneself, nor to anybody else’s household', async () => {
    const code = await share();
    expect(await ask('POST', `/households/${householdId}/referral/entered`, anna, { code })).toMatchObject({ status: 409 });
    expect((await ask('POST', `/households/${carl}/referral`, anna)).status).toBe(404);
  });
});
