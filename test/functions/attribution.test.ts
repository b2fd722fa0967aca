/** Touch paths over the real store: counted as they close, whatever comes late, twice or dies on the way, they come to what all touchpoints at once say. */
import fc from 'fast-check';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as journeyApi } from '../../functions/journey-api.ts';
import { handler as runAutomation } from '../../functions/run-automation.ts';
import { handler as tallyJourneys } from '../../functions/tally-journeys.ts';
import { handler as updateJourney } from '../../functions/update-journey.ts';
import { forgetTraces } from '../../functions/update-journey/forget-traces.ts';
import { closePaths } from '../../functions/update-journey/close-paths.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { createOnce, list, load } from '../../functions/runtime/store.ts';
import { readItems } from '../../functions/runtime/partition.ts';
import { groupBy } from '../../shared/group.ts';
import { closedPathsOf } from '../../shared/journey/attribution/closing.ts';
import { contributionOfClosed } from '../../shared/journey/attribution/contribution.ts';
import { attributionIn } from '../../shared/journey/attribution/report.ts';
import { foldAll } from '../../shared/journey/fold/fold-all.ts';
import { freeze, mergeCounters, type Counters } from '../../shared/journey/tally/batch.ts';
import type { Touchpoint } from '../../shared/journey/touchpoint.ts';
import { householdIdSchema, type HouseholdId } from '../../shared/values.ts';
import { between, context, dueRecord, openWorld, tell, type World } from './harness.ts';
import { agentClaims, memberClaims, send } from './http-call.ts';
import { touchpointFrom, what, type Said } from './touches.ts';

let world: World;
let told = 0;
beforeEach(async () => {
  world = await openWorld();
  told = 0;
  homes = homesOf(0);
});
afterEach(() => world.close());

const homesOf = (run: number): HouseholdId[] => ['a', 'b'].map((id) => householdIdSchema.parse(`hh_${id}${run}`));
let homes: HouseholdId[] = homesOf(0);
let start: World['now'];
beforeEach(() => {
  start = world.now;
});
const touchpointOf = (said: Said): Touchpoint => touchpointFrom(start, said);

const isOf = (prefixes: readonly string[]) => (record: DynamoDBRecord) => prefixes.some((sk) => record.dynamodb?.Keys?.['sk']?.S?.startsWith(sk) === true);
const news = async (): Promise<DynamoDBRecord[]> => {
  const records = (await world.stream('Journeys')).slice(told);
  told += records.length;
  return records;
};
const put = async (...touchpoints: Touchpoint[]): Promise<void> => {
  for (const touchpoint of touchpoints) await createOnce(kinds.touchpoint, keys.touchpoint(touchpoint), touchpoint);
};
/** The two functions behind the stream, each of which may be told twice. */
async function follow(): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    const records = await news();
    const came = records.filter((record) => record.eventName === 'INSERT' && isOf(['TP#'])(record));
    if (came.length > 0) for (const again of [came, came.slice(0, 2)]) await updateJourney({ Records: again }, context);
    const changed = records.filter(isOf(['TOUCHPATHS#']));
    if (changed.length > 0) for (const again of [changed, changed.slice(-3)]) await tallyJourneys({ Records: again }, context);
  }
}
const look = async (at: readonly HouseholdId[] = homes): Promise<void> => {
  for (const home of at)
    if ((await load(kinds.standing, keys.standing(home))) !== undefined) await tell(runAutomation, dueRecord(keys.standing(home), world.now));
};

const PERIOD = { from: '2025-12', to: '2026-08' };
const isOfPaths = (bucket: string): boolean => bucket.includes('~');
/** Every bucket that there is, in one query a shard. */
async function stands(): Promise<Record<string, Counters>> {
  const shards = await Promise.all(
    Array.from({ length: 16 }, (_, shard) => readItems({ table: 'JOURNEYS_TABLE', pk: keys.tally(shard, '').pk }, 'BUCKET', 1_000)),
  );
  const prefix = keys.tally(0, '').sk;
  const items = shards.flat().filter(({ sk }) => sk.startsWith(prefix) && isOfPaths(sk));
  const buckets = groupBy(items, ({ sk }) => sk.slice(prefix.length));
  return nonEmpty(
    Object.fromEntries([...buckets].map(([bucket, of]) => [bucket, mergeCounters(of.map(({ state }) => kinds.tally.schema.parse(state).counters))])),
  );
}
const nonEmpty = (buckets: Record<string, Counters>): Record<string, Counters> =>
  Object.fromEntries(Object.entries(buckets).filter(([, counters]) => Object.keys(counters).length > 0));
