/**
 * What a report of channels costs when a thousand journeys stand behind its counters, and when a hundred thousand do. Counters are put down as the
 * tally would leave them: shard by shard, each with what its journeys contribute.
 */
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { change } from '../../functions/runtime/store.ts';
import { readCounters } from '../../functions/runtime/tally.ts';
import type { ClosedPath } from '../../shared/journey/attribution/closed-path.ts';
import { contributionOfClosed } from '../../shared/journey/attribution/contribution.ts';
import { attributionIn, bucketsToRead } from '../../shared/journey/attribution/report.ts';
import { touchChannels } from '../../shared/journey/attribution/touch.ts';
import { freeze } from '../../shared/journey/tally/batch.ts';
import { instantOf } from '../../shared/values.ts';
import { millis, quantile, table, times, whole } from './table.ts';

const SHARDS = 16;
const CHANNELS = touchChannels.filter((_, index) => index % 5 === 0);
const TURNS = 9;
const DAY_MILLIS = 86_400_000;

/** The same journeys over and over in another mixture: what is compared is how many there are, and not how many channels. */
function pathAt(index: number, endMillis: number): ClosedPath {
  const steps = Array.from({ length: 1 + (index % 6) }, (_, step) => ({
    channel: CHANNELS[(index * 7 + step * step * 3 + Math.floor(index / 11)) % CHANNELS.length] ?? CHANNELS[0] ?? '',
    at: instantOf(endMillis - (6 - step) * 3_600_000),
  }));
  const isOrder = index % 3 !== 0;
  return { ended: isOrder ? 'order' : 'lapse', at: instantOf(endMillis), valueMinor: isOrder ? 500 + (index % 900) : 0, steps };
}

/** @param year whose first quarter they end in, so that sizes do not meet */
async function put(year: number, journeys: number): Promise<void> {
  const start = Date.UTC(year, 0, 5);
  for (let shard = 0; shard < SHARDS; shard += 1) {
    const mine = Array.from({ length: Math.ceil(journeys / SHARDS) }, (_, index) => pathAt(index * SHARDS + shard, start + (index % 80) * DAY_MILLIS));
    const { deltas = {} } = freeze({ batch: 0 }, { all: contributionOfClosed(mine) }, {}) ?? {};
    for (const [bucket, counters] of Object.entries(deltas))
      await change(kinds.tally, keys.tally(shard, bucket), () => ({ kind: 'changed', state: { batch: 1, counters }, events: [] }));
  }
}

export async function attribution(): Promise<void> {
  const sizes = [
    { year: 2001, journeys: 1_000 },
    { year: 2002, journeys: 100_000 },
  ];
  for (const { year, journeys } of sizes) await put(year, journeys);
  const taken = sizes.map(() => ({ order1: [] as number[], order4: [] as number[] }));
  for (let turn = 0; turn < TURNS; turn += 1) {
    // In turn, so that a busy machine is busy for both.
    for (const [index, { year }] of sizes.entries()) {
      for (const order of [1, 4] as const) {
        const asked = { from: `${year}-01`, to: `${year}-03`, order, withNulls: true };
        const from = performance.now();
        attributionIn(await readCounters(bucketsToRead(asked)), asked);
        taken[index]?.[order === 1 ? 'order1' : 'order4'].push(performance.now() - from);
      }
    }
  }
  const medians = taken.map(({ order1, order4 }) => [quantile(order1, 0.5), quantile(order4, 0.5)] as const);
  const rows = sizes.map(({ journeys }, index) => [whole(journeys), millis(medians[index]?.[0] ?? NaN), millis(medians[index]?.[1] ?? NaN)]);
  const [few, many] = medians;
  if (few !== undefined && many !== undefined) rows.push(['  against the first', times(many[0] / few[0]), times(many[1] / few[1])]);
  process.stdout.write(`${table(['channels of a quarter, from so many journeys', 'remembering 1 touch', 'remembering 4'], rows)}\n`);
}
