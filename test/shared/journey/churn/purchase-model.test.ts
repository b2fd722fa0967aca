import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lnGamma } from '../../../../shared/journey/churn/ln-gamma.ts';
import { kindOf, likelihood, probabilityAlive, type Kind, type Parameters } from '../../../../shared/journey/churn/purchase-model.ts';
import { groupHistories, inUnits, type History } from '../../../../shared/journey/churn/purchases.ts';
import { densityOfLast, densityOfTimes } from '../../../../shared/journey/churn/times.ts';

const bgnbd = kindOf('bgnbd', 1);
const kinds: readonly [string, Kind][] = [
  ['BG/NBD', bgnbd],
  ['MBG/NBD', kindOf('mbgnbd', 1)],
  ['MBG/CNBD-2', kindOf('cnbdk', 2)],
  ['MBG/CNBD-4', kindOf('cnbdk', 4)],
];
const parameters: Parameters = { r: 1.3, alpha: 4.4, a: 1.4, b: 2.4 };
const histories: readonly History[] = [
  { x: 0, tx: 0, T: 12 },
  { x: 1, tx: 3, T: 12 },
  { x: 4, tx: 10.5, T: 12 },
  { x: 6, tx: 4, T: 30 },
];

/** Simpson's rule over both of what a customer is: the rate of the process, and the probability of leaving. */
function integrated(of: (rate: number, leaves: number) => number): number {
  const steps = 240;
  const { r, alpha, a, b } = parameters;
  const lnPrior = (rate: number, leaves: number): number =>
    r * Math.log(alpha) +
    (r - 1) * Math.log(rate) -
    alpha * rate -
    lnGamma(r) +
    (a - 1) * Math.log(leaves) +
    (b - 1) * Math.log1p(-leaves) -
    lnGamma(a) -
    lnGamma(b) +
    lnGamma(a + b);
  let sum = 0;
  // rate = u² · 12 and leaves = v³ smooth the corners.
  for (let i = 1; i < steps; i += 1)
    for (let j = 1; j < steps; j += 1) {
      const [u, v] = [i / steps, j / steps];
      const [rate, leaves] = [12 * u * u, v ** 3];
      sum += (i % 2 === 0 ? 2 : 4) * (j % 2 === 0 ? 2 : 4) * of(rate, leaves) * Math.exp(lnPrior(rate, leaves)) * 24 * u * 3 * v * v;
    }
  return sum / (9 * steps * steps);
}

/** Of one customer who is known: the story told stage by stage. The times between purchases are left to `densityOfTimes`. */
function told(
  { k, mayLeaveAtOnce }: Kind,
  { x, tx, T }: History,
): { here: (rate: number, leaves: number) => number; gone: (rate: number, leaves: number) => number } {
  const stays = x + Number(mayLeaveAtOnce);
  const waits = (rate: number): number => {
    let [term, sum] = [1, 1];
    for (let j = 1; j < k; j += 1) sum += term *= (rate * (T - tx)) / j;
    return sum;
  };
  return {
    here: (rate, leaves) => rate ** (k * x) * Math.exp(-rate * T) * waits(rate) * (1 - leaves) ** stays,
    gone: (rate, leaves) => (stays === 0 ? 0 : rate ** (k * x) * Math.exp(-rate * tx) * leaves * (1 - leaves) ** (stays - 1)),
  };
}

describe.each(kinds)('%s', (_, kind) => {
  it.each(histories)('is as likely as summing up over all customers there could be: %o', (history) => {
    const { here, gone } = told(kind, history);
    const [alive, left] = [integrated(here), integrated(gone)];
    expect(likelihood(parameters, kind, [{ ...history, customers: 1 }]).value).toBeCloseTo(Math.log(alive + left), 4);
    expect(probabilityAlive(parameters, kind, history)).toBeCloseTo(alive / (alive + left), 5);
  });

  it('has the slope that its values have', () => {
    const groups = groupHistories(histories);
    const names = ['r', 'alpha', 'a', 'b'] as const;
    const { gradient } = likelihood(parameters, kind, groups);
    for (const [index, name] of names.entries()) {
      const at = (by: number): number => likelihood({ ...parameters, [name]: parameters[name] * Math.exp(by) }, kind, groups).value;
      expect(gradient[index]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 6);
    }
  });

  it('says the same in days as in weeks', () => {
    fc.assert(
      fc.property(fc.constantFrom(...histories), fc.double({ min: 0.1, max: 30, noNaN: true }), (history, factor) => {
        const scaled = { ...parameters, alpha: parameters.alpha * factor };
        expect(probabilityAlive(scaled, kind, inUnits(history, factor))).toBeCloseTo(probabilityAlive(parameters, kind, history), 10);
      }),
    );
  });

  it('believes less in a customer the longer they are silent, and sooner where purchases come evenly', () => {
    const silentFor = (T: number, of = kind): number => probabilityAlive(parameters, of, { x: 5, tx: 10, T });
    expect(silentFor(11)).toBeGreaterThan(silentFor(14));
    expect(silentFor(14)).toBeGreaterThan(silentFor(30));
  });
});

it('says of nobody with one purchase that they have left in BG/NBD, and mends that in MBG/NBD', () => {
  const once = { x: 0, tx: 0, T: 52 };
  expect(probabilityAlive(parameters, bgnbd, once)).toBe(1);
  expect(probabilityAlive(parameters, kindOf('mbgnbd', 1), once)).toBeLessThan(0.7);
});

it('gives what the walkthrough of the R package BTYD prints for its customer 1516', () => {
  const cdnow = { r: 0.2426, alpha: 4.4136, a: 0.7929, b: 2.4259 };
  expect(probabilityAlive(cdnow, bgnbd, { x: 26, tx: 30.86, T: 31 })).toBeCloseTo(0.9688, 3);
});

it('stays finite where parameters run to the edge', () => {
  const far = { r: 1e5, alpha: 1e5, a: 1e-6, b: 1e5 };
  for (const [, kind] of kinds)
    for (const history of histories) expect(Number.isFinite(likelihood(far, kind, [{ ...history, customers: 3 }]).value)).toBe(true);
});

describe('how purchases lie in between', () => {
  it('counts for the whole as for its parts: all places of the middle one together give the density of the last', () => {
    // Two purchases up to 5; the first anywhere before.
    const steps = 20_000;
    for (const k of [2, 3, 5]) {
      let sum = 0;
      for (let step = 0; step < steps; step += 1) {
        const first = (5 * (step + 0.5)) / steps;
        sum += (Math.exp(densityOfTimes([{ x: 2, tx: 5, T: 9, logGaps: Math.log(first) + Math.log(5 - first), customers: 1 }], k)) * 5) / steps;
      }
      expect(Math.log(sum)).toBeCloseTo(densityOfLast([{ x: 2, tx: 5, T: 9, customers: 1 }], k), 6);
    }
  });

  it('is the same however customers are grouped', () => {
    const two = [
      { x: 2, tx: 5, T: 9, logGaps: 1.2 },
      { x: 2, tx: 5, T: 9, logGaps: 0.4 },
    ];
    expect(groupHistories(two)).toEqual([{ x: 2, tx: 5, T: 9, logGaps: 0.8, customers: 2 }]);
    expect(densityOfTimes(groupHistories(two), 3)).toBeCloseTo(
      densityOfTimes(
        two.map((one) => ({ ...one, customers: 1 })),
        3,
      ),
      12,
    );
  });
});
