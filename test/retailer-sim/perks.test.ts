import { afterEach, expect, it } from 'vitest';
import { openRetailer, type Retailer } from '../../retailer-sim/retailer.ts';
import { readSimulation } from '../../retailer-sim/simulation.ts';
import { foldAnswers } from '../../shared/order/fold-answers.ts';
import { progressOf } from '../../shared/order/answer-order.ts';
import { lineDiscounts } from '../../shared/order/perk/paid-for.ts';
import { refundOf } from '../../shared/order/refund.ts';
import { answerSchema } from '../../shared/order/response.ts';
import { euros, gtinSchema, instantSchema, messageIdSchema } from '../../shared/values.ts';
import { needOf, quote as example, seal } from '../shared/order/order-examples.ts';
import { DAY, HOUR, openWorld, orderOf, startsAt, steady, type World } from './world.ts';

let world: World | undefined;
let retailer: Retailer | undefined;
afterEach(async () => {
  await retailer?.close();
  world?.close();
  [world, retailer] = [undefined, undefined];
});

const ORDERS = 40;
const [first, second] = example.lineItems;
if (first === undefined || second === undefined) throw new Error('the example has two lines');
const [three, one] = orderOf('ord_1').lines.map(({ gtin, quantity, unitPriceMinor }) => ({
  ...{ gtin: gtinSchema.parse(gtin), quantity, unitPrice: euros(unitPriceMinor), lineTotal: euros(quantity * unitPriceMinor) },
}));
/** Every second milk, the delivery and 1.01 € of the rest. */
const quote = seal({
  ...example,
  lineItems: [
    { ...first, ...three },
    { ...second, ...one },
  ],
  ...{ subtotal: euros(636), deliveryFee: euros(290), total: euros(636 - 129 - 101) },
  perks: [
    { perkId: 'two', kind: 'buy-one-get-one', fundedBy: 'platform', saves: euros(129), needId: needOf('milk') },
    { perkId: 'door', kind: 'free-delivery', fundedBy: 'platform', saves: euros(290) },
    { perkId: 'off', kind: 'voucher', fundedBy: 'platform', saves: euros(101) },
  ],
});

it('a shop that sends less, in parts, or takes something back charges and refunds to the cent what an order with perks owes', async () => {
  const at = await openWorld({ ...steady, irregular: 0.25, change: 0.3 });
  world = at;
  const ready = at.conductor.ready();
  retailer = await openRetailer(readSimulation(at.simulationPath, 'rt_frischhof'));
  await ready;
  const discounts = lineDiscounts(quote);
  const perks = quote.perks?.map(({ perkId, kind, fundedBy, saves }) => ({ perkId, kind, fundedBy, savesMinor: saves.amountMinor }));
  for (let number = 1; number <= ORDERS; number += 1) {
    const order = orderOf(`ord_${String(number)}`);
    const lines = order.lines.map((line, index) => ({ ...line, discountMinor: discounts[index] }));
    await at.place({ ...order, lines, perks, totalMinor: quote.total.amountMinor });
  }
  for (let hours = 6; hours <= 7 * 24; hours += 6) await at.conductor.runUntil(startsAt + hours * HOUR);
  await at.conductor.runUntil(startsAt + 7 * DAY);

  const receivedAt = instantSchema.parse(new Date(startsAt + 7 * DAY).toISOString());
  const bills = new Set<number>();
  for (let number = 1; number <= ORDERS; number += 1) {
    const said = at.said(`ord_${String(number)}`).map(({ type, timestamp, data }) => answerSchema.parse({ type, timestamp, data }));
    const answers = Object.fromEntries(said.map((answer, index) => [messageIdSchema.parse(`m${String(index)}`), { answer, receivedAt }]));
    const progress = progressOf(foldAnswers(quote, answers));
    expect([number, progress.problems]).toEqual([number, []]);
    expect(refundOf({ quote, progress }, [])?.open ?? euros(0)).toEqual(euros(0));
    if (progress.total !== undefined) bills.add(progress.total.amountMinor);
  }
  // All of it, less of either line.
  expect(bills.size).toBeGreaterThan(2);
  expect(Math.max(...bills)).toBe(quote.total.amountMinor);
});
