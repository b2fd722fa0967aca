import { describe, expect, test } from 'vitest';
import { followOrder } from '../../../shared/supply/follow-order.ts';
import { observe } from '../../../shared/supply/observe.ts';
import { review } from '../../../shared/supply/review.ts';
import { reorderPointOf, stockAt } from '../../../shared/supply/stock.ts';
import type { Supply } from '../../../shared/supply/supply.ts';
import { daysBetween, type Instant } from '../../../shared/values.ts';
import { after, cellarMilk, changed, milk, order, reading } from './milk.ts';

const dueOf = ({ dueAt }: Supply): Instant => {
  if (dueAt === undefined) throw new Error('nothing is due');
  return dueAt;
};
/** Lets time pass until the supply speaks, as `run-due` does. */
function untilTold(supply: Supply): { state: Supply; at: Instant; reviews: number } {
  let state = supply;
  for (let reviews = 1; reviews < 50; reviews += 1) {
    const at = dueOf(state);
    const reviewed = changed(review(state, at));
    if (reviewed.events.length > 0) return { state: reviewed.state, at, reviews };
    ({ state } = reviewed);
  }
  throw new Error('it never spoke');
}

test('ignores what is not due', () => {
  expect(review(milk(), after(0))).toEqual({ kind: 'ignored', reason: 'not-due' });
});

test('confirms a crossing two hours after it, once', () => {
  const crossed = observe(milk(), [reading(1, 0, 1)], after(0)).supply;
  expect(crossed.dueAt).toBe(after(2));
  const told = changed(review(crossed, after(2)));
  expect(told.events).toMatchObject([{ type: 'supply.low', data: { confirmedBy: 'due', round: 1, inventoryPosition: 1_000 } }]);
  expect(review(told.state, after(2))).toEqual({ kind: 'ignored', reason: 'not-due' });
});

test('a need that no order takes up is told again after two days, in the next round', () => {
  const told = changed(review(observe(milk(), [reading(1, 0, 1)], after(0)).supply, after(2))).state;
  expect(told.dueAt).toBe(after(50));
  const again = changed(review(told, after(50)));
  expect(again.events).toMatchObject([{ data: { cycle: 1, round: 2, confirmedBy: 'review' } }]);
  const proposed = changed(followOrder(told, order(told, 1, 'proposed'), after(5))).state;
  expect(proposed.dueAt).toBeUndefined();
});

describe('without a sensor', () => {
  test('the model says when it is low', () => {
    const { at, state, reviews } = untilTold(cellarMilk());
    // 4 l down to some 2 l at 750 ml a day.
    expect(daysBetween(after(0), at)).toBeGreaterThan(2.4);
    expect(daysBetween(after(0), at)).toBeLessThan(3);
    expect(stockAt(state, at).position).toBeLessThanOrEqual(reorderPointOf(state, at));
    expect(reviews).toBeLessThanOrEqual(5);
  });
  test('a delivery starts a new cycle, and what ran out before it came is not taken from it', () => {
    const told = untilTold(cellarMilk()).state;
    const ordered = changed(followOrder(told, order(told, 3, 'on-order', { outstanding: 4_000 }), after(90))).state;
    const received = changed(followOrder(ordered, order(told, 5, 'received', { received: 4_000, receivedAt: after(20 * 24) }), after(20 * 24))).state;
    expect(stockAt(received, after(20 * 24))).toMatchObject({ position: 4_000, onOrder: 0 });
    expect(stockAt(received, after(22 * 24)).position).toBeCloseTo(2_500, 0);
    expect(daysBetween(after(20 * 24), untilTold(received).at)).toBeGreaterThan(2.5);
  });
  test('a supply that begins low is told within an hour', () => {
    const supply = cellarMilk({ onHand: 0 });
    expect(dueOf(supply)).toBe(after(1));
    expect(changed(review(supply, after(1))).events).toMatchObject([{ data: { confirmedBy: 'review' } }]);
  });
});

describe('with a silent device', () => {
  const heard = observe(milk(), [reading(1, 0, 3)], after(0)).supply;

  test('the model takes over after 25 h', () => {
    expect(heard.dueAt).toBe(after(25));
    expect(stockAt(heard, after(24.9)).modelled).toBe(false);
    expect(stockAt(heard, after(25))).toMatchObject({ modelled: true });
    expect(stockAt(heard, after(48)).onHand).toBeCloseTo(1_500, -1);
    const { at, state } = untilTold(heard);
    expect(daysBetween(after(0), at)).toBeLessThan(2.2);
    expect(state.onHand).toBe(3_000);
  });
  test('goods that come meanwhile are not used up by the past', () => {
    const told = untilTold(heard).state;
    const received = changed(followOrder(told, order(told, 5, 'received', { received: 4_000 }), after(20 * 24))).state;
    expect(stockAt(received, after(20 * 24)).position).toBe(4_000);
  });
  test('the truth counts again as soon as it speaks', () => {
    const told = untilTold(heard).state;
    const back = observe(told, [reading(2, 60, 2.9)], after(60)).supply;
    expect(stockAt(back, after(60))).toMatchObject({ modelled: false, onHand: 2_900 });
    expect(back.cycle).toBe(2);
    expect(back.need).toBeUndefined();
  });
  test('that has never spoken is waited for a day', () => {
    expect(dueOf(milk({ onHand: 0 }))).toBe(after(25));
    expect(changed(review(milk({ onHand: 0 }), after(25))).events).toHaveLength(1);
  });
});
