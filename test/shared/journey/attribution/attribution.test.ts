import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attribute, modelNames, type Asked, type Attribution } from '../../../../shared/journey/attribution/attribution.ts';
import { orders } from '../../../../shared/journey/attribution/graph.ts';
import { stepsOf, type TouchPath } from '../../../../shared/journey/attribution/path.ts';
import { anyPath, anyPaths, CHANNELS, path } from './any-paths.ts';

const figures = ({ channels }: Attribution, of: 'conversions' | 'value' | 'removalEffect' = 'conversions'): Record<string, number | undefined> =>
  Object.fromEntries(channels.map((credit) => [credit.channel, credit[of]]));
const asked: Asked[] = [
  ...modelNames.filter((model) => model !== 'markov').map((model) => ({ model })),
  ...orders.map((order): Asked => ({ model: 'markov', order })),
];
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

it('reads steps with or without spaces, and leaves out those without a name', () => {
  expect(stepsOf(' alpha > beta>(start) >> gamma delta > ')).toEqual(['alpha', 'beta', '(start)', 'gamma delta']);
});

describe('a path that is worth 10', () => {
  const paths = [path('a > b > a > c', 1, 10)];
  it.each([
    ['first', { a: 10, b: 0, c: 0 }],
    ['last', { a: 0, b: 0, c: 10 }],
    ['linear', { a: 5, b: 2.5, c: 2.5 }],
    ['position', { a: 5, b: 1, c: 4 }],
    ['decay', { a: 10 * (5 / 15), b: 10 * (2 / 15), c: 10 * (8 / 15) }],
    ['shapley', { a: 10 / 3, b: 10 / 3, c: 10 / 3 }],
  ] as const)('is divided by %s', (model, expected) => {
    const value = figures(attribute(paths, { model }), 'value');
    for (const [channel, of] of Object.entries(expected)) expect(value[channel]).toBeCloseTo(of, 12);
  });
  it('is divided by position evenly between two, and goes to one whole', () => {
    expect(figures(attribute([path('a > b', 2)], { model: 'position' }))).toEqual({ a: 1, b: 1 });
    expect(figures(attribute([path('a', 2)], { model: 'position' }))).toEqual({ a: 2 });
  });
  it('loses half the weight in a half-life', () => {
    const { a, b } = figures(attribute([path('a > x > x > b', 1)], { model: 'decay', halfLife: 3 }));
    expect(b).toBeCloseTo(2 * (a ?? 0), 12);
  });
});

describe('the chain', () => {
  const paths = [path('c1 > c2 > c3', 1, 10), path('c1', 0, 0, 1), path('c2 > c3', 0, 0, 1)];
  it('divides by what is lost without each channel', () => {
    const { totals, channels } = attribute(paths, { model: 'markov' });
    expect(totals).toEqual({ conversions: 1, value: 10, nulls: 2 });
    const expected = [
      ['c1', 0.2, 2, 0.5],
      ['c2', 0.4, 4, 1],
      ['c3', 0.4, 4, 1],
    ] as const;
    for (const [index, [channel, conversions, value, removalEffect]] of expected.entries()) {
      expect(channels[index]?.channel).toBe(channel);
      expect(channels[index]?.conversions).toBeCloseTo(conversions, 12);
      expect(channels[index]?.value).toBeCloseTo(value, 12);
      expect(channels[index]?.removalEffect).toBeCloseTo(removalEffect, 12);
    }
  });
  it('looks at the paths that converted alone, if it is asked to', () => {
    const { totals, channels } = attribute(paths, { model: 'markov', withNulls: false });
    expect(totals.nulls).toBe(0);
    expect(channels.map(({ removalEffect }) => removalEffect)).toEqual([1, 1, 1]);
  });
  it('divides value by what is earned and not by how often', () => {
    const two = [path('dear', 1, 90), path('cheap', 3, 10)];
    expect(figures(attribute(two, { model: 'markov' }))).toEqual({ cheap: 3, dear: 1 });
    expect(figures(attribute(two, { model: 'markov' }), 'value').dear).toBeCloseTo(90, 12);
  });
  it('remembers as many touches as its order says, and takes a shorter path for one state', () => {
    // By hand, of order 2: a>b converts half the time; the lone a is a state of its own and does not, nor does b>a. Without a nothing is left.
    const some = [path('a > b', 1, 0, 1), path('a', 0, 0, 1), path('b > a', 0, 0, 1), path('b', 1)];
    expect(figures(attribute(some, { model: 'markov', order: 2 }), 'removalEffect')).toEqual({ a: 0.5, b: 1 });
  });
  it('knows a touch that repeats from one that came once, from the second order on', () => {
    const some = [path('a > a > b', 1), path('a > b', 0, 0, 1)];
    expect(figures(attribute(some, { model: 'markov', order: 1 }), 'removalEffect')).toEqual({ a: 1, b: 1 });
    expect(attribute([path('a > a > a', 1, 0, 0), path('a > a', 0, 0, 1)], { model: 'markov', order: 2 }).channels[0]?.conversions).toBe(1);
  });
});

