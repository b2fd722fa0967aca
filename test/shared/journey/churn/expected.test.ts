import { describe, expect, it } from 'vitest';
import { approximatedPurchases } from '../../../../shared/journey/churn/approximated.ts';
import { expectedIfAlive, expectedOfNew, expectedPurchases } from '../../../../shared/journey/churn/expected.ts';
import { kindOf, type Parameters } from '../../../../shared/journey/churn/purchase-model.ts';
import { livesFrom } from './lives.ts';

const parameters: Parameters = { r: 0.85, alpha: 4.45, a: 0.79, b: 2.42 };
const bgnbd = kindOf('bgnbd', 1);
const mbgnbd = kindOf('mbgnbd', 1);

/** Gauss's hypergeometric function by its series, |z| < 1. */
function hypergeometric(a: number, b: number, c: number, z: number): number {
  let [term, sum] = [1, 1];
  for (let n = 0; Math.abs(term) > 1e-17 * sum; n += 1) sum += term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z;
  return sum;
}
/** Batislam et al. (2007) and, with one less, Fader, Hardie and Lee (2005), equation 10. */
function closedForm({ r, alpha, a, b }: Parameters, stayed: number, { x, T }: { x: number; T: number }, t: number): number {
  const z = t / (alpha + T + t);
  const rest = ((alpha + T) / (alpha + T + t)) ** (r + x) * hypergeometric(r + x, b + stayed, a + b + stayed - 1, z);
  return ((a + b + stayed - 1) / (a - 1)) * (1 - rest);
}

describe('purchases to be expected', () => {
  it.each([
    { x: 0, tx: 0, T: 30 },
    { x: 3, tx: 20, T: 30 },
    { x: 26, tx: 30.86, T: 31 },
  ])('are the closed forms where there are any: %o', (history) => {
    for (const t of [0.5, 10, 52, 500]) {
      expect(expectedIfAlive(parameters, bgnbd, history, t)).toBeCloseTo(closedForm(parameters, history.x, history, t), 8);
      expect(expectedIfAlive(parameters, mbgnbd, history, t)).toBeCloseTo(closedForm(parameters, history.x + 1, history, t), 8);
    }
  });

  it('are what the walkthrough of the R package BTYD prints for its customer 1516, and for a new one', () => {
    const cdnow = { r: 0.2426, alpha: 4.4136, a: 0.7929, b: 2.4259 };
    expect(expectedPurchases(cdnow, bgnbd, { x: 26, tx: 30.86, T: 31 }, 52)).toBeCloseTo(25.76, 1);
    expect(expectedOfNew(cdnow, bgnbd, 52)).toBeCloseTo(1.444, 2);
  });

  it('pass through a = 1, where the closed form has a hole', () => {
    const history = { x: 3, tx: 20, T: 30 };
    const at = (a: number): number => expectedIfAlive({ ...parameters, a }, mbgnbd, history, 20);
    expect(at(1)).toBeCloseTo((at(0.999) + at(1.001)) / 2, 5);
  });

  it('are none within no time, and more within more', () => {
    const history = { x: 3, tx: 20, T: 30 };
    const kind = kindOf('cnbdk', 3);
    expect(expectedPurchases(parameters, kind, history, 0)).toBe(0);
    expect(expectedPurchases(parameters, kind, history, 20)).toBeGreaterThan(expectedPurchases(parameters, kind, history, 10));
  });

  it.each([1, 2, 4])('are on average what customers bought who were drawn from the model with k = %i, and what a new one is expected to buy later', (k) => {
    const kind = kindOf('cnbdk', k);
    const drawn = { ...parameters, alpha: parameters.alpha / k };
    const lives = livesFrom(`a-${k}`, drawn, kind, { many: 6_000, T: () => 20, ahead: 20 });
    const foretold = lives.map((life) => ({ expected: expectedPurchases(drawn, kind, life, 20), later: life.later }));
    // By how many standard errors what happened is off.
    const offBy = (some: typeof foretold): number => {
      const [sum, squares] = some.reduce(([s, q], { expected, later }) => [s + later - expected, q + (later - expected) ** 2], [0, 0]);
      return Math.abs(sum) / Math.sqrt(squares);
    };
    expect(offBy(foretold)).toBeLessThan(3);
    // Those who are expected to buy most, those who have fallen silent, and those with one purchase.
    expect(offBy([...foretold].sort((one, other) => other.expected - one.expected).slice(0, 600))).toBeLessThan(3);
    expect(offBy(foretold.filter((_, one) => (lives[one]?.tx ?? 0) < 15))).toBeLessThan(3);
    expect(offBy(foretold.filter((_, one) => lives[one]?.x === 0))).toBeLessThan(3);
    const ofNew = expectedOfNew(drawn, kind, 40) - expectedOfNew(drawn, kind, 20);
    expect(offBy(foretold.map(({ later }) => ({ expected: ofNew, later })))).toBeLessThan(3);
  });
});

it('are approximated close by, and together exactly as many as the model expects', () => {
  const kind = kindOf('cnbdk', 3);
  const drawn = { ...parameters, alpha: parameters.alpha / 3 };
  const lives = livesFrom('approximated', drawn, kind, { many: 400, T: () => 20 });
  const approximated = approximatedPurchases(drawn, kind, lives, 10);
  const together = 400 * (expectedOfNew(drawn, kind, 30) - expectedOfNew(drawn, kind, 20));
  expect(approximated.reduce((sum, each) => sum + each, 0)).toBeCloseTo(together, 6);
  expect(approximatedPurchases(drawn, kindOf('mbgnbd', 1), lives.slice(0, 1), 10)).toEqual([
    expectedPurchases(drawn, mbgnbd, lives[0] ?? { x: 0, tx: 0, T: 0 }, 10),
  ]);
});
