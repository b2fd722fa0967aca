/** The counters of all journeys in sixteen partitions, so that none of them is hot: counted into batch by batch, and read by the bucket. */
import { digest } from '../../shared/digest.ts';
import { groupBy } from '../../shared/group.ts';
import { applied, freeze, mergeCounters, type Contribution, type Counters, type Frozen, type Head } from '../../shared/journey/tally/batch.ts';
import { ignored } from '../../shared/values.ts';
import { keys, kinds } from './aggregates.ts';
import { change, load } from './store.ts';

const SHARDS = 16;
const ROUNDS_MAX = 8;
/** A frozen batch is one item of the store, which takes 400 kB: a household's touch paths of a day come to some ten, before they are packed. */
const SOURCES_AT_ONCE = 25;

/** Says nothing of the household to whoever reads the counters, and keeps all of its items in one shard. */
const shardOf = (pk: string): number => Number.parseInt(digest(pk, 8), 16) % SHARDS;

export interface Source {
  readonly pk: string;
  readonly sk: string;
}
/** What the item contributes as it stands now; nothing where it is gone. */
export type ReadContributions = (source: Source) => Promise<readonly Contribution[]>;

/** Items that may have changed: why they are named does not matter, nor how often, or how late; what stands is read here. */
export async function countContributions(sources: readonly Source[], read: ReadContributions): Promise<void> {
  for (const [shard, ofShard] of groupBy(sources, ({ pk }) => shardOf(pk))) {
    const named = [...new Map(ofShard.map((source) => [`${digest(source.pk)}/${source.sk}`, source]))];
    for (let from = 0; from < named.length; from += SOURCES_AT_ONCE) await countIntoShard(shard, new Map(named.slice(from, from + SOURCES_AT_ONCE)), read);
  }
}

async function countIntoShard(shard: number, named: ReadonlyMap<string, Source>, read: ReadContributions): Promise<void> {
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const stored = await load(kinds.tallyHead, keys.tallyHead(shard));
    const head: Head = stored?.state ?? { batch: 0 };
    // Whoever froze it may have died before all of it was applied.
    if (head.frozen !== undefined) {
      await apply(shard, head.frozen);
      continue;
    }
    // After the head: see `freeze`.
    const incoming = await readAll(named, read);
    const frozen = freeze(head, incoming, await readAll(named, async (_, name) => (await load(kinds.tallyCounted, keys.tallyCounted(shard, name)))?.state));
    if (frozen === undefined) return;
    const result = await change(kinds.tallyHead, keys.tallyHead(shard), (_, current) =>
      (current?.version ?? 0) === (stored?.version ?? 0)
        ? { kind: 'changed', state: { batch: frozen.batch, frozen }, events: [] }
        : ignored('another-batch-came-first'),
    );
    if (result.kind !== 'changed') continue;
    await apply(shard, frozen);
    return;
  }
  throw new Error(`shard ${shard} was counted into by others ${ROUNDS_MAX} times in a row`);
}

const readAll = async <Value>(named: ReadonlyMap<string, Source>, read: (source: Source, name: string) => Promise<Value>): Promise<Record<string, Value>> =>
  Object.fromEntries(await Promise.all([...named].map(async ([name, source]) => [name, await read(source, name)] as const)));

async function apply(shard: number, { batch, deltas, counted }: Frozen): Promise<void> {
  for (const [bucket, delta] of Object.entries(deltas)) {
    await change(kinds.tally, keys.tally(shard, bucket), (tally) => {
      const state = applied(tally, batch, delta);
      return state === undefined ? ignored('counted') : { kind: 'changed', state, events: [] };
    });
  }
  for (const [source, contributions] of Object.entries(counted)) {
    await change(kinds.tallyCounted, keys.tallyCounted(shard, source), (before) =>
      before !== undefined && before.batch >= batch ? ignored('counted') : { kind: 'changed', state: { batch, contributions }, events: [] },
    );
  }
  await change(kinds.tallyHead, keys.tallyHead(shard), (head) =>
    head?.frozen?.batch === batch ? { kind: 'changed', state: { batch }, events: [] } : ignored('finished'),
  );
}

/** What all households together have contributed to these buckets: one read a bucket and shard, however many households there are. */
export async function readCounters(buckets: readonly string[]): Promise<Record<string, Counters>> {
  const shards = Array.from({ length: SHARDS }, (_, shard) => shard);
  const read = await Promise.all(
    buckets.map(async (bucket) => {
      const parts = await Promise.all(shards.map(async (shard) => (await load(kinds.tally, keys.tally(shard, bucket)))?.state.counters ?? {}));
      return [bucket, mergeCounters(parts)] as const;
    }),
  );
  return Object.fromEntries(read);
}
