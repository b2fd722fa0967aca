import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Quote } from '../../../../shared/event-parts.ts';
import { brakeFigures, braked, runsAway, windowBegin, type SupplyForecast } from '../../../../shared/order/mandate/brake.ts';
import { decideSpend, emptySpend, spendSchema, type Spend, type SpendCommand } from '../../../../shared/order/mandate/spend.ts';
import { addDuration, duration, euros, orderIdSchema, type Instant } from '../../../../shared/values.ts';
import { anna, grantOf, householdId, instant, mandateId, quote, supplyOf, timeZone } from '../order-examples.ts';

const begin = instant('2026-03-02T08:00:00.000Z');
const day = (count: number): Instant => addDuration(begin, duration(count, 'days'));
const milk = supplyOf('milk');
/** A litre a day at 1.29 €, and a shelf for six. */
const litreADay: SupplyForecast = { supplyId: milk, perDay: 1_000, orderUpTo: 6_000 };
const [line] = quote.lineItems;
if (line === undefined) throw new Error('expected milk');
const packs = (count: number, now: Instant, supplyId = milk): Quote => ({
  ...quote,
  lineItems: [{ ...line, supplyId, quantity: count, lineTotal: euros(129 * count) }],
  subtotal: euros(129 * count),
  deliveryFee: euros(290),
  total: euros(129 * count + 290),
  validUntil: addDuration(now, duration(24, 'hours')),
});
const figures = (bought: readonly (readonly [at: Instant, minor: number])[], asked: Quote, now: Instant, since?: Instant) =>
  brakeFigures({
    automatic: Object.fromEntries(bought.map(([at, minor], index) => [`ord_${String(index)}`, { at, goods: euros(minor) }])),
    ...{ prices: {}, quote: asked, forecasts: [litreADay], since, now },
  });

describe('the figures', () => {
  it('count the goods of four weeks, this order with them, and no delivery', () => {
    expect(
      figures(
        [
          [day(1), 500],
          [day(-1), 900],
        ],
        packs(2, day(28)),
        day(28),
      ).goods,
    ).toEqual(euros(500 + 258));
  });
  it('allow what is used in that time with room to spare, and one full shelf', () => {
    // 28 days × 1.29 € = 36.12 €; times 1.6 and six packs of 1.29 € are 65.54 €, cents rounded up.
    expect(figures([[day(0.1), 500]], packs(2, day(28)), day(28))).toMatchObject({ expected: euros(3_612), limit: euros(6_554), days: 28 });
  });
  it('count fourteen days in the beginning: two deliveries on the first day are no run', () => {
    const first = figures([[day(0), 774]], packs(6, day(0)), day(0));
    expect(first).toMatchObject({ days: 14, expected: euros(1_806), limit: euros(3_664) });
    expect(runsAway(first)).toBe(false);
  });
  it('forget what was before a person looked', () => {
    const since = day(20);
    expect(
      figures(
        [
          [day(10), 9_000],
          [day(21), 500],
        ],
        packs(1, day(22)),
        day(22),
        since,
      ).goods,
    ).toEqual(euros(500 + 129));
    expect(windowBegin(day(40), since)).toBe(since > day(12) ? since : day(12));
  });
  it('are of goods that something forecasts, and of no others', () => {
    const other = packs(90, day(0), supplyOf('other'));
    expect(figures([], other, day(0)).goods).toEqual(euros(0));
    expect(runsAway(figures([], other, day(0)))).toBe(false);
  });
  it('need the forecast of what was bought lately and of what is asked for', () => {
    const prices = { [milk]: { at: day(1), price: euros(129), packAmount: 1_000 }, [supplyOf('long-ago')]: { at: day(-30), price: euros(1), packAmount: 1 } };
    expect(braked(prices, packs(1, day(2), supplyOf('butter')), day(2)).sort()).toEqual([supplyOf('butter'), milk].sort());
  });
});

