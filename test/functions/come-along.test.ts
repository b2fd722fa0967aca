import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planBasket } from '../../functions/propose-order/plan-basket.ts';
import { handler as followSupply } from '../../functions/follow-supply.ts';
import { handler as proposeOrder } from '../../functions/propose-order.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { change, createOnce, load } from '../../functions/runtime/store.ts';
import { commandOrder } from '../../functions/runtime/order.ts';
import { recompute } from '../../shared/order/record.ts';
import { join } from '../../shared/supply/reorder/join.ts';
import { newSupply, supplyConfigSchema } from '../../shared/supply/new-supply.ts';
import { addDuration, duration, euros, ignored, supplyIdSchema } from '../../shared/values.ts';
import { anna, gtinOf, offerOf } from '../shared/order/order-examples.ts';
import { START } from '../shared/supply/milk.ts';
import { dueRecord, eventRecord, ofType, openWorld, tell, type World } from './harness.ts';
import { frischhof, furnish, grantMandate, householdId, milkGtin, milkSupply, openShop } from './kitchen.ts';
import { basket, basketIsDue, decide, drink, orders, propose, spend, theOrder } from './order-world.ts';

const oats = supplyIdSchema.parse('sup_oats');
const oatsGtin = gtinOf(55);
let world: World;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
  await openShop();
  const config = supplyConfigSchema.parse({
    ...{ supplyId: oats, householdId, name: 'oat drink', productLine: 'groceries', unit: 'ml', perDay: 500, portion: 200, confidenceDays: 60 },
    products: [{ gtin: oatsGtin, pack: { amount: 1_000, unit: 'ml' } }],
    settings: { serviceLevel: 0.95, coverDays: 6, packsMax: 6 },
    ...{ leadTime: { meanDays: 1.2, sdDays: 0.3 }, onHand: 2_700 },
  });
  await createOnce(kinds.supply, keys.supply(householdId, oats), newSupply(config, START));
  const validUntil = addDuration(START, duration(5, 'days'));
  await createOnce(
    kinds.offer,
    keys.offer(frischhof, oatsGtin),
    offerOf({ gtin: oatsGtin, sku: 'FH-oats', title: 'Oat drink', validUntil, publishedAt: START }),
  );
});
afterEach(() => world.close());

const supply = async () => (await load(kinds.supply, keys.supply(householdId, oats)))?.state;
const linesOf = async () => (await theOrder()).order.quote.lineItems.map(({ supplyId, joined }) => [supplyId, joined?.saves.amountMinor]);
/** The milk is low, and its need waits in the basket that is due. */
async function gather() {
  await drink(world);
  await tell(proposeOrder, ...ofType(await world.said(), 'supply.low').map((event) => eventRecord(event)));
  world.wait(2, 'hours');
}

