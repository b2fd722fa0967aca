import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as followSupply } from '../../functions/follow-supply.ts';
import { handler as householdApi } from '../../functions/household-api.ts';
import { handler as retailerApi } from '../../functions/retailer-api.ts';
import { notePromises } from '../../functions/runtime/note-promises.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { change, createOnce, load } from '../../functions/runtime/store.ts';
import { evolveOrder } from '../../shared/order/evolve-order.ts';
import type { Order } from '../../shared/order/order-state.ts';
import { isSound } from '../../shared/order/quote.ts';
import { recompute } from '../../shared/order/record.ts';
import { addDuration, duration, euros, householdIdSchema, orderIdSchema } from '../../shared/values.ts';
import { START } from '../shared/supply/milk.ts';
import { facts, quote } from '../shared/order/order-examples.ts';
import { eventRecord, ofType, openWorld, tell, type World } from './harness.ts';
import { memberClaims, send, shopClaims } from './http-call.ts';
import { anna, frischhof, furnish, householdId, milkGtin, openShop } from './kitchen.ts';
import { decide, propose, theOrder } from './order-world.ts';
import { signedHeaders } from './shop-keys.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
  await openShop();
});
afterEach(() => world.close());

const until = addDuration(START, duration(4, 'days'));
const twoMilk = { perkId: 'two-milk', kind: 'buy-one-get-one', fundedBy: 'brand', gtins: [milkGtin], validUntil: until };
const goldVoucher = { perkId: 'gold', kind: 'voucher', fundedBy: 'retailer', tier: 'gold', amountMinor: 100, validUntil: until };
const publish = (hours: number, perks?: readonly object[], messageId = `msg_${String(hours)}`) => {
  const publishedAt = addDuration(START, duration(hours, 'hours'));
  const terms = { deliveryFeeMinor: 290, freeDeliveryFromMinor: 2_500, minimumOrderMinor: 0, leadTimeDays: 1.2 };
  const body = JSON.stringify({ type: 'offers.published', timestamp: publishedAt, data: { publishedAt, terms, offers: [], ...(perks && { perks }) } });
  return send(retailerApi, { method: 'POST', path: `/retailers/${frischhof}/messages`, headers: signedHeaders(frischhof, messageId, body), body });
};
const keptPerks = async () => (await load(kinds.retailer, keys.retailer(frischhof)))?.state.perks?.perks.map(({ perkId }) => perkId);
/** So many orders have come lately. */
const orderedOften = (orders: number) =>
  change(kinds.rhythm, keys.rhythm(householdId), () => ({
    kind: 'changed',
    state: { householdId, received: Array.from({ length: orders }, (_, index) => ({ orderId: orderIdSchema.parse(`ord_${String(index)}`), at: START })) },
    events: [],
  }));