const orderOf = (number: number) => orderIdSchema.parse(`ord_${String(number)}`);
const grant: SpendCommand = { type: 'grant', mandate: grantOf({ perOrderMax: euros(1_000_000), perMonthMax: euros(10_000_000), ordersPerWeekMax: 50 }) };
const after = (spend: Spend, command: SpendCommand): Spend => {
  const outcome = decideSpend(spend, command);
  return outcome.kind === 'changed' ? spendSchema.parse(outcome.state) : spend;
};
const granted = after(emptySpend(householdId), grant);
const reserve = (number: number, count: number, now: Instant): SpendCommand => ({
  ...{ type: 'reserve', orderId: orderOf(number), mandateId, quote: packs(count, now), now, timeZone, forecasts: [litreADay] },
});

describe('in SPEND', () => {
  it('stops the household in the write that would have booked the money', () => {
    const full = after(granted, reserve(1, 28, day(0)));
    const outcome = decideSpend(full, reserve(2, 20, day(1)));
    expect(outcome).toMatchObject({
      kind: 'changed',
      state: { open: full.open },
      events: [{ type: 'spending.braked', data: { goods: euros(48 * 129), days: 14 } }],
    });
    const braking = after(full, reserve(2, 20, day(1)));
    expect(braking.stops).toMatchObject([{ kind: 'brake', stopId: 'household', at: day(1) }]);
    expect(decideSpend(braking, reserve(3, 1, day(2)))).toEqual({ kind: 'rejected', reason: 'not-covered: not-stopped' });
  });
  it('lets a lifted brake begin to count anew', () => {
    const braking = after(after(granted, reserve(1, 28, day(0))), reserve(2, 20, day(1)));
    const lifted = after(braking, { type: 'lift', stopId: 'household', memberId: anna, now: day(2) });
    expect(lifted).toMatchObject({ stops: [], brakeSince: day(2) });
    expect(after(lifted, reserve(3, 20, day(2.1))).open[orderOf(3)]?.amount).toEqual(euros(20 * 129 + 290));
  });
  it('counts neither what came to nothing nor what was not delivered', () => {
    const released = after(after(granted, reserve(1, 28, day(0))), { type: 'release', orderId: orderOf(1) });
    expect(released.automatic).toEqual({});
    const short = after(after(granted, reserve(1, 28, day(0))), { type: 'settle', orderId: orderOf(1), actual: euros(129) });
    expect(short.automatic[orderOf(1)]?.goods).toEqual(euros(129));
  });
  it('reads items of before, which knew no stops', () => {
    const { stops: _stops, automatic: _automatic, prices: _prices, ...old } = granted;
    expect(spendSchema.parse(old)).toEqual(granted);
  });
});

describe('a household that buys what it uses', () => {
  it('is never stopped, however it uses it and however the packs fall', () => {
    const uses = fc.array(fc.double({ min: 0, max: 1.5, noNaN: true }), { minLength: 30, maxLength: 120 });
    fc.assert(
      fc.property(uses, fc.integer({ min: 500, max: 4_000 }), fc.integer({ min: 1_000, max: 20_000 }), (daily, reorderAt, shelf) => {
        const forecast = { ...litreADay, orderUpTo: reorderAt + shelf };
        let [stock, spend, number] = [forecast.orderUpTo, granted, 0];
        daily.forEach((litres, index) => {
          stock = Math.max(0, stock - litres * 1_000);
          if (stock > reorderAt) return;
          number += 1;
          const now = day(index);
          const count = Math.ceil((forecast.orderUpTo - stock) / 1_000);
          spend = after(spend, { ...reserve(number, count, now), forecasts: [forecast] } as SpendCommand);
          stock += count * 1_000;
        });
        expect(spend.stops).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
  it('is stopped when three times as much comes as goes', () => {
    let spend = granted;
    for (let number = 0; number < 28; number += 1) spend = after(spend, reserve(number, 3, day(number)));
    expect(spend.stops).toMatchObject([{ kind: 'brake' }]);
  });
});
