import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshly } from './browser-world.ts';
import { instantAt, isInstant, ProductClock } from '../../app/api/clock.ts';

const clockAfter = (...readings: readonly (readonly [wall: number, product: number])[]) => {
  const clock = new ProductClock();
  for (const [wall, product] of readings) clock.observe({ wall, product });
  return clock;
};

describe('the household’s clock', () => {
  it('is the wall’s until an answer has said more, and goes on from what it said', () => {
    expect(clockAfter().at(5_000)).toBe(5_000);
    expect(clockAfter([1_000, 90_000]).at(3_500)).toBe(92_500);
  });

  it('learns a pace that two spans agree about: a day in a minute, or a clock that stands', () => {
    expect(clockAfter([0, 0], [2_000, 1_000_000], [4_000, 2_000_000]).at(5_000)).toBe(2_500_000);
    expect(clockAfter([0, 7], [2_000, 7], [4_000, 7]).at(60_000)).toBe(7);
  });

  it('takes a jump for a jump: the time is right at once, and no day flies by in the next three seconds', () => {
    const clock = clockAfter([0, 0], [2_000, 2_000], [4_000, 4_000], [7_000, 86_407_000]);
    expect(clock.at(7_000)).toBe(86_407_000);
    expect(clock.at(10_000)).toBe(86_410_000);
  });

  it('never falls behind what was said, though answers overtake each other, nor runs ahead of it by more than has passed', () => {
    const times = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(times, (products) => {
        const clock = new ProductClock();
        for (const [wall, product] of products.entries()) {
          clock.observe({ wall, product });
          const said = Math.max(...products.slice(0, wall + 1));
          expect(clock.at(wall)).toBeGreaterThanOrEqual(said);
          expect(clock.at(wall)).toBeLessThanOrEqual(said + wall);
        }
      }),
    );
  });

  it('goes on from a copy while no answer has come, and by the answer from then on', async () => {
    const { now, observeNow, recallNow } = await freshly(() => import('../../app/api/clock.ts'));
    recallNow(instantAt(Date.parse('2031-05-06T07:08:00.000Z')), Date.now() - 60_000);
    expect(now().slice(0, 16)).toBe('2031-05-06T07:09');
    observeNow('2031-06-06T07:08:09.000Z');
    recallNow(instantAt(Date.parse('2031-05-06T07:08:00.000Z')), Date.now());
    expect(now().slice(0, 16)).toBe('2031-06-06T07:08');
  });

  it('speaks in instants', () => {
    expect(instantAt(0)).toBe('1970-01-01T00:00:00.000Z');
    expect([isInstant('2026-03-01T08:00:00.000Z'), isInstant('2026-03-01'), isInstant('2026-13-01T08:00:00.000Z')]).toEqual([true, false, false]);
  });
});