describe('the perks of a shop', () => {
  it('are kept with its offers, whichever message comes first; a message without them leaves them; a wrong one is named', async () => {
    expect(await publish(1, [twoMilk, { ...goldVoucher, fundedBy: 'platform' }])).toMatchObject({
      status: 202,
      body: { perks: 1, refused: [{ index: 1, list: 'perks', perkId: 'gold' }] },
    });
    expect(await keptPerks()).toEqual(['two-milk']);
    expect((await publish(3)).body).not.toHaveProperty('perks');
    await publish(2, [goldVoucher]);
    expect(await keptPerks()).toEqual(['gold']);
    await publish(1, [twoMilk], 'msg_again');
    expect(await keptPerks()).toEqual(['gold']);
    await publish(4, []);
    expect(await keptPerks()).toEqual([]);
  });
  it('count in the very quote that is proposed, and the record computes it again', async () => {
    await publish(1, [twoMilk, goldVoucher]);
    await propose(world);
    const { order, record } = await theOrder();
    const [line] = order.quote.lineItems;
    if (line === undefined) throw new Error('expected milk');
    const free = Math.floor(line.quantity / 2) * 129;
    expect(free).toBeGreaterThan(0);
    expect(order.quote.perks).toEqual([{ perkId: 'two-milk', kind: 'buy-one-get-one', fundedBy: 'brand', saves: euros(free), needId: line.needId }]);
    expect(order.quote.total.amountMinor).toBe(line.lineTotal.amountMinor + 290 - free);
    expect(isSound(order.quote)).toBe(true);
    expect(recompute(record)).toMatchObject({ quoteEqual: true });
  });
  it('are open by tier: to gold its own voucher, and a delivery that we pay for', async () => {
    await publish(1, [goldVoucher]);
    await orderedOften(17);
    await propose(world);
    expect((await theOrder()).order.quote.perks?.map(({ perkId, fundedBy }) => `${perkId} ${fundedBy}`)).toEqual([
      'platinum-delivery platform',
      'gold retailer',
    ]);
  });
  it('stay what they were when the shop takes them back while somebody thinks', async () => {
    await publish(1, [twoMilk]);
    await propose(world);
    await decide(world);
    const { order } = await theOrder();
    await publish(20, []);
    const [line] = order.quote.lineItems;
    const path = `/households/${householdId}/orders/${order.orderId}`;
    const now = await send(householdApi, { method: 'GET', path: `${path}/alternatives`, claims: memberClaims(anna) });
    expect(now).toMatchObject({ status: 200, body: { now: { total: euros((line?.lineTotal.amountMinor ?? 0) + 290) } } });
    expect((await theOrder()).order.quote).toEqual(order.quote);
    const follow = await send(householdApi, { method: 'GET', path: `${path}/timeline`, claims: memberClaims(anna) });
    expect(follow).toMatchObject({ body: { perks: [{ kind: 'buy-one-get-one', fundedBy: 'brand' }], total: order.quote.total } });
  });
});

const deliveredOrder = (name: string): Order => {
  const about = { householdId: householdIdSchema.parse(`hh_${name}`), orderId: orderIdSchema.parse(`ord_${name}`), retailerId: frischhof };
  const proposed = evolveOrder(undefined, { type: 'order.proposed', data: { ...about, round: 1, quote } }, START);
  const steps = [facts.approved, facts.placing, facts.placed, facts.accepted, facts.delivered] as const;
  return steps.reduce<Order>((order, event) => evolveOrder(order, event, START), proposed);
};

describe('a tier', () => {
  it('comes of orders that came, each once, and is shown with its reason', async () => {
    const order = deliveredOrder('anna');
    const record = { proposal: { at: START, needs: [], wanted: [], considered: [], quoteHash: quote.hash } };
    await createOnce(kinds.order, keys.order(householdId, order.orderId), { order, record }, [facts.delivered]);
    const [told] = ofType(await world.said(), 'order.delivered');
    if (told === undefined) throw new Error('expected a delivery');
    const event = { ...told, data: { ...told.data, orderId: order.orderId, householdId } };
    await tell(followSupply, eventRecord(event), eventRecord(event));
    const path = `/households/${householdId}/statements/${world.now.slice(0, 7)}`;
    expect(await send(householdApi, { method: 'GET', path, claims: memberClaims(anna) })).toMatchObject({
      status: 200,
      body: { standing: { orders: 1, windowDays: 28, next: { tier: 'silver', missing: 7 } }, statement: { perksSaved: { count: 0 } } },
    });
  });
});

describe('what of a shop’s promises came true', () => {
  it('is told once five households stand behind it, and the day is over', async () => {
    const today = world.now.slice(0, 10);
    const read = () => send(retailerApi, { method: 'GET', path: `/retailers/${frischhof}/lost-offers`, query: `day=${today}`, claims: shopClaims(frischhof) });
    for (const name of ['a', 'b', 'c', 'd', 'd']) await notePromises(deliveredOrder(name), world.now);
    const other = { ...deliveredOrder('d'), orderId: orderIdSchema.parse('ord_d2') };
    await notePromises(other, world.now);
    world.wait(1, 'days');
    expect(await read()).toMatchObject({ status: 200, body: { promises: { 'on-time': 'fewer than 5', late: 'fewer than 5', complete: 'fewer than 5' } } });
    await notePromises(deliveredOrder('e'), START);
    expect(await read()).toMatchObject({
      body: { figures: [], promises: { 'on-time': 5, late: 'fewer than 5', complete: 5, short: 'fewer than 5', 'at-the-price': 5 } },
    });
  });
});