describe.each(asked)('by $model $order', (one) => {
  const attributed = (paths: readonly TouchPath[]): Attribution => attribute(paths, one);
  const close = (left: Attribution, right: Attribution, of: 'conversions' | 'value'): void => {
    const [a, b] = [figures(left, of), figures(right, of)];
    for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) expect(a[name] ?? 0).toBeCloseTo(b[name] ?? 0, 8);
  };
  it('credits sum to conversions and to value', () => {
    fc.assert(
      fc.property(anyPaths, (paths) => {
        const { totals, channels } = attributed(paths);
        expect(sum(channels.map(({ conversions }) => conversions))).toBeCloseTo(totals.conversions, 8);
        expect(sum(channels.map(({ value }) => value))).toBeCloseTo(totals.value, 6);
      }),
    );
  });
  it('neither the order of rows matters nor how they are aggregated', () => {
    fc.assert(
      fc.property(anyPaths, fc.array(fc.nat(), { minLength: 30, maxLength: 30 }), (paths, keys) => {
        const apart = paths.flatMap(({ steps, conversions, value, nulls }): TouchPath[] => [
          ...Array.from({ length: conversions }, () => ({ steps, conversions: 1, value: value / conversions, nulls: 0 })),
          ...Array.from({ length: nulls }, () => ({ steps, conversions: 0, value: 0, nulls: 1 })),
        ]);
        const shuffled = apart.map((row, index) => [keys[index % 30] ?? 0, row] as const).sort(([a], [b]) => a - b);
        const again = attributed(shuffled.map(([, row]) => row));
        close(attributed(paths), again, 'conversions');
        close(attributed(paths), again, 'value');
      }),
    );
  });
  it('names of channels do not matter', () => {
    const names = new Map<string, string>(CHANNELS.map((name, index) => [name, CHANNELS[(index + 2) % CHANNELS.length] ?? name]));
    fc.assert(
      fc.property(anyPaths, (paths) => {
        const renamed = attributed(paths.map((row) => ({ ...row, steps: row.steps.map((step) => names.get(step) ?? step) })));
        const before = figures(attributed(paths));
        const after = figures(renamed);
        for (const [name, credit] of Object.entries(before)) expect(after[names.get(name) ?? name]).toBeCloseTo(credit ?? 0, 8);
      }),
    );
  });
  it('a channel that nobody who counts has touched changes nothing', () => {
    fc.assert(
      fc.property(anyPaths, anyPath, (paths, { steps }) => {
        const more = attributed([...paths, { steps: [...steps, 'unseen'], conversions: 0, value: 0, nulls: 0 }]);
        close(attributed(paths), more, 'conversions');
        expect(figures(more)['unseen']).toBe(0);
      }),
    );
  });
});

it('is Shapley’s value of the game in which channels earn the paths that touch nothing else', () => {
  const players = ['tv', 'web', 'push', 'fridge'];
  const some = fc.array(
    fc.record({ steps: fc.array(fc.constantFrom(...players), { minLength: 1, maxLength: 6 }), conversions: fc.integer({ min: 0, max: 5 }) }),
    { minLength: 1, maxLength: 12 },
  );
  const permutations = (of: readonly string[]): string[][] =>
    of.length === 0 ? [[]] : of.flatMap((first) => permutations(of.filter((name) => name !== first)).map((rest) => [first, ...rest]));
  fc.assert(
    fc.property(some, (rows) => {
      const paths = rows.map((row): TouchPath => ({ ...row, value: 0, nulls: 1 }));
      const earned = (set: readonly string[]): number =>
        sum(paths.filter(({ steps }) => steps.every((step) => set.includes(step))).map((row) => row.conversions));
      const credits = figures(attribute(paths, { model: 'shapley' }));
      const all = permutations(players);
      for (const player of players) {
        const added = all.map((order) => earned(order.slice(0, order.indexOf(player) + 1)) - earned(order.slice(0, order.indexOf(player))));
        expect(credits[player] ?? 0).toBeCloseTo(sum(added) / all.length, 9);
      }
    }),
  );
});
