import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPlannedOrders } from '../../functions/propose-order/create-orders.ts';
import { planBasket } from '../../functions/propose-order/plan-basket.ts';
import { handler as decideOrder } from '../../functions/decide-order.ts';
import { handler as proposeOrder } from '../../functions/propose-order.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { change, load } from '../../functions/runtime/store.ts';
import { commandOrder } from '../../functions/runtime/order.ts';
import { decideSpend } from '../../shared/order/mandate/spend.ts';
import { isOffer } from '../../shared/retailer/offer.ts';
import { ignored } from '../../shared/values.ts';
import { anna, butter, mandateId } from '../shared/order/order-examples.ts';
import { dueRecord, eventRecord, ofType, openWorld, tell, type World } from './harness.ts';
import { frischhof, furnish, grantMandate, householdId, milkGtin, openShop } from './kitchen.ts';
import { basket, basketIsDue, decide, drink, orders, propose, spend, theOrder } from './order-world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
  await openShop();
});
afterEach(() => world.close());

const typesSaid = async () => (await world.said()).map(({ type }) => type).filter((type) => type.startsWith('order.'));

describe('from a low supply to a proposal', () => {
  it('gathers in the basket, and one order is proposed when its time has come', async () => {
    await drink(world);
    const [low] = ofType(await world.said(), 'supply.low');
    if (low === undefined) throw new Error('expected low milk');
    await tell(proposeOrder, eventRecord(low));
    await tell(proposeOrder, basketIsDue(world));
    expect(await orders()).toEqual([]);
    world.wait(2, 'hours');
    await tell(proposeOrder, basketIsDue(world));
    const { order, record } = await theOrder();
    expect(order).toMatchObject({ status: 'proposed', retailerId: frischhof });
    expect(order.quote.lineItems.map(({ gtin, needId, quantity, lineTotal }) => [gtin, needId, lineTotal.amountMinor === quantity * 129])).toEqual([
      [milkGtin, low.data.needId, true],
    ]);
    expect(record.proposal.quoteHash).toBe(order.quote.hash);
    expect((await basket())?.plans.map(({ orderId, retryAt }) => [orderId, retryAt])).toEqual([[order.orderId, undefined]]);
  });

  it('stays one order when everything comes twice and in any order', async () => {
    await propose(world);
    const first = (await theOrder()).order;
    const lows = ofType(await world.said(), 'supply.low').map((event) => eventRecord(event));
    await tell(proposeOrder, basketIsDue(world), ...lows);
    world.wait(1, 'days');
    await tell(proposeOrder, ...lows, basketIsDue(world), ...lows);
    expect((await theOrder()).order).toEqual(first);
    expect(await typesSaid()).toEqual(['order.proposed']);
  });

  it('finishes what a crash between plan and order interrupted', async () => {
    await drink(world);
    await tell(proposeOrder, ...ofType(await world.said(), 'supply.low').map((event) => eventRecord(event)));
    world.wait(2, 'hours');
    await planBasket(householdId, world.now);
    const planned = (await basket())?.plans.map(({ orderId }) => orderId);
    expect([planned?.length, await orders()]).toEqual([1, []]);
    await tell(proposeOrder, basketIsDue(world));
    expect([(await theOrder()).order.orderId]).toEqual(planned);
    await createPlannedOrders(householdId, world.now);
    expect(await typesSaid()).toEqual(['order.proposed']);
  });

  it('gives the need back to the basket when the shop has sold out between plan and order, and buys it later', async () => {
    await drink(world);
    await tell(proposeOrder, ...ofType(await world.said(), 'supply.low').map((event) => eventRecord(event)));
    world.wait(2, 'hours');
    await planBasket(householdId, world.now);
    const offer = keys.offer(frischhof, milkGtin);
    const setAvailable = (available: boolean) =>
      change(kinds.offer, offer, (stored) =>
        stored && isOffer(stored) ? { kind: 'changed', state: { ...stored, available }, events: [] } : ignored('no offer'),
      );
    await setAvailable(false);
    await createPlannedOrders(householdId, world.now);
    expect(await orders()).toEqual([]);
    expect((await basket())?.dueAt).toBeDefined();
    await setAvailable(true);
    world.wait(6, 'hours');
    await tell(proposeOrder, basketIsDue(world));
    expect((await theOrder()).order.status).toBe('proposed');
  });

  it('is one order when several runs plan at once', async () => {
    await drink(world);
    await tell(proposeOrder, ...ofType(await world.said(), 'supply.low').map((event) => eventRecord(event)));
    world.wait(2, 'hours');
    await Promise.all([1, 2, 3].map(() => tell(proposeOrder, basketIsDue(world))));
    expect((await theOrder()).order.status).toBe('proposed');
    expect(await typesSaid()).toEqual(['order.proposed']);
  });
});

