import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digamma, lnGamma } from '../../../../shared/journey/churn/ln-gamma.ts';

const EULER = 0.577_215_664_901_532_9;

describe('ln Γ', () => {
  it.each([
    [1, 0],
    [2, 0],
    [0.5, Math.log(Math.PI) / 2],
    [1.5, Math.log(Math.PI) / 2 - Math.LN2],
    [11, Math.log(3_628_800)],
    [101, 363.739_375_555_563_49],
    // 1/x − γ for very small x.
    [1e-8, Math.log(1e8) - EULER * 1e-8],
    [1e6, 12_815_504.569_147_61],
  ])('of %d', (x, expected) => {
    expect(Math.abs(lnGamma(x) - expected)).toBeLessThan(2e-14 * Math.max(1, Math.abs(expected)));
  });

  it('is no number where Γ has none', () => {
    expect([lnGamma(0), lnGamma(-1.5), digamma(0)]).toEqual([NaN, NaN, NaN]);
  });

  it('grows by ln x from x to x + 1, and its derivative by 1/x', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e4, noNaN: true }), (x) => {
        expect(lnGamma(x + 1) - lnGamma(x)).toBeCloseTo(Math.log(x), 9);
        expect(digamma(x + 1) - digamma(x)).toBeCloseTo(1 / x, 9);
      }),
    );
  });

  it('has the derivative that is known', () => {
    expect(digamma(1)).toBeCloseTo(-EULER, 14);
    expect(digamma(0.5)).toBeCloseTo(-EULER - 2 * Math.LN2, 14);
    // H₉ − γ
    expect(digamma(10)).toBeCloseTo(7_129 / 2_520 - EULER, 14);
  });
});
