/** What bounds many orders together: the caps, when they come at once, and the brake, when they do not end. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as decideOrder } from '../../functions/decide-order.ts';
import { handler as householdApi } from '../../functions/household-api.ts';
import { handler as notifyHousehold } from '../../functions/notify-household.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { createOnce, load } from '../../functions/runtime/store.ts';
import { carryOut } from '../../shared/order/order.ts';
import { recordProposal } from '../../shared/order/record.ts';
import { euros, needIdSchema, orderIdSchema } from '../../shared/values.ts';
import { quote, seal } from '../shared/order/order-examples.ts';
import { eventRecord, ofType, openWorld, tell, type World } from './harness.ts';
import { memberClaims, send } from './http-call.ts';
import { anna, frischhof, furnish, grantMandate, householdId, milkGtin, milkSupply, openShop } from './kitchen.ts';
import { decide, orders, spend } from './order-world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
  await openShop();
});
afterEach(() => world.close());

const rulesFailed = async () => ofType(await world.said(), 'order.approval-requested').map(({ data }) => data.rulesFailed.map(({ rule }) => rule));

/** An order for milk as `propose-order` would make it. */
async function proposed(name: string, packs = 2): Promise<string> {
  const [line] = quote.lineItems;
  if (line === undefined) throw new Error('expected a line');
  const orderId = orderIdSchema.parse(`ord_${name}`);
  const lineItems = [
    {
      ...line,
      needId: needIdSchema.parse(`need_${name}`),
      supplyId: milkSupply,
      gtin: milkGtin,
      quantity: packs,
      lineTotal: euros(line.unitPrice.amountMinor * packs),
    },
  ];
  const subtotal = euros(line.unitPrice.amountMinor * packs);
  const { hash: _hash, ...content } = { ...quote, lineItems, subtotal, deliveryFee: euros(0), total: subtotal };
  const sealed = seal(content);
  const outcome = carryOut(undefined, { type: 'propose', orderId, householdId, retailerId: frischhof, round: 1, quote: sealed }, world.now);
  if (outcome.kind !== 'changed') throw new Error(outcome.kind);
  const record = recordProposal({ at: world.now, needs: [], wanted: [], considered: [], quote: sealed });
  await createOnce(kinds.order, keys.order(householdId, orderId), { order: outcome.state, record }, outcome.events);
  return orderId;
}

describe('many orders at once', () => {
  it('never pass a cap together; what is too much asks', async () => {
    const each = 258;
    await grantMandate({ perOrderMax: euros(300), perMonthMax: euros(4 * each + 100), ordersPerWeekMax: 50 });
    await Promise.all(Array.from({ length: 12 }, (_, index) => proposed(String(index))));
    const records = ofType(await world.said(), 'order.proposed').map((event) => eventRecord(event));
    await Promise.all(
      records.map(async (record) => {
        // A message that finds SPEND contended comes again, as the queue would send it.
        for (let tries = 0; ; tries += 1) {
          try {
            await tell(decideOrder, record);
            return;
          } catch (error) {
            if (tries === 5) throw error;
          }
        }
      }),
    );
    const statuses = (await orders()).map(({ order }) => order.status).sort();
    expect(statuses).toEqual([...Array.from({ length: 4 }, () => 'approved'), ...Array.from({ length: 8 }, () => 'awaiting-approval')]);
    const open = Object.values((await spend())?.open ?? {});
    expect(open.reduce((sum, { amount }) => sum + amount.amountMinor, 0)).toBe(4 * each);
    expect(new Set((await rulesFailed()).flat())).toEqual(new Set(['per-month-cap']));
  });
});

describe('the brake', () => {
  it('stops the household when it buys far more than it uses, tells it, and asks', async () => {
    await grantMandate({ perOrderMax: euros(10_000), perMonthMax: euros(100_000), ordersPerWeekMax: 50 });
    const bought: string[] = [];
    // A litre a day is used; every day twelve are bought.
    for (let day = 0; day < 14; day += 1) {
      const orderId = await proposed(`d${String(day)}`, 12);
      await decide(world);
      if ((await load(kinds.order, keys.order(householdId, orderIdSchema.parse(orderId))))?.state.order.status === 'approved') bought.push(orderId);
      world.wait(1, 'hours');
    }
    const [stop, ...more] = (await spend())?.stops ?? [];
    expect([more, stop?.kind, stop?.stopId]).toEqual([[], 'brake', 'household']);
    if (stop?.kind !== 'brake') throw new Error('expected the brake');
    const { goods, limit, expected } = stop.figures;
    expect(goods.amountMinor).toBe((bought.length + 1) * 12 * 129);
    expect(goods.amountMinor).toBeGreaterThan(limit.amountMinor);
    expect(bought.length * 12 * 129).toBeLessThanOrEqual(limit.amountMinor);
    expect(limit.amountMinor).toBeGreaterThan(expected.amountMinor);
    expect(ofType(await world.said(), 'spending.braked').map(({ data }) => data.goods)).toEqual([goods]);
    expect(new Set((await rulesFailed()).flat())).toEqual(new Set(['not-stopped']));

    await tell(notifyHousehold, ...ofType(await world.said(), 'spending.braked').map((event) => eventRecord(event)));
    expect(world.published.map(({ payload }) => payload)).toContainEqual(expect.objectContaining({ kind: 'spending-braked' }));

    const path = `/households/${householdId}/stops/household`;
    await send(householdApi, { method: 'DELETE', path, claims: memberClaims(anna) });
    const after = await proposed('after', 2);
    await decide(world);
    const lifted = await load(kinds.order, keys.order(householdId, orderIdSchema.parse(after)));
    expect(lifted?.state.order.status).toBe('approved');
  });
});
