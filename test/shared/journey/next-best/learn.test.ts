import { describe, expect, it } from 'vitest';
import { drawBeta, drawsFrom } from '../../../../shared/journey/next-best/draw.ts';
import { believed, drawOf, learntName, meanOf } from '../../../../shared/journey/next-best/learn.ts';

const SEED = 20261123;
const MANY = 20_000;

describe('draws', () => {
  it('are the same for the same words, and even', () => {
    const draws = (word: string) => Array.from({ length: MANY }, drawsFrom(SEED, word));
    expect(draws('a')).toEqual(draws('a'));
    expect(draws('a').slice(0, 5)).not.toEqual(draws('b').slice(0, 5));
    expect(draws('a').reduce((sum, value) => sum + value, 0) / MANY).toBeCloseTo(0.5, 2);
  });
  it('from a Beta distribution have its mean and variance, also for small shapes', () => {
    for (const [yes, no] of [
      [2, 8],
      [0.5, 0.5],
      [30, 3],
      [1, 1],
    ] as const) {
      const draw = drawsFrom(SEED, yes, no);
      const drawn = Array.from({ length: MANY }, () => drawBeta(yes, no, draw));
      const mean = drawn.reduce((sum, value) => sum + value, 0) / MANY;
      const variance = drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / MANY;
      expect(mean).toBeCloseTo(yes / (yes + no), 2);
      expect(variance).toBeCloseTo((yes * no) / ((yes + no) ** 2 * (yes + no + 1)), 2);
    }
  });
});

describe('what is believed', () => {
  const candidate = { action: 'x', prior: { mean: 0.1, strength: 20 } };
  it('begins with what was assumed, and ends with what came', () => {
    expect(meanOf(believed(candidate, 'low', {}))).toBeCloseTo(0.1, 12);
    const counters = { [learntName('x', 'low', 'shown')]: 2_000, [learntName('x', 'low', 'taken')]: 1_000 };
    expect(meanOf(believed(candidate, 'low', counters))).toBeCloseTo(0.5, 2);
  });
  it('of a cell that has seen nothing leans on the others', () => {
    const counters = { [learntName('x', 'low', 'shown')]: 2_000, [learntName('x', 'low', 'taken')]: 1_000 };
    expect(meanOf(believed(candidate, 'high', counters))).toBeCloseTo(0.5, 2);
    expect(believed(candidate, 'high', counters).yes + believed(candidate, 'high', counters).no).toBeCloseTo(20, 9);
  });
});

describe('learning from outcomes', () => {
  /** Three actions that are worth the same; how often each is really taken up. */
  const truth = { a: 0.05, b: 0.12, c: 0.3 } as const;
  const names = ['a', 'b', 'c'] as const;
  const run = (seed: number, choose: (counters: Record<string, number>, index: number) => (typeof names)[number]): number => {
    const [counters, world] = [{} as Record<string, number>, drawsFrom('world', seed)];
    let regret = 0;
    for (let index = 0; index < 1_500; index += 1) {
      const action = choose(counters, index);
      regret += truth.c - truth[action];
      const taken = world() < truth[action];
      for (const name of [learntName(action, 'low', 'shown'), ...(taken ? [learntName(action, 'low', 'taken')] : [])])
        counters[name] = (counters[name] ?? 0) + 1;
    }
    return regret;
  };
  const thompson = (seed: number) => (counters: Record<string, number>, index: number) => {
    const drawn = names.map((action) => ({
      action,
      value: drawOf(believed({ action, prior: { mean: 0.15, strength: 20 } }, 'low', counters), drawsFrom(seed, index, action)),
    }));
    return drawn.reduce((best, one) => (one.value > best.value ? one : best)).action;
  };

  it('costs far less than choosing at random, and grows ever slower', () => {
    for (const seed of [SEED, SEED + 1, SEED + 2]) {
      const random = drawsFrom('random', seed);
      const byChance = run(seed, () => names[Math.floor(random() * names.length)] ?? 'a');
      const learnt = run(seed, thompson(seed));
      expect(learnt, `seed ${seed}`).toBeLessThan(byChance / 3);
    }
  });
});
