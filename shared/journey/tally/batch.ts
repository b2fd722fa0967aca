/**
 * Counters that a report can read at a cost that does not depend on how many households there are. Each item of a journey contributes to named
 * counters; what it contributes as it stands takes the place of what it contributed before. The store has no transaction over several items, so a batch is
 * frozen first (what it will change, under a number of its own) and then applied, item by item, each only if its last batch is older: whoever finds
 * a frozen batch may finish it, and nothing is counted twice (the write-ahead log of databases: Mohan et al., ARIES, 1992).
 */
import { z } from 'zod';
import { canonicalJson } from '../../digest.ts';

const amount = z.int();
const countersSchema = z.record(z.string().min(1).max(160), amount);
export type Counters = z.infer<typeof countersSchema>;

/**
 * `YYYY-MM-DD`: it happened on this day, and counts for its month too. `YYYY-MM~part`: what only some readers want, by the month alone and apart from the
 * rest. `now`: how it stands, taken back when it no longer does.
 */
export const bucketSchema = z.union([z.literal('now'), z.string().regex(/^\d{4}-\d\d(?:-\d\d|~[a-z0-9.]{1,12})$/)]);
export const contributionSchema = z.strictObject({ bucket: bucketSchema, counters: countersSchema });
export type Contribution = z.infer<typeof contributionSchema>;

/** What an item of a journey contributes as it stands; nothing, once it is gone. `source` names the item, not the household. */
export type Incoming = Readonly<Record<string, readonly Contribution[]>>;

export const countedSchema = z.strictObject({ batch: z.int().min(1), contributions: z.array(contributionSchema) });
export type Counted = z.infer<typeof countedSchema>;

export const frozenSchema = z.strictObject({
  batch: z.int().min(1),
  /** Bucket → counter → how much more, or less. */
  deltas: z.record(z.string(), countersSchema),
  counted: z.record(z.string(), z.array(contributionSchema)),
});
export type Frozen = z.infer<typeof frozenSchema>;

/** Of one shard: the number of its last batch, which may not be applied yet. */
export const headSchema = z.strictObject({ batch: z.int().min(0), frozen: frozenSchema.optional() });
export type Head = z.infer<typeof headSchema>;

export const tallySchema = z.strictObject({ batch: z.int().min(1), counters: countersSchema });
export type Tally = z.infer<typeof tallySchema>;

/**
 * Undefined when all of it is counted already. The items have to be read after the head, and the head written only if nobody else has written it
 * since: then whoever read an older state of an item comes too late and reads it again.
 * @param counted what each source has contributed so far
 */
export function freeze(head: Head, incoming: Incoming, counted: Readonly<Record<string, Counted | undefined>>): Frozen | undefined {
  const changed = Object.entries(incoming).filter(
    ([source, contributions]) => canonicalJson(contributions) !== canonicalJson(counted[source]?.contributions ?? []),
  );
  if (changed.length === 0) return undefined;
  const deltas: Record<string, Counters> = {};
  for (const [source, contributions] of changed) {
    add(deltas, counted[source]?.contributions ?? [], -1);
    add(deltas, contributions, 1);
  }
  return {
    batch: head.batch + 1,
    deltas: Object.fromEntries(Object.entries(deltas).flatMap(([bucket, counters]) => (Object.keys(counters).length === 0 ? [] : [[bucket, counters]]))),
    counted: Object.fromEntries(changed.map(([source, contributions]) => [source, [...contributions]])),
  };
}

function add(deltas: Record<string, Counters>, contributions: readonly Contribution[], times: 1 | -1): void {
  for (const { bucket, counters } of contributions) {
    for (const into of isDay(bucket) ? [bucket, monthOf(bucket)] : [bucket]) {
      const sums = (deltas[into] ??= {});
      for (const [name, value] of Object.entries(counters)) {
        const sum = (sums[name] ?? 0) + times * value;
        if (sum === 0) Reflect.deleteProperty(sums, name);
        else sums[name] = sum;
      }
    }
  }
}

const isDay = (bucket: string): boolean => /^\d{4}-\d\d-\d\d$/.test(bucket);
const monthOf = (day: string): string => day.slice(0, 7);
const DAY_MILLIS = 86_400_000;

/** Whole months where the period holds them, days at its edges: a year is read in a few dozen items. @param from, to `YYYY-MM-DD`, both included */
export function bucketsOf(from: string, to: string): string[] {
  const buckets: string[] = [];
  for (let day = from; day <= to;) {
    const month = monthOf(day);
    const isWhole = day.endsWith('-01') && lastOf(month) <= to;
    buckets.push(isWhole ? month : day);
    day = dayAfter(isWhole ? lastOf(month) : day);
  }
  return buckets;
}
const dayAfter = (day: string): string => new Date(Date.parse(day) + DAY_MILLIS).toISOString().slice(0, 10);
const lastOf = (month: string): string => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).toISOString().slice(0, 10);

/** Undefined where this batch, or a later one, is in it already. */
export function applied(tally: Tally | undefined, batch: number, delta: Counters): Tally | undefined {
  if (tally !== undefined && tally.batch >= batch) return undefined;
  const counters: Counters = { ...tally?.counters };
  for (const [name, value] of Object.entries(delta)) {
    const sum = (counters[name] ?? 0) + value;
    if (sum === 0) Reflect.deleteProperty(counters, name);
    else counters[name] = sum;
  }
  return { batch, counters };
}

/** What the shards of a bucket, or the buckets of a period, hold together. */
export function mergeCounters(parts: readonly Counters[]): Counters {
  const merged: Counters = {};
  for (const part of parts) for (const [name, value] of Object.entries(part)) merged[name] = (merged[name] ?? 0) + value;
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== 0));
}
