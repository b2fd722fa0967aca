import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../../infra/local/backtest/random.ts';
import { lnGamma } from '../../../../shared/journey/churn/ln-gamma.ts';
import { expectedSpend, fitSpend, spendLikelihood, spendMovesWithFrequency, type Spent } from '../../../../shared/journey/churn/spend.ts';
import { gammaFrom } from './lives.ts';

const truth = { p: 6.25, q: 3.74, gamma: 15.44 };
function customersFrom(seed: string, many: number): Spent[] {
  const random = randomFrom(seed);
  return Array.from({ length: many }, () => {
    const x = 1 + Math.floor(random() * 6);
    const scale = gammaFrom(random, truth.q) / truth.gamma;
    return { x, mean: gammaFrom(random, truth.p * x) / (scale * x) };
  });
}

describe('what a purchase is worth', () => {
  it('is as likely as summing up over all that a customer could be', () => {
    const { p, q, gamma } = truth;
    for (const { x, mean } of [
      { x: 1, mean: 20 },
      { x: 4, mean: 55.5 },
    ]) {
      let sum = 0;
      const [steps, most] = [20_000, 3];
      for (let step = 1; step < steps; step += 1) {
        const scale = (most * step) / steps;
        const shape = p * x;
        const lnOf = shape * Math.log(scale * x) + (shape - 1) * Math.log(mean) - scale * x * mean - lnGamma(shape);
        sum += (Math.exp(lnOf + q * Math.log(gamma) + (q - 1) * Math.log(scale) - gamma * scale - lnGamma(q)) * most) / steps;
      }
      expect(spendLikelihood(truth, [{ x, mean }]).value).toBeCloseTo(Math.log(sum), 6);
    }
  });

  it('has the slope that its values have', () => {
    const customers = customersFrom('slope', 20);
    const { gradient } = spendLikelihood(truth, customers);
    for (const [index, name] of (['p', 'q', 'gamma'] as const).entries()) {
      const at = (by: number): number => spendLikelihood({ ...truth, [name]: truth[name] * Math.exp(by) }, customers).value;
      expect(gradient[index]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 5);
    }
  });

  it('is found again', () => {
    const fit = fitSpend(customersFrom('found', 3_000));
    expect(fit?.isFound).toBe(true);
    for (const name of ['p', 'q', 'gamma'] as const) expect(Math.abs(Math.log((fit?.parameters[name] ?? 0) / truth[name]))).toBeLessThan(0.2);
  });

  it('says the same in cents as in euros', () => {
    const customers = customersFrom('cents', 300);
    const [euros, cents] = [fitSpend(customers), fitSpend(customers.map(({ x, mean }) => ({ x, mean: mean * 100 })))];
    expect((cents?.parameters.gamma ?? 0) / (euros?.parameters.gamma ?? 1)).toBeCloseTo(100, 4);
    expect(cents?.parameters.p).toBeCloseTo(euros?.parameters.p ?? 0, 5);
  });

  it('lies between what a customer has spent and what all do, the nearer to the customer the more is known', () => {
    const all = expectedSpend(truth, { x: 0, mean: 0 });
    expect(all).toBeCloseTo((6.25 * 15.44) / 2.74, 10);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.double({ min: 1, max: 500, noNaN: true }), (x, mean) => {
        const [little, more] = [expectedSpend(truth, { x, mean }), expectedSpend(truth, { x: x + 1, mean })];
        expect(Math.abs(more - mean)).toBeLessThanOrEqual(Math.abs(little - mean) + 1e-9);
        expect(Math.abs(little - mean)).toBeLessThanOrEqual(Math.abs(all - mean) + 1e-9);
      }),
    );
    expect(expectedSpend({ p: 2, q: 0.5, gamma: 1 }, { x: 0, mean: 0 })).toBe(Infinity);
  });

  it('is not known from one customer, and says where it goes together with how often', () => {
    expect(fitSpend([{ x: 1, mean: 5 }])).toBeUndefined();
    expect(
      spendMovesWithFrequency([
        { x: 1, mean: 10 },
        { x: 2, mean: 20 },
        { x: 3, mean: 30 },
      ]),
    ).toBeCloseTo(1, 12);
    expect(
      spendMovesWithFrequency([
        { x: 1, mean: 10 },
        { x: 1, mean: 20 },
      ]),
    ).toBeUndefined();
  });
});