describe('oat drink that would be ordered soon', () => {
  it('comes along with the milk, and the record says why and gives the same decision again', async () => {
    await propose(world);
    expect(await linesOf()).toEqual([
      ['sup_milk', undefined],
      ['sup_oats', 290],
    ]);
    expect((await supply())?.need).toMatchObject({ joined: true, standing: 'open' });
    expect(ofType(await world.said(), 'supply.low').map(({ data }) => data.supplyId)).toEqual(['sup_milk']);
    expect(recompute((await theOrder()).record).differences).toEqual([]);
  });

  it('is in one order, however often and by how many the basket is planned at once', async () => {
    await gather();
    await Promise.all([1, 2, 3].map(() => tell(proposeOrder, basketIsDue(world))));
    await tell(proposeOrder, basketIsDue(world));
    expect(await linesOf()).toHaveLength(2);
  });

  it('is in the same order when the run breaks off after its supply was told, and when it breaks off before the order is made', async () => {
    await gather();
    await change(kinds.supply, keys.supply(householdId, oats), (state) => (state === undefined ? ignored('none') : join(state, world.now)));
    await planBasket(householdId, world.now);
    expect([await orders(), (await basket())?.plans.length]).toEqual([[], 1]);
    await tell(proposeOrder, basketIsDue(world), dueRecord(keys.basket(householdId), world.now));
    expect(await linesOf()).toEqual([
      ['sup_milk', undefined],
      ['sup_oats', 290],
    ]);
  });

  it('stays out of an order that a mandate buys, where the mandate does not name it', async () => {
    await grantMandate({ gtins: [milkGtin] });
    await propose(world);
    expect(await linesOf()).toEqual([['sup_milk', undefined]]);
    expect((await supply())?.need).toBeUndefined();
  });

  it('is not asked about again when somebody has said no, and its shelf is believed to be full enough', async () => {
    await propose(world);
    const { orderId, quote } = (await theOrder()).order;
    const about = { householdId, orderId };
    const expiresAt = addDuration(world.now, duration(12, 'hours'));
    await commandOrder(about, { type: 'requestApproval', expiresAt, rulesFailed: [], quoteHash: quote.hash }, world.now);
    await commandOrder(about, { type: 'decline', memberId: anna, reason: 'not-needed' }, world.now);
    for (const type of ['order.proposed', 'order.declined'] as const) {
      const events = ofType(await world.said(), type).map((event) => eventRecord(event));
      await tell(followSupply, ...events);
      await tell(proposeOrder, ...(type === 'order.declined' ? events : []));
    }
    expect(await supply()).toMatchObject({ cycle: 2, notAlongBefore: addDuration(world.now, duration(6, 'days')) });
    expect((await basket())?.needs).toEqual({});
  });

  it('is left out when the cap is used up between plan and decision, so that what is low is bought without asking', async () => {
    await grantMandate({ gtins: [milkGtin, oatsGtin] });
    await propose(world);
    const { order } = await theOrder();
    const rest = order.quote.total.amountMinor - 1;
    await change(kinds.spend, keys.spend(householdId), (stored) => {
      if (stored === undefined) return ignored('no mandate');
      const mandates = Object.fromEntries(Object.entries(stored.mandates).map(([id, mandate]) => [id, { ...mandate, perMonthMax: euros(rest) }]));
      return { kind: 'changed', state: { ...stored, mandates }, events: [] };
    });
    await decide(world);
    await decide(world);
    const decided = await theOrder();
    expect(decided.order).toMatchObject({ status: 'approved', approval: { by: { kind: 'mandate' } }, dropped: [{ supplyId: oats, cameAlong: true }] });
    expect(await linesOf()).toEqual([['sup_milk', undefined]]);
    expect(Object.values((await spend())?.open ?? {}).map(({ amount }) => amount)).toEqual([decided.order.quote.total]);
    expect(recompute(decided.record).differences).toEqual([]);
    const told = await world.said();
    await tell(followSupply, ...told.filter(({ type }) => type === 'order.proposed' || type === 'order.approved').map((event) => eventRecord(event)));
    expect(await supply()).toMatchObject({ cycle: 2 });
    expect(await supply()).not.toHaveProperty('need');
    expect(await supply()).not.toHaveProperty('notAlongBefore');
  });

  it('is asked about as the household answers about its milk, from the first question on', async () => {
    const wait = { meanDays: 0.05, sdDays: 0.02, answers: 6, asked: 0.5 };
    const milkKey = keys.supply(householdId, milkSupply);
    await change(kinds.supply, milkKey, (state) =>
      state === undefined ? ignored('none') : { kind: 'changed', state: { ...state, leadTime: { ...state.leadTime, approval: wait } }, events: [] },
    );
    await propose(world);
    await decide(world);
    await tell(followSupply, ...ofType(await world.said(), 'order.approval-requested').map((event) => eventRecord(event)));
    expect((await supply())?.leadTime.approval).toEqual({ ...wait, asked: 1 });
    expect((await load(kinds.supply, milkKey))?.state.leadTime.approval).toEqual(wait);
  });
});
