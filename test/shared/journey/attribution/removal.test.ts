import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../../infra/local/backtest/random.ts';
import { chainOf, type Chain } from '../../../../shared/journey/attribution/chain.ts';
import { graphOf, orders } from '../../../../shared/journey/attribution/graph.ts';
import type { TouchPath } from '../../../../shared/journey/attribution/path.ts';
import { outcomeWithout, removalsOf } from '../../../../shared/journey/attribution/removal.ts';
import { intervalsOf } from '../../../../shared/journey/attribution/intervals.ts';
import { bestOf, fitOf } from '../../../../shared/journey/attribution/order-fit.ts';
import { jointRemovals, leadsOf } from '../../../../shared/journey/attribution/spill-over.ts';
import { path } from './any-paths.ts';

/** Enough different windows that the large orders are walked and the small one is eliminated. */
function manyPaths(): TouchPath[] {
  const random = randomFrom('removal');
  const whole = (most: number): number => Math.floor(random() * most);
  return Array.from({ length: 900 }, () => {
    const conversions = whole(3);
    return { steps: Array.from({ length: 1 + whole(12) }, () => `c${whole(9)}`), conversions, value: conversions * whole(90), nulls: whole(4) };
  });
}
const paths = manyPaths();

/** Step by step for so long that nobody is left. */
function simply(chain: Chain, removed: string | undefined): number {
  const isClosed = chain.channels.map((channels) => removed !== undefined && channels.has(removed));
  let here = chain.entered.map((part, state) => (isClosed[state] === true ? 0 : part));
  let converted = 0;
  for (let step = 0; step < 400; step += 1) {
    const next = new Float64Array(here.length);
    for (const [state, part] of here.entries()) {
      converted += part * (chain.converts[state] ?? 0);
      for (let edge = chain.first[state] ?? 0; edge < (chain.first[state + 1] ?? 0); edge += 1) {
        const to = chain.to[edge] ?? 0;
        if (isClosed[to] !== true) next[to] = (next[to] ?? 0) + part * (chain.probability[edge] ?? 0);
      }
    }
    here = next;
  }
  return converted;
}

describe.each(orders)('of order %i', (order) => {
  const chain = chainOf(graphOf(paths, order));
  it('whoever sets out converts as often as they did', () => {
    const [conversions, nulls, value] = paths.reduce(([c, n, v], row) => [c + row.conversions, n + row.nulls, v + row.value], [0, 0, 0]);
    const outcome = outcomeWithout(chain);
    expect(outcome.conversion).toBeCloseTo(conversions / (conversions + nulls), 13);
    expect(outcome.value).toBeCloseTo(value / (conversions + nulls), 10);
  });
  it('what is lost without a channel is exact', () => {
    const all = simply(chain, undefined);
    const [first] = removalsOf(chain);
    expect(first?.channel).toBe('c0');
    expect(first?.conversion).toBeCloseTo(1 - simply(chain, 'c0') / all, 12);
  });
});

it('says what two channels lose together, and what needed both', () => {
  const pairs = jointRemovals(chainOf(graphOf([path('a > b', 2), path('a', 1), path('c', 1)], 1)));
  const ab = pairs.find(({ channel, other }) => channel === 'a' && other === 'b');
  expect(ab?.lost).toBeCloseTo(0.75, 12);
  expect(ab?.shared).toBeCloseTo(0.5, 12);
  expect(pairs.find(({ channel, other }) => channel === 'a' && other === 'c')?.shared).toBeCloseTo(0, 12);
});

it('says how much oftener one channel follows another than any', () => {
  const leads = leadsOf(graphOf([path('a > b', 3), path('c > d', 3), path('c > b', 1)], 1));
  // b comes after 3 of 3 touches of a, and after 4 of the 14 touches of all.
  expect(leads.find(({ from, to }) => from === 'a' && to === 'b')).toEqual({ from: 'a', to: 'b', times: 3, lift: 3.5 });
});

it('suggests the shortest memory that foretells as well', () => {
  const fits = (of: readonly TouchPath[]): number => bestOf(orders.map((order) => fitOf(graphOf(of, order))));
  expect(fits([path('a > b', 40, 0, 10), path('b > a', 10, 0, 40)])).toBe(1);
  expect(fits([path('a > b', 40, 0, 10), path('c > b', 10, 0, 40)])).toBe(2);
  expect(fits([path('a > x > b', 40, 0, 10), path('c > x > b', 10, 0, 40)])).toBe(3);
});

it('draws intervals that hold the credit, the same for the same seed, and narrow where much is known', () => {
  const few = [path('a > b', 6, 0, 4), path('a', 2, 0, 9), path('c > b', 3, 0, 6)];
  const many = few.map((row) => ({ ...row, conversions: row.conversions * 100, nulls: row.nulls * 100 }));
  const drawn = (of: readonly TouchPath[]) => intervalsOf(of, { model: 'markov' }, 200, randomFrom('intervals'));
  const width = (of: readonly TouchPath[]): number => (drawn(of)[0]?.high ?? 0) - (drawn(of)[0]?.low ?? 0);
  expect(drawn(few)).toEqual(drawn(few));
  expect(drawn(few).every(({ low, high }) => low < high)).toBe(true);
  expect(width(many) / 100).toBeLessThan(width(few) / 5);
});
