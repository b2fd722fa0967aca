import { describe, expect, it } from 'vitest';
import { coldStart } from '../../../../infra/local/priors/cold-start.ts';
import { fitGamma } from '../../../../infra/local/priors/gamma-fit.ts';
import { tryPriors } from '../../../../infra/local/priors/hold-out.ts';
import { itemsOf } from '../../../../infra/local/priors/items.ts';
import { learnPriors } from '../../../../infra/local/priors/learn.ts';
import { tableText } from '../../../../infra/local/priors/table-text.ts';
import { randomFrom } from '../../../../infra/local/backtest/random.ts';
import type { Pair } from '../../../../infra/local/backtest/read-purchases.ts';

const SEED = 'priors-1';

/** A gamma variable of a whole shape: as long as so many exponential ones. */
const gamma = (random: () => number, shape: number, rate: number): number =>
  Array.from({ length: shape }, () => -Math.log(1 - random()) / rate).reduce((sum, one) => sum + one, 0);

/** Households whose rates are drawn from gamma(shape, rateDays), each with purchases at random over three years. */
function purchasesOf(category: string, shape: number, rateDays: number, households: number): Pair[] {
  return Array.from({ length: households }, (_, household) => {
    const random = randomFrom(`${SEED}-${household}`, category, 0);
    const rate = gamma(random, shape, rateDays);
    const needs: { day: number; count: number }[] = [];
    for (let at = gamma(random, 1, rate); at < 1_095; at += gamma(random, 1, rate)) {
      const day = Math.floor(at);
      if (needs.at(-1)?.day !== day) needs.push({ day, count: 1 });
    }
    return { customer: String(household), item: category, needs };
  });
}
const pairs = [...purchasesOf('daily', 4, 16, 60), ...purchasesOf('rare', 4, 200, 60)];
const items = itemsOf(
  pairs,
  new Map([
    ['daily', 'daily'],
    ['rare', 'rare'],
  ]),
);

describe(`priors learnt from generated households (seed ${SEED})`, () => {
  it('finds the distribution from which counts were drawn', () => {
    const random = randomFrom(SEED, 'fit', 1);
    const counted = Array.from({ length: 600 }, () => {
      const rate = gamma(random, 3, 60);
      let uses = -1;
      for (let at = 0; at < 500; at += -Math.log(1 - random()) / rate) uses += 1;
      return { uses, days: 500 };
    });
    const { shape, rateDays } = fitGamma(counted);
    expect(shape).toBeGreaterThan(2.4);
    expect(shape).toBeLessThan(3.7);
    expect(rateDays / shape).toBeGreaterThan(18);
    expect(rateDays / shape).toBeLessThan(22);
  });

  it('tells categories apart, and leaves out what too few households buy', () => {
    const { any, rows } = learnPriors(items);
    const daysAPack = Object.fromEntries([any, ...rows].map((row) => [row.category, row.rateDays / row.shape]));
    expect(daysAPack.daily).toBeGreaterThan(3.5);
    expect(daysAPack.daily).toBeLessThan(5);
    expect(daysAPack.rare).toBeGreaterThan(35);
    expect(daysAPack.rare).toBeLessThan(65);
    expect(learnPriors(items.slice(0, 9)).rows).toEqual([]);
    expect(tableText({ any, rows }, 'generated households')).toContain("{ category: 'daily'");
  });

  it('surprises less than a fixed guess, and a category less than anything', () => {
    const tried = tryPriors(items);
    const bits = Object.fromEntries(Object.entries(tried).map(([name, { firstBits, items: tries }]) => [name, firstBits / tries]));
    expect(bits['a prior of anything']).toBeLessThan((bits['one fixed guess'] ?? 0) - 0.2);
    expect(bits['a prior by category']).toBeLessThan((bits['a prior of anything'] ?? 0) - 0.2);
  });

  it('counts only what comes after the first purchase', () => {
    const [item] = itemsOf([{ customer: '1', item: 'x', needs: [0, 10, 20, 30, 40].map((day) => ({ day, count: 2 })) }], new Map());
    expect(item).toMatchObject({ uses: 8, days: 40 });
    if (item === undefined) throw new Error('expected an item');
    const { uses, tally } = coldStart(item, { perDay: 0.2, confidenceDays: 20 }, true);
    expect([uses, tally.needs, tally.itemDays]).toEqual([4, 8, 40]);
  });
});
