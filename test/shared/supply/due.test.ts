/** When a supply is looked at again: never too late, and not told anew with every reading. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withDueAt } from '../../../shared/supply/due.ts';
import { observe } from '../../../shared/supply/observe.ts';
import { review } from '../../../shared/supply/review.ts';
import { SILENT_AFTER, stockAt } from '../../../shared/supply/stock.ts';
import type { Supply } from '../../../shared/supply/supply.ts';
import { addDuration, duration, millisOf, type Instant } from '../../../shared/values.ts';
import { House, steps } from './house.ts';
import { after, changed, milk, reading } from './milk.ts';

const seed = 30;
const lives = fc.array(fc.tuple(fc.constantFrom(...Object.keys(steps)), fc.integer({ min: 1, max: 6 })), { minLength: 1, maxLength: 60 });

/** As if nothing had been set before. */
function worked({ dueAt: _dueAt, ...supply }: Supply, now: Instant): Instant | undefined {
  return withDueAt(supply, now).dueAt;
}

/** Read from a full fridge, a glass less each time. */
const readFrom = (supply: Supply, seq: number, hours: number): Supply =>
  observe(supply, [reading(seq, hours, 5 - seq / 5, { usage: seq / 5 })], after(hours)).supply;

describe('the moment at which a supply is looked at', () => {
  test(`is never later than what its state asks for, and at most ten hours earlier, seed ${seed}`, () => {
    let stood = 0;
    fc.assert(
      fc.property(lives, (life) => {
        const house = new House();
        for (const [name, amount] of life) {
          const before = house.supply;
          house.hours += 0.25;
          steps[name]?.(house, amount);
          house.reviewUntilQuiet();
          if (house.supply === before) continue;
          const right = worked(house.supply, house.now);
          expect(house.supply.dueAt === undefined).toBe(right === undefined);
          if (house.supply.dueAt === undefined || right === undefined) continue;
          const early = millisOf(right) - millisOf(house.supply.dueAt);
          expect(early).toBeGreaterThanOrEqual(0);
          expect(early).toBeLessThanOrEqual(10 * 3_600_000);
          if (early > 0) stood += 1;
        }
      }),
      { numRuns: 120, seed },
    );
    expect(stood).toBeGreaterThan(50);
  });

  test('stands while a device goes on speaking, for ten hours', () => {
    let supply = readFrom(milk({ settings: { ...milk().settings, capacity: 20_000 } }), 1, 0);
    const dueAfter = [4, 8, 12, 16, 20, 24].map((hours, index) => (supply = readFrom(supply, index + 2, hours)).dueAt);
    expect(dueAfter).toEqual([25, 25, 37, 37, 37, 49].map(after));
  });

  test('a device that falls silent is noticed at the same moment, looked at before or not', () => {
    const spoken = readFrom(readFrom(milk(), 1, 0), 2, 7);
    expect(spoken.dueAt).toBe(after(25));
    const looked = changed(review(spoken, after(25)));
    expect([looked.events, looked.state.dueAt, stockAt(looked.state, after(25)).modelled]).toEqual([[], addDuration(after(7), SILENT_AFTER), false]);
    const silent = changed(review(looked.state, after(32))).state;
    expect(stockAt(silent, after(32)).modelled).toBe(true);
    expect(looked.state).toEqual({ ...spoken, dueAt: after(32) });
  });

  test('comes earlier as soon as the stock asks for it', () => {
    const spoken = readFrom(milk(), 1, 0);
    const low = observe(spoken, [reading(2, 6, 0.4, { usage: 4.6 })], after(6)).supply;
    expect([low.lowSince, low.dueAt]).toEqual([after(6), addDuration(after(6), duration(2, 'hours'))]);
  });
});
