import { describe, expect, it } from 'vitest';
import { fitAll, fitPurchases, fitRegularity } from '../../../../shared/journey/churn/fit-purchases.ts';
import { kindOf, likelihood, type ModelName, type Parameters } from '../../../../shared/journey/churn/purchase-model.ts';
import { groupHistories, inUnits, type History } from '../../../../shared/journey/churn/purchases.ts';
import { regularityOf } from '../../../../shared/journey/churn/regularity.ts';
import { livesFrom } from './lives.ts';

const near = (found: number, expected: number): number => Math.abs(Math.log(found / expected));
const T = (one: number): number => 12 + (one % 8) * 12;
const truth: Parameters = { r: 0.9, alpha: 1.5, a: 0.8, b: 2.4 };
const regular = livesFrom('regular', truth, kindOf('cnbdk', 3), { many: 1_500, T });
const withoutGaps = (lives: readonly History[]): History[] => lives.map(({ x, tx, T: age }) => ({ x, tx, T: age }));

describe('a fit', () => {
  it.each<[ModelName, Parameters]>([
    ['bgnbd', { r: 0.6, alpha: 3, a: 0.8, b: 2.5 }],
    ['mbgnbd', { r: 1.2, alpha: 5, a: 0.7, b: 2 }],
  ])('finds again what customers of %s were drawn from', (model, drawn) => {
    const lives = livesFrom(`drawn-${model}`, drawn, kindOf(model, 1), { many: 2_500, T });
    const { parameters, isFound, logLikelihood } = fitPurchases(lives, model);
    expect(isFound).toBe(true);
    for (const name of ['r', 'alpha', 'a', 'b'] as const) expect(near(parameters[name], drawn[name])).toBeLessThan(0.3);
    expect(logLikelihood).toBeGreaterThan(likelihood(drawn, kindOf(model, 1), groupHistories(lives)).value);
    // Nothing beside it is likelier.
    const { gradient } = likelihood(parameters, kindOf(model, 1), groupHistories(lives));
    for (const slope of gradient) expect(Math.abs(slope)).toBeLessThan(1e-4);
  });

  it('finds how evenly customers buy, from the times between purchases', () => {
    const { k, parameters, model } = fitAll(regular)[0] ?? fitRegularity(regular);
    expect([model, k]).toEqual(['cnbdk', 3]);
    for (const name of ['r', 'alpha', 'a', 'b'] as const) expect(near(parameters[name], truth[name])).toBeLessThan(0.3);
  });

  it('finds it about, from nothing but the first and the last purchase', () => {
    const { k } = fitRegularity(withoutGaps(regular));
    expect(k).toBeGreaterThanOrEqual(2);
    expect(k).toBeLessThanOrEqual(5);
  });

  it('has the same parameters for a given k with the times between purchases and without', () => {
    const [known, unknown] = [fitPurchases(regular, 'cnbdk', 3), fitPurchases(withoutGaps(regular), 'cnbdk', 3)];
    for (const name of ['r', 'alpha', 'a', 'b'] as const) expect(near(known.parameters[name], unknown.parameters[name])).toBeLessThan(1e-6);
  });

  it('says the same in days as in weeks', () => {
    const [weeks, days] = [
      fitPurchases(regular, 'mbgnbd'),
      fitPurchases(
        regular.map((life) => inUnits(life, 7)),
        'mbgnbd',
      ),
    ];
    expect(near(days.parameters.alpha, 7 * weeks.parameters.alpha)).toBeLessThan(1e-7);
    for (const name of ['r', 'a', 'b'] as const) expect(near(days.parameters[name], weeks.parameters[name])).toBeLessThan(1e-7);
    const purchases = regular.reduce((sum, { x }) => sum + x, 0);
    expect(days.logLikelihood).toBeCloseTo(weeks.logLikelihood - purchases * Math.log(7), 5);
  });

  it('does not depend on the order of customers, nor on whether equal ones come as one', () => {
    const [one, other] = [fitPurchases(regular, 'mbgnbd'), fitPurchases(groupHistories([...regular].reverse()), 'mbgnbd')];
    expect(near(one.parameters.alpha, other.parameters.alpha)).toBeLessThan(1e-7);
    expect(one.logLikelihood).toBeCloseTo(other.logLikelihood, 6);
  });

  it('says so where customers cannot tell: everybody bought once', () => {
    const once = Array.from({ length: 50 }, (_, one) => ({ x: 0, tx: 0, T: 10 + one }));
    const fit = fitPurchases(once, 'bgnbd');
    expect(fit.isFound).toBe(false);
    expect(Number.isFinite(fit.logLikelihood)).toBe(true);
  });
});

describe('regularity', () => {
  it('is about 3 where every purchase is the third of a process at random', () => {
    expect(near(regularityOf(regular.map(({ moments }) => moments)) ?? 0, 3)).toBeLessThan(0.15);
  });

  it('is about 1 at random, and nothing where nobody bought three times', () => {
    const random = livesFrom('at-random', { r: 2, alpha: 4, a: 0.5, b: 5 }, kindOf('mbgnbd', 1), { many: 1_500, T });
    expect(near(regularityOf(random.map(({ moments }) => moments)) ?? 0, 1)).toBeLessThan(0.15);
    expect(regularityOf([[0, 4], [0]])).toBeUndefined();
  });
});