/** All at once, from the touchpoints. */
function made(touchpoints: readonly Touchpoint[]): Record<string, Counters> {
  const today = world.now.slice(0, 10);
  const contributions = homes.flatMap((home) =>
    Object.entries(closedPathsOf(foldAll(touchpoints.filter(({ householdId }) => householdId === home)).days)).flatMap(([day, paths]) =>
      day <= today ? contributionOfClosed(paths) : [],
    ),
  );
  const all = freeze({ batch: 0 }, Object.fromEntries(contributions.map((one, index) => [String(index), [one]])), {})?.deltas ?? {};
  return nonEmpty(all);
}

const [home = householdIdSchema.parse('hh_a0')] = homesOf(0);
const bought: Said[] = [
  { home, what: 'mail', hour: 0 },
  { home, what: 'low', hour: 5 },
  { home, what: 'approved', hour: 6, order: 1 },
  { home, what: 'placed', hour: 7, order: 1 },
];
const report = async (withNulls = true) => attributionIn(await stands(), { ...PERIOD, withNulls });

describe('a path', () => {
  it('counts once its order has stood for two days, and a touch that comes late takes its place', async () => {
    await put(...bought.map(touchpointOf));
    await follow();
    await look();
    await follow();
    expect(await stands()).toEqual({});
    world.wait(3, 'days');
    await look();
    await follow();
    const first = await report();
    expect(first.models[0]).toMatchObject({ model: 'first', totals: { conversions: 1, value: 996 } });
    expect(first.models[0]?.channels.find(({ channel }) => channel === 'e-mail@company')?.conversions).toBe(1);
    await put(touchpointOf({ home, what: 'page', hour: -3 }));
    await follow();
    await look();
    await follow();
    const after = await report();
    expect(after.models[0]?.totals).toEqual(first.models[0]?.totals);
    expect(after.models[0]?.channels.find(({ channel }) => channel === 'web@customer')?.conversions).toBe(1);
    expect((await load(kinds.standing, keys.standing(home)))?.state).toMatchObject({ closedUpTo: world.now.slice(0, 10) });
    expect((await load(kinds.standing, keys.standing(home)))?.state.late).toBeUndefined();
  });

  it('is told to those who look after households, by as many touches as they ask for, and to nobody else', async () => {
    await put(...bought.map(touchpointOf));
    await follow();
    world.wait(3, 'days');
    await look();
    await follow();
    const month = world.now.slice(0, 7);
    const ask = (query: string, claims: Record<string, string> = agentClaims) =>
      send(journeyApi, { method: 'GET', path: '/console/attribution', query, claims });
    const { status, body } = await ask(`from=${month}&to=${month}&order=2&nulls=without`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ withNulls: false, orders: [] });
    const chain = (body['models'] as { model: string; order: number | null; channels: { channel: string; conversions: number }[] }[]).at(-1);
    expect(chain).toMatchObject({ model: 'markov', order: 2 });
    expect(chain?.channels.map(({ channel }) => channel)).toEqual(['e-mail@company', 'fridge@device', 'tv@customer']);
    expect(chain?.channels.reduce((sum, { conversions }) => sum + conversions, 0)).toBeCloseTo(1, 9);
    expect((await ask(`from=${month}&to=2020-01`)).status).toBe(400);
    expect((await ask(`from=2020-01&to=${month}`)).status).toBe(400);
    expect((await ask(`from=${month}&to=${month}`, memberClaims('mem_anna'))).status).toBe(403);
  });

  it('lapses by time alone, and comes back to life when its order was only late', async () => {
    await put(touchpointOf({ home, what: 'page', hour: 0 }));
    await follow();
    world.wait(33, 'days');
    await look();
    await follow();
    expect((await report()).models[0]?.totals).toEqual({ conversions: 0, value: 0, nulls: 1 });
    await put(touchpointOf({ home, what: 'placed', hour: 20, order: 1 }));
    await follow();
    await look();
    await follow();
    expect((await report()).models[0]?.totals).toEqual({ conversions: 1, value: 0, nulls: 0 });
  });

  it('of somebody who has objected counts no longer', async () => {
    await put(...bought.map(touchpointOf));
    await follow();
    world.wait(3, 'days');
    await look();
    await follow();
    await forgetTraces(home);
    await follow();
    expect(await stands()).toEqual({});
    expect(await list(kinds.closedDay, `HH#${home}`, 'TOUCHPATHS#')).toEqual([]);
  });
});

