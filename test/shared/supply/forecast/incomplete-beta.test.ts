import negativeBinomialCdf from '@stdlib/stats-base-dists-negative-binomial-cdf';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logGamma, regularisedIncompleteBeta } from '../../../../shared/supply/forecast/incomplete-beta.ts';

test('agrees with the library’s negative binomial', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 400 }),
      fc.double({ min: 0.01, max: 500, noNaN: true }),
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      (uses, shape, p) => {
        // P(N ≤ n) = I_p(r, n + 1)
        expect(regularisedIncompleteBeta(p, shape, uses + 1)).toBeCloseTo(negativeBinomialCdf(uses, shape, p), 10);
      },
    ),
    { numRuns: 300 },
  );
});

test.each([
  // The first two by hand, the rest from tables of the t distribution: P(|T₁₀| < 2.228139) = 0.95 is 1 − I(5, 0.5) at 10 / (10 + t²).
  { x: 0.3, a: 1, b: 1, expected: 0.3 },
  { x: 0.5, a: 2, b: 3, expected: 0.6875 },
  { x: 10 / (10 + 2.2281388519649385 ** 2), a: 5, b: 0.5, expected: 0.05 },
  { x: 0, a: 2, b: 3, expected: 0 },
  { x: 1, a: 2, b: 3, expected: 1 },
])('I at $x of ($a, $b) is $expected', ({ x, a, b, expected }) => {
  expect(regularisedIncompleteBeta(x, a, b)).toBeCloseTo(expected, 11);
});

test('is the mirror of its complement between whole numbers too', () => {
  const positive = fc.double({ min: 0.01, max: 300, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 20 - 1 }), positive, positive, (step, a, b) => {
      // A whole number of 2⁻²⁰, so that 1 − x is exact.
      const x = step / 2 ** 20;
      expect(regularisedIncompleteBeta(x, a, b) + regularisedIncompleteBeta(1 - x, b, a)).toBeCloseTo(1, 9);
    }),
  );
});

test('the gamma function of whole and half numbers', () => {
  expect(logGamma(6)).toBeCloseTo(Math.log(120), 12);
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
  expect(logGamma(0.1)).toBeCloseTo(2.252712651734206, 12);
});
