/** Counters over the real store: whatever dies, meets or repeats, everything is counted once. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countContributions, readCounters, type Source } from '../../functions/runtime/tally.ts';
import type { Contribution } from '../../shared/journey/tally/batch.ts';
import { between, openWorld, type World } from './harness.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  stands.clear();
});
afterEach(() => world.close());

/** What stands: by partition and sort key. */
const stands = new Map<string, readonly Contribution[]>();
const put = (household: string, counters: Record<string, number>, bucket = '2026-03-02'): Source => {
  const source = { pk: `HH#hh_${household}`, sk: bucket === 'now' ? 'STANDING' : `DAY#${bucket}` };
  stands.set(`${source.pk}/${source.sk}`, [{ bucket, counters }]);
  return source;
};
const count = (...sources: Source[]) => countContributions(sources, ({ pk, sk }) => Promise.resolve(stands.get(`${pk}/${sk}`) ?? []));

/** As the stream does: a worker whom the others leave no turn is given the same again. */
async function deliver(source: Source, times = 5): Promise<void> {
  await count(source).catch(async (problem: unknown) => {
    if (times === 1 || !String(problem).includes('times in a row')) throw problem;
    await deliver(source, times - 1);
  });
}

describe('counters', () => {
  it('hold what each item contributes as it stands, by day and by month', async () => {
    const a = put('a', { seen: 1, spent: 500 });
    await count(a, put('b', { seen: 2 }));
    put('a', { seen: 4, spent: 500 });
    await count(a, a);
    await count(a);
    await count(put('b', { seen: 1 }, '2026-03-09'));
    expect(await readCounters(['2026-03-02', '2026-03-09', '2026-03', '2026-04'])).toEqual({
      ...{ '2026-03-02': { seen: 6, spent: 500 }, '2026-03-09': { seen: 1 } },
      ...{ '2026-03': { seen: 7, spent: 500 }, '2026-04': {} },
    });
  });

  it('take back what no longer stands', async () => {
    const standing = put('a', { 'phase/loyalty': 1 }, 'now');
    await count(standing);
    put('a', { 'phase/support': 1 }, 'now');
    await count(standing);
    expect(await readCounters(['now'])).toEqual({ now: { 'phase/support': 1 } });
    stands.clear();
    await count(standing);
    expect(await readCounters(['now'])).toEqual({ now: {} });
  });

  it('count each item once, wherever the function dies, and whoever comes next', async () => {
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
      const items = [put('a', { seen: dieAt }), put('b', { seen: 10 * dieAt }), put('a', { seen: 100 * dieAt }, '2026-03-03')];
      await count(...items).catch(() => {
        deaths += 1;
      });
      writes = Number.NEGATIVE_INFINITY;
      // Somebody else's batch, which has to finish what it finds.
      await count(put('a', { other: dieAt }, '2026-03-04'));
      await count(...items);
      expect(await readCounters(['2026-03-02', '2026-03-03', '2026-03-04', '2026-03'])).toEqual({
        ...{ '2026-03-02': { seen: 11 * dieAt }, '2026-03-03': { seen: 100 * dieAt }, '2026-03-04': { other: dieAt } },
        '2026-03': { seen: 111 * dieAt, other: dieAt },
      });
    }
    expect(deaths).toBeGreaterThan(10);
  });

  it('come to what stands in the end, for any order and any number of workers at once', async () => {
    let run = 0;
    const changes = fc.array(
      fc.record({ household: fc.constantFrom('a', 'b', 'c', 'd'), day: fc.constantFrom('02', '03'), value: fc.integer({ min: 0, max: 9 }) }),
      {
        ...{ minLength: 1, maxLength: 12 },
      },
    );
    await fc.assert(
      fc.asyncProperty(changes, async (all) => {
        run += 1;
        stands.clear();
        // Each is told while the next already stands, as by a stream that is behind.
        await Promise.all(all.map(({ household, day, value }) => deliver(put(`${household}${run}`, { [`seen-${run}`]: value }, `2026-03-${day}`))));
        const { '2026-03': month = {} } = await readCounters(['2026-03']);
        const expected = [...stands.values()].flatMap((contributions) => contributions.map(({ counters }) => counters[`seen-${run}`] ?? 0));
        expect(month[`seen-${run}`] ?? 0).toBe(expected.reduce((sum, value) => sum + value, 0));
      }),
      { numRuns: 12 },
    );
  });
});