it('is counted once, wherever closing or counting dies', { tags: ['long'], timeout: 120_000 }, async () => {
  let writes = Number.NEGATIVE_INFINITY;
  let dieAt = 0;
  // Refused in a way that nobody tries again, as a function that has ended does not.
  const gone = { status: 400, headers: {}, body: JSON.stringify({ __type: 'AccessDeniedException', message: 'died' }) };
  between((handle) => async (request) => {
    if (request.headers['x-amz-target']?.endsWith('PutItem') !== true) return handle(request);
    writes += 1;
    if (writes !== dieAt) return handle(request);
    if (dieAt % 2 === 0) await handle(request);
    return gone;
  });
  const all: Touchpoint[] = [];
  let deaths = 0;
  for (dieAt = 1; dieAt <= 10; dieAt += 1) {
    // Each time something that is late for what was closed before, and something new.
    const base = dieAt * 24;
    const came = [...bought, { home, what: 'page', hour: -dieAt } as const].map((said) =>
      touchpointOf({ ...said, hour: said.hour + base, ...(said.order && { order: dieAt }) }),
    );
    all.push(...came);
    await put(...came);
    await follow();
    world.wait(2, 'days');
    writes = 0;
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await closePaths(home).catch(() => {
        deaths += 1;
      });
    }
    const records = (await world.stream('Journeys')).slice(told).filter(isOf(['TOUCHPATHS#']));
    for (let attempt = 0; attempt < 2; attempt += 1) {
      if (records.length > 0) await tallyJourneys({ Records: records }, context).catch(() => (deaths += 1));
    }
    writes = Number.NEGATIVE_INFINITY;
    await look();
    await follow();
    expect(await stands()).toEqual(made(all));
  }
  expect(deaths).toBeGreaterThan(5);
});

it('comes to what all touchpoints at once say, in whatever order they come, however late and however often', { tags: ['long'], timeout: 240_000 }, async () => {
  let run = 0;
  const all = new Map<string, Touchpoint>();
  const anySaid = fc.record({
    home: fc.constantFrom(0, 1),
    what: fc.constantFrom(...(Object.keys(what) as (keyof typeof what)[])),
    hour: fc.integer({ min: -24 * 50, max: 24 * 20 }),
    order: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(anySaid, { maxLength: 6 }), { minLength: 1, maxLength: 3 }), async (batches) => {
      run += 1;
      const now = homesOf(run);
      homes = [...homes, ...now];
      start = world.now;
      for (const batch of batches) {
        const touchpoints = batch.map(({ order, home: at, ...said }) =>
          touchpointOf({ ...said, home: now[at] ?? home, ...(order !== undefined && { order }) }),
        );
        for (const touchpoint of touchpoints) all.set(touchpoint.touchpointId, all.get(touchpoint.touchpointId) ?? touchpoint);
        await put(...touchpoints);
        await follow();
        world.wait(9, 'days');
        await Promise.all([look(now), look(now)]);
        await follow();
      }
      await look();
      await follow();
      expect(await stands()).toEqual(made([...all.values()]));
    }),
    { numRuns: 6 },
  );
});
