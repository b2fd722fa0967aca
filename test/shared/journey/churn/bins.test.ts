import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { binsIn, binsOf } from '../../../../shared/journey/churn/bins.ts';
import { fitPurchases } from '../../../../shared/journey/churn/fit-purchases.ts';
import { kindOf } from '../../../../shared/journey/churn/purchase-model.ts';
import { likelihoodOfShares } from '../../../../shared/journey/churn/regularity.ts';
import { mergeCounters } from '../../../../shared/journey/tally/batch.ts';
import { on } from '../life.ts';
import { livesFrom } from './lives.ts';

const about = { lastAt: on(0), meanMinor: 2_500 };

it('costs the parameters little that times are kept in bins', () => {
  const lives = livesFrom('binned', { r: 2, alpha: 3, a: 0.9, b: 8 }, kindOf('mbgnbd', 1), { many: 3_000, T: (one) => 4 + (one % 30) * 3 });
  const bins = binsIn(mergeCounters(lives.map(({ x, tx, T }) => binsOf({ ...about, x, tx, T }))));
  expect(bins.histories.length).toBeLessThan(2_000);
  const [exact, binned] = [fitPurchases(lives, 'mbgnbd').parameters, fitPurchases(bins.histories, 'mbgnbd').parameters];
  expect(Math.abs(Math.log((binned.r / binned.alpha) * (exact.alpha / exact.r)))).toBeLessThan(0.05);
  expect(Math.abs(Math.log((binned.a / (binned.a + binned.b)) * ((exact.a + exact.b) / exact.a)))).toBeLessThan(0.15);
});

it('keeps every household near to what it was', () => {
  const weeks = fc.double({ min: 0, max: 110, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300 }), weeks, weeks, fc.integer({ min: 1, max: 100_000 }), (x, first, second, meanMinor) => {
      const T = Math.max(1, first, second);
      const tx = x === 0 ? 0 : Math.min(T, first, second);
      const { histories, spent } = binsIn(binsOf({ ...about, x, tx, T, meanMinor }));
      const [one] = histories;
      expect(one?.customers).toBe(1);
      expect(Math.abs(Math.log((one?.T ?? 0) / T))).toBeLessThan(0.132);
      expect(Math.abs((one?.x ?? 0) - x)).toBeLessThanOrEqual(x <= 8 ? 0 : 0.17 * x);
      expect(one?.tx ?? -1).toBeLessThanOrEqual(one?.T ?? 0);
      expect(spent).toHaveLength(x === 0 ? 0 : 1);
    }),
  );
});

it('finds how even the last purchases came, whatever the pace of each', () => {
  const lives = livesFrom('even', { r: 3, alpha: 2, a: 0.5, b: 9 }, kindOf('cnbdk', 4), { many: 1_500, T: () => 40 });
  const counted = lives.flatMap(({ moments, x, tx, T }) => {
    const [a, b, c] = moments.slice(-3);
    return a === undefined || b === undefined || c === undefined ? [] : [binsOf({ ...about, x, tx, T, lastShare: (c - b) / (c - a) })];
  });
  const { even } = binsIn(mergeCounters(counted));
  expect(even.households).toBe(counted.length);
  const likeliest = Array.from({ length: 12 }, (_, index) => index + 1).sort((a, b) => likelihoodOfShares(even, b) - likelihoodOfShares(even, a));
  expect(likeliest[0]).toBe(4);
});
