/** Counters over the real store: whatever dies, meets or repeats, everything is counted once. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countContributions, readCounters, type Of } from '../../functions/runtime/tally.ts';
import { between, openWorld, type World } from './harness.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const item = (household: string, version: number, counters: Record<string, number>, bucket = '2026-03-02'): Of => ({
  ...{ pk: `HH#hh_${household}`, sk: `DAY#${bucket}`, version, contributions: [{ bucket, counters }] },
});

describe('counters', () => {
  it('hold what the newest version of each item contributes, by day and by month', async () => {
    await countContributions([item('a', 1, { seen: 1, spent: 500 }), item('b', 1, { seen: 2 })]);
    await countContributions([item('a', 3, { seen: 4, spent: 500 }), item('a', 2, { seen: 3 })]);
    await countContributions([item('a', 2, { seen: 3 })]);
    await countContributions([item('b', 1, { seen: 1 }, '2026-03-09')]);
    expect(await readCounters(['2026-03-02', '2026-03-09', '2026-03', '2026-04'])).toEqual({
      ...{ '2026-03-02': { seen: 6, spent: 500 }, '2026-03-09': { seen: 1 } },
      ...{ '2026-03': { seen: 7, spent: 500 }, '2026-04': {} },
    });
  });

  it('take back what no longer stands', async () => {
    const standing = (version: number, counters: Record<string, number>): Of => ({
      ...item('a', version, {}),
      sk: 'STANDING',
      contributions: [{ bucket: 'now', counters }],
    });
    await countContributions([standing(1, { 'phase/loyalty': 1 })]);
    await countContributions([standing(2, { 'phase/support': 1 })]);
    expect(await readCounters(['now'])).toEqual({ now: { 'phase/support': 1 } });
    await countContributions([{ ...standing(3, {}), contributions: [] }]);
    expect(await readCounters(['now'])).toEqual({ now: {} });
  });

  it('count each item once, wherever the function dies, and whoever comes next', async () => {
    const first = [item('a', 1, { seen: 1 }), item('b', 1, { seen: 10 }), item('a', 1, { seen: 100 }, '2026-03-03')];
    let writes = 0;
    let dieAt = 0;
    // Refused in a way that nobody tries again, as a function that has ended does not.
    const gone = { status: 400, headers: {}, body: JSON.stringify({ __type: 'AccessDeniedException', message: 'died' }) };
    between((handle) => async (request) => {
      if (request.headers['x-amz-target']?.endsWith('PutItem') !== true) return handle(request);
      writes += 1;
      if (writes !== dieAt) return handle(request);
      // Half of the time the write has come to pass before the answer is lost.
      if (dieAt % 2 === 0) await handle(request);
      return gone;
    });
    let deaths = 0;
    for (dieAt = 1; dieAt <= 18; dieAt += 1) {
      writes = 0;
      const version = dieAt;
      const items = first.map((one) => ({
        ...one,
        version,
        contributions: one.contributions.map(({ bucket, counters }) => ({ bucket, counters: { seen: (counters['seen'] ?? 0) * version } })),
      }));
      await countContributions(items).catch(() => {
        deaths += 1;
      });
      writes = Number.NEGATIVE_INFINITY;
      // Somebody else's batch, which has to finish what it finds.
      await countContributions([item('a', version, { other: version }, '2026-03-04')]);
      await countContributions(items);
      expect(await readCounters(['2026-03-02', '2026-03-03', '2026-03-04', '2026-03'])).toEqual({
        ...{ '2026-03-02': { seen: 11 * version }, '2026-03-03': { seen: 100 * version }, '2026-03-04': { other: version } },
        '2026-03': { seen: 111 * version, other: version },
      });
    }
    expect(deaths).toBeGreaterThan(10);
  });

  it('come to the same for any order, any repeats and any number of workers at once', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ household: fc.constantFrom('a', 'b', 'c', 'd'), day: fc.constantFrom('02', '03'), value: fc.integer({ min: 0, max: 9 }) }), {
          minLength: 1,
          maxLength: 12,
        }),
        fc.infiniteStream(fc.nat()),
        async (changes, chance) => {
          run += 1;
          const versions: Record<string, number> = {};
          const items = changes.map(({ household, day, value }) => {
            const name = `${household}${run}`;
            versions[`${name}${day}`] = (versions[`${name}${day}`] ?? 0) + 1;
            return item(name, versions[`${name}${day}`] ?? 1, { [`seen-${run}`]: value }, `2026-03-${day}`);
          });
          const last = new Map(items.map((one) => [`${one.pk}${one.sk}`, one.contributions[0]?.counters[`seen-${run}`] ?? 0]));
          const doubled = [...items, ...items].sort(() => ((chance.next().value ?? 0) % 2) - 0.5);
          const cut = (chance.next().value ?? 0) % doubled.length;
          await Promise.all([countContributions(doubled.slice(0, cut)), countContributions(doubled.slice(cut)), countContributions(items)]);
          const { '2026-03': month = {} } = await readCounters(['2026-03']);
          expect(month[`seen-${run}`] ?? 0).toBe([...last.values()].reduce((sum, value) => sum + value, 0));
        },
      ),
      { numRuns: 15 },
    );
  });
});
