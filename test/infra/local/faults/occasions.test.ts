import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diceOf, Occasions } from '../../../../infra/local/faults/occasions.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const startsAt = Date.UTC(2026, 2, 2);
const open = (seed: number, openedAt = startsAt) => new Occasions({ name: 'test', dice: diceOf(seed), startsAt, everyMillis: DAY, openedAt });
/** When they come to somebody who looks every hour. */
const timesOf = (occasions: Occasions, days: number, from = startsAt): number[] =>
  Array.from({ length: days * 24 }, (_, hour) => from + hour * HOUR).filter((now) => occasions.take(now) !== undefined);

describe('occasions', () => {
  it('come as often as they should, whoever looks and how often', () => {
    for (const seed of [1, 2, 3]) {
      const times = timesOf(open(seed), 60);
      expect(times.length, `seed ${seed}`).toBeGreaterThan(50);
      expect(times.length, `seed ${seed}`).toBeLessThan(70);
    }
  });

  it('follow from the seed alone', () => {
    expect(timesOf(open(1), 30)).toEqual(timesOf(open(1), 30));
    expect(timesOf(open(1), 30)).not.toEqual(timesOf(open(2), 30));
  });

  it('are one when nobody has looked for long', () => {
    const occasions = open(1);
    expect(occasions.take(startsAt + 30 * DAY)).toBeDefined();
    expect(occasions.take(startsAt + 30 * DAY)).toBeUndefined();
  });

  it('go on where they were after a restart at any moment: nothing comes twice and nothing is left out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 29 * 24 }), (seed, hours) => {
        const restartedAt = startsAt + hours * HOUR;
        const before = timesOf(open(seed), 30).filter((at) => at < restartedAt);
        const after = timesOf(open(seed, restartedAt), 30, restartedAt).filter((at) => at < startsAt + 30 * DAY);
        const together = [...before, ...after];
        const whole = timesOf(open(seed), 30);
        // One that came within the hour before the restart was not looked for yet, and is over.
        expect(whole.filter((at) => !together.includes(at)).length).toBeLessThanOrEqual(1);
        expect(together.filter((at) => !whole.includes(at))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
