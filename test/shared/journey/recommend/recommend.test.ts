import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { habitsOf, HABIT_HALF_LIFE_DAYS } from '../../../../shared/journey/recommend/habit.ts';
import { before, historyOf, type History } from '../../../../shared/journey/recommend/history.ts';
import { LEAST_HOUSEHOLDS, reachOf } from '../../../../shared/journey/recommend/market.ts';
import { recommend, recommendAgain, recommendNew } from '../../../../shared/journey/recommend/recommend.ts';

/** Product → its days. */
const home = (bought: Readonly<Record<string, readonly number[]>>): History =>
  historyOf(Object.entries(bought).flatMap(([product, days]) => days.map((day) => ({ product, day }))));
const every = (days: number, until: number, from = 0): number[] => Array.from({ length: Math.ceil((until - from) / days) }, (_, index) => from + index * days);

describe('a history', () => {
  it('counts a product once a day, in the order of days, however its lines come', () => {
    const lines = [...every(3, 90), ...every(7, 90)].map((day, index) => ({ product: index % 2 === 0 ? 'milk' : 'tea', day }));
    const expected = historyOf(lines);
    fc.assert(
      fc.property(fc.shuffledSubarray([...lines, ...lines], { minLength: 2 * lines.length }), (shuffled) => {
        expect(historyOf(shuffled)).toEqual(expected);
      }),
    );
    expect([before([1, 4, 4, 9], 4), before([1, 4, 9], 5), before([], 5)]).toEqual([1, 2, 0]);
  });
});

describe('a habit', () => {
  it('is a share of baskets in which a purchase of a half-life ago counts half', () => {
    const habits = habitsOf(home({ milk: [0], bread: [HABIT_HALF_LIFE_DAYS] }), HABIT_HALF_LIFE_DAYS + 1e-9);
    const all = 1 + 0.5 + 1;
    expect(habits.get('milk')).toBeCloseTo(0.5 / all, 6);
    expect(habits.get('bread')).toBeCloseTo(1 / all, 6);
  });
  it('follows what a household has come to buy, and not what it once did', () => {
    const moved = home({ cow: every(2, 200), oats: every(2, 260, 200) });
    expect(recommendAgain(moved, 260, 1)).toMatchObject([{ product: 'oats', kind: 'again' }]);
    expect(recommendAgain(moved, 199, 1)).toMatchObject([{ product: 'cow' }]);
  });
});

describe('what is new to a household', () => {
  const others = Array.from({ length: 8 }, (_, index) =>
    home({ milk: every(3, 100), oats: index < 6 ? [95] : [], figs: index < LEAST_HOUSEHOLDS - 1 ? every(2, 100) : [] }),
  );
  const anna = home({ milk: every(3, 100) });

  it('is what others buy, the more of them and the more lately the earlier, and nothing that it has', () => {
    expect(recommendNew(anna, reachOf(others, 100), 100, 5)).toMatchObject([{ product: 'oats', kind: 'new', households: 6 }]);
    const old = others.map(({ bought }) => home({ ...Object.fromEntries(bought), jam: [10] }));
    expect(recommendNew(anna, reachOf(old, 100), 100, 5).map(({ product }) => product)).toEqual(['oats', 'jam']);
  });

  it('is nothing that fewer than five households bought: nobody learns what a neighbour has', () => {
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(fc.constantFrom<string[]>('a', 'b', 'c', 'd'), { maxLength: 4 }), { maxLength: 12 }), (homes) => {
        const histories = homes.map((products) => home(Object.fromEntries(products.map((product) => [product, [50]]))));
        for (const product of reachOf(histories, 60).keys())
          expect(homes.filter((products) => products.includes(product)).length).toBeGreaterThanOrEqual(LEAST_HOUSEHOLDS);
      }),
    );
  });

  it('fills what habits leave open', () => {
    expect(recommend(anna, reachOf(others, 100), 100, 3).map(({ product, kind }) => [product, kind])).toEqual([
      ['milk', 'again'],
      ['oats', 'new'],
    ]);
  });
});

it('no recommendation knows of the day for which it is made, nor of any after', () => {
  const lines = fc.array(fc.record({ product: fc.constantFrom('a', 'b', 'c', 'd', 'e'), day: fc.integer({ min: 0, max: 60 }) }), {
    minLength: 1,
    maxLength: 40,
  });
  fc.assert(
    fc.property(fc.array(lines, { minLength: 1, maxLength: 8 }), lines, fc.integer({ min: 1, max: 60 }), (homes, future, day) => {
      const told = (more: typeof future) => {
        const histories = homes.map((of) => historyOf([...of, ...more]));
        return histories.map((history) => recommend(history, reachOf(histories, day, 1), day, 5));
      };
      expect(told(future.map((line) => ({ ...line, day: line.day + day })))).toEqual(told([]));
    }),
  );
});
