import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEAST_ORDERS, reaches, rhythmSchema, tierStanding, tiers, withReceived, type Rhythm } from '../../../shared/household/tier.ts';
import { addDuration, duration, orderIdSchema } from '../../../shared/values.ts';
import { householdId, proposedAt as now } from '../order/order-examples.ts';

const idOf = (number: number) => orderIdSchema.parse(`ord_${String(number)}`);
const daysAgo = (days: number) => addDuration(now, duration(-days, 'days'));
/** So many orders, each some days before now. */
const came = (...days: number[]): Rhythm =>
  days.reduce<Rhythm>((rhythm, ago, index) => withReceived(rhythm, householdId, { orderId: idOf(index), at: daysAgo(ago) }, now) ?? rhythm, {
    householdId,
    received: [],
  });
const often = (orders: number) => came(...Array.from({ length: orders }, (_, index) => (index * 27) / Math.max(1, orders)));

describe('a household’s tier', () => {
  it('is silver at two orders a week, gold at four, platinum at more than four', () => {
    expect([7, 8, 15, 16, 17, 40].map((orders) => tierStanding(often(orders), now).tier)).toEqual([
      undefined,
      'silver',
      'silver',
      'gold',
      'platinum',
      'platinum',
    ]);
  });
  it('says why, and what the next one takes', () => {
    expect(tierStanding(often(6), now)).toEqual({ orders: 6, windowDays: 28, next: { tier: 'silver', missing: 2 } });
    expect(tierStanding(often(8), now)).toEqual({ tier: 'silver', orders: 8, windowDays: 28, next: { tier: 'gold', missing: 8 } });
    expect(tierStanding(often(20), now)).toEqual({ tier: 'platinum', orders: 20, windowDays: 28 });
    expect(tierStanding(undefined, now)).toEqual({ orders: 0, windowDays: 28, next: { tier: 'silver', missing: LEAST_ORDERS.silver } });
  });
  it('is lost when nothing came for four weeks', () => {
    const rhythm = often(8);
    expect(tierStanding(rhythm, addDuration(now, duration(28, 'days')))).toMatchObject({ orders: 0 });
    expect(withReceived(rhythm, householdId, { orderId: idOf(99), at: daysAgo(29) }, now)).toBeUndefined();
  });
  it('counts an order once, however often its delivery is told, and in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 27 }), { maxLength: 30 }), fc.array(fc.nat(), { minLength: 60, maxLength: 60 }), (days, chances) => {
        const orders = days.map((ago, index) => ({ orderId: idOf(index), at: daysAgo(ago) }));
        const told = [...orders, ...orders].map((one, index) => ({ one, at: chances[index] ?? 0 })).sort((a, b) => a.at - b.at);
        const rhythm = told.reduce<Rhythm | undefined>((sofar, { one }) => withReceived(sofar, householdId, one, now) ?? sofar, undefined);
        expect(tierStanding(rhythm, now).orders).toBe(days.length);
        expect(rhythm === undefined || rhythmSchema.safeParse(rhythm).success).toBe(true);
      }),
    );
  });
  it('opens what is open to it and to every lower one', () => {
    expect(tiers.map((least) => reaches('gold', least))).toEqual([true, true, false]);
    expect([reaches(undefined, undefined), reaches(undefined, 'silver')]).toEqual([true, false]);
  });
});
