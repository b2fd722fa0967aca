import { describe, expect, it } from 'vitest';
import { grantMandate, type Mandate } from '../../../shared/order/mandate/mandate.ts';
import { mandateViewSchema, monthAfter, viewMandate } from '../../../shared/order/mandate/mandate-standing.ts';
import { PREVIEW_ORDERS, previewMandate, type PastOrder } from '../../../shared/order/mandate/mandate-preview.ts';
import { emptySpend, type Spend } from '../../../shared/order/mandate/spend.ts';
import { suggestCaps } from '../../../shared/order/mandate/suggest-caps.ts';
import { addDuration, duration, euros, orderIdSchema } from '../../../shared/values.ts';
import { anna, grantOf, householdId, mandateId, mandateTerms, quote, soon, timeZone } from './order-examples.ts';

const outcome = grantMandate(grantOf());
if (outcome.kind !== 'changed') throw new Error(outcome.reason);
const mandate: Mandate = outcome.state;
const owner = { role: 'owner' } as const;
const spend: Spend = {
  ...emptySpend(householdId),
  mandates: { [mandateId]: mandate },
  settled: { [mandateId]: { '2026-02': euros(900), '2026-03': euros(1_000) } },
  open: { [orderIdSchema.parse('ord_open')]: { mandateId, amount: euros(766), month: '2026-03', reservedAt: soon } },
  recentApprovals: { [mandateId]: [soon, addDuration(soon, duration(-8, 'days'))] },
};
const view = (changes: Partial<Mandate> = {}, now = soon, reader: { role: 'owner' | 'guest' } = owner) =>
  mandateViewSchema.parse(viewMandate({ ...mandate, ...changes }, spend, reader, { now, timeZone }));

describe('a mandate as it is shown', () => {
  it('says what is charged, what is on its way, what is left and until when', () => {
    expect(view()).toMatchObject({
      month: '2026-03',
      spent: euros(1_000),
      reserved: euros(766),
      left: euros(4_234),
      ordersThisWeek: 1,
      resetsOn: '2026-04-01',
    });
  });
  it('never has less than nothing left', () => {
    expect(view({ perMonthMax: euros(1_500) }).left).toEqual(euros(0));
  });
  it.each([
    ['active', {}, soon],
    ['paused', { state: 'paused' }, soon],
    ['ended', { state: 'ended' }, soon],
    ['over', {}, mandateTerms.endsAt],
    ['over', { state: 'paused' }, mandateTerms.endsAt],
    ['waiting', { validFrom: addDuration(soon, duration(1, 'days')) }, soon],
  ] as const)('is %s', (standing, changes, now) => {
    expect(view(changes, now).standing).toBe(standing);
  });
  it('says what may be done, and why not', () => {
    const told = (changes: Partial<Mandate>, role: 'owner' | 'guest' = 'owner') =>
      view(changes, soon, { role }).actions.map(({ action, allowed, reason }) => [action, allowed, reason]);
    expect(told({})).toEqual([
      ['pause', true, undefined],
      ['resume', false, 'already-active'],
      ['end', true, undefined],
    ]);
    expect(told({ state: 'paused' })).toEqual([
      ['pause', false, 'already-paused'],
      ['resume', true, undefined],
      ['end', true, undefined],
    ]);
    expect(told({ state: 'ended' }).map(([, allowed, reason]) => [allowed, reason])).toEqual(Array.from({ length: 3 }, () => [false, 'already-ended']));
    expect(told({}, 'guest')[2]).toEqual(['end', false, 'guest']);
  });
  it('counts months on over the year', () => {
    expect(['2026-01', '2026-11', '2026-12'].map(monthAfter)).toEqual(['2026-02', '2026-12', '2027-01']);
  });
});

describe('what a mandate would have done', () => {
  const at = { householdId, memberId: anna, now: addDuration(soon, duration(90, 'days')), timeZone };
  const order = (number: number, changes: Partial<PastOrder> = {}): PastOrder => {
    const proposedAt = addDuration(soon, duration(number * 3, 'days'));
    const validUntil = addDuration(proposedAt, duration(1, 'days'));
    return { orderId: orderIdSchema.parse(`ord_${String(number)}`), quote: { ...quote, validUntil }, proposedAt, declined: false, ...changes };
  };
  it('is told of the last eight orders, the newest first', () => {
    const past = Array.from({ length: 10 }, (_, number) => order(number));
    const told = previewMandate({ ...mandateTerms, perMonthMax: euros(100_000) }, past, at);
    expect(told.map(({ orderId }) => orderId)).toEqual(
      past
        .map(({ orderId }) => orderId)
        .reverse()
        .slice(0, PREVIEW_ORDERS),
    );
    expect(told.every(({ covered }) => covered)).toBe(true);
  });
  it('counts what it would have bought before, also beyond those that are shown', () => {
    // Eight orders of 7.66 € in March; 25.00 € let three through, whichever order they are given in.
    const past = Array.from({ length: 9 }, (_, number) => order(number));
    const told = previewMandate({ ...mandateTerms, perMonthMax: euros(2_500) }, past.reverse(), at);
    expect(told.map(({ covered }) => covered).reverse()).toEqual([true, true, false, false, false, false, false, false]);
    expect(told[0]?.rulesFailed.map(({ rule }) => rule)).toEqual(['per-month-cap']);
  });
  it('says which of them somebody had declined', () => {
    const [told] = previewMandate(mandateTerms, [order(1, { declined: true })], at);
    expect(told).toMatchObject({ covered: true, declined: true });
  });
  it('is nothing for a house without orders', () => {
    expect(previewMandate(mandateTerms, [], at)).toEqual([]);
  });
});

describe('caps to begin with', () => {
  it('have room for one full shelf of everything, for a month of use and its deliveries', () => {
    // 1.25 × 20 € + 5 € = 30 €; 1.25 × 60 € + 4 × 5 € = 95 €.
    const costs = [
      { perMonthMinor: 4_000, fillingMinor: 1_500 },
      { perMonthMinor: 2_000, fillingMinor: 500 },
    ];
    expect(suggestCaps(costs)).toEqual({ perOrderMinor: 3_000, perMonthMinor: 9_500 });
  });
  it('let a month hold one order, also of oil', () => {
    expect(suggestCaps([{ perMonthMinor: 9_000, fillingMinor: 200_000 }])).toEqual({ perOrderMinor: 250_500, perMonthMinor: 250_500 });
  });
});