describe('a decision', () => {
  it('inside a mandate reserves exactly the total and approves, however often it is told', async () => {
    await grantMandate();
    await propose(world);
    await decide(world);
    await decide(world);
    const { order, record } = await theOrder();
    expect(order).toMatchObject({ status: 'approved', approval: { by: { kind: 'mandate', mandateId } } });
    expect(record.decision?.outcome).toEqual({ kind: 'covered', mandateId });
    expect((await spend())?.open).toMatchObject({ [order.orderId]: { mandateId, amount: order.quote.total, month: '2026-03' } });
    expect(await typesSaid()).toEqual(['order.proposed', 'order.approved']);
  });

  it('goes on after a crash between reservation and approval, without counting itself', async () => {
    await grantMandate({ ordersPerWeekMax: 1, perMonthMax: { amountMinor: 2_000, currency: 'EUR' } });
    await propose(world);
    const { order } = await theOrder();
    await change(kinds.spend, keys.spend(householdId), (before) => {
      if (before === undefined) return ignored('no mandate');
      const { orderId, quote } = order;
      return decideSpend(before, { type: 'reserve', orderId, mandateId, quote, now: world.now, timeZone: 'Europe/Berlin' });
    });
    await decide(world);
    expect((await theOrder()).order.status).toBe('approved');
    const { open, recentApprovals } = (await spend()) ?? {};
    expect([Object.keys(open ?? {}), recentApprovals?.[mandateId]?.length]).toEqual([[order.orderId], 1]);
  });

  it('outside every mandate asks a person and says which rules failed', async () => {
    await grantMandate({ gtins: [butter] });
    await propose(world);
    await decide(world);
    await decide(world);
    expect((await theOrder()).order.status).toBe('awaiting-approval');
    expect((await spend())?.open).toEqual({});
    const asked = ofType(await world.said(), 'order.approval-requested');
    expect(asked.map(({ data }) => data.rulesFailed.map(({ rule, actual }) => [rule, actual]))).toEqual([
      [['every-line-product-allowed', `not in it: ${milkGtin}`]],
    ]);
  });

  it('is made when the order is due although its event was lost, and a person who does not answer lets it expire', async () => {
    await propose(world);
    const { orderId } = (await theOrder()).order;
    const due = () => dueRecord(keys.order(householdId, orderId), world.now);
    await tell(decideOrder, due());
    expect((await theOrder()).order.status).toBe('awaiting-approval');
    world.wait(23, 'hours');
    await tell(decideOrder, due());
    expect((await theOrder()).order.status).toBe('awaiting-approval');
    world.wait(2, 'hours');
    await tell(decideOrder, due());
    expect((await theOrder()).order.status).toBe('expired');
  });

  it('gives reserved money and the needs back when the order ends', async () => {
    await grantMandate();
    await propose(world);
    await decide(world);
    const { orderId } = (await theOrder()).order;
    await commandOrder({ householdId, orderId }, { type: 'withdraw', memberId: anna, reason: 'going away' }, world.now);
    const ended = ofType(await world.said(), 'order.withdrawn').map((event) => eventRecord(event));
    for (const handler of [decideOrder, proposeOrder, proposeOrder, decideOrder]) await tell(handler, ...ended);
    expect((await spend())?.open).toEqual({});
    expect([(await basket())?.plans, (await basket())?.needs]).toEqual([[], {}]);
    expect((await load(kinds.order, keys.order(householdId, orderId)))?.state.order.status).toBe('withdrawn');
  });
});
