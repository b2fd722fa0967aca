/**
 * What a touchpoint costs from its arrival to the reports: stored, folded into its day, its process and the household's summary, judged, counted.
 * Beside it the store's bare append of the same touchpoints, in the same run and turn by turn, so that a busy machine is busy for both.
 */
import { foldTouchpoints } from '../../functions/update-journey/fold-touchpoints.ts';
import { contributionsNow } from '../../functions/tally-journeys/contributions-now.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { createOnce } from '../../functions/runtime/store.ts';
import { countContributions, readCounters } from '../../functions/runtime/tally.ts';
import { digest } from '../../shared/digest.ts';
import { attribution } from './attribution.ts';
import { bucketsOfReport, reportOf } from '../../shared/journey/report/report.ts';
import { dayOf } from '../../shared/journey/fold/trace.ts';
import { touchpointSchema, type Touchpoint } from '../../shared/journey/touchpoint.ts';
import { householdIdSchema, instantOf, millisOf, type HouseholdId } from '../../shared/values.ts';
import { between, openWorld } from '../functions/harness.ts';
import { millis, quantile, table, times, whole } from './table.ts';

const DAYS = 730;
const TURNS = 150;
const BATCH = 25;
const DAY_MILLIS = 86_400_000;

const steps = [
  ['supply.low', 'fridge', 'device', 'information'],
  ['order.proposed', 'nachschub', 'automation', 'comparison'],
  ['order.approved', 'nachschub', 'automation', 'closing'],
  ['order.placed', 'retailer', 'automation', 'closing'],
  ['order.accepted', 'retailer', 'company', 'logistics'],
  ['order.shipped', 'retailer', 'company', 'logistics'],
  ['order.delivered', 'retailer', 'company', 'logistics'],
  ['page', 'web', 'customer', 'information'],
] as const;

let made = 0;
function touchpointAt(householdId: HouseholdId, atMillis: number): Touchpoint {
  made += 1;
  const [type, channel, initiator, phase] = steps[made % steps.length] ?? steps[0];
  const at = instantOf(atMillis);
  return touchpointSchema.parse({
    ...{
      touchpointId: `tp_${digest([householdId, made])}`,
      householdId,
      source: 'events',
      messageId: `m${made}`,
      type,
      channel,
      initiator,
      phase,
      at,
      receivedAt: at,
    },
    ...(type.startsWith('order.') && { orderId: `ord_${Math.floor(made / steps.length)}` }),
    productLine: 'groceries',
  });
}

/** Two years in which so many have come, evenly. */
async function past(householdId: HouseholdId, many: number, until: number): Promise<void> {
  const apart = (DAYS * DAY_MILLIS) / many;
  let ofDay: Touchpoint[] = [];
  for (let index = 0; index < many; index += 1) {
    const touchpoint = touchpointAt(householdId, Math.floor(until - DAYS * DAY_MILLIS + index * apart));
    if (ofDay[0] !== undefined && dayOf(ofDay[0].at) !== dayOf(touchpoint.at)) {
      await foldTouchpoints(householdId, ofDay);
      ofDay = [];
    }
    ofDay.push(touchpoint);
  }
  await foldTouchpoints(householdId, ofDay);
}

const append = async (touchpoints: readonly Touchpoint[]): Promise<void> => {
  for (const touchpoint of touchpoints) await createOnce(kinds.touchpoint, keys.touchpoint(touchpoint), touchpoint);
};

async function live(householdId: HouseholdId, touchpoints: readonly Touchpoint[]): Promise<void> {
  await append(touchpoints);
  await foldTouchpoints(householdId, touchpoints);
  const pk = keys.journey(householdId).pk;
  const days = [...new Set(touchpoints.map(({ at }) => dayOf(at)))].map((day) => keys.dayTraces(householdId, day));
  const processes = [...new Set(touchpoints.flatMap(({ orderId }) => orderId ?? []))].map((about) => keys.processTraces(householdId, about));
  await countContributions([...days, ...processes, { pk, sk: 'STANDING' }], contributionsNow);
}

interface Cost {
  readonly millis: number[];
  bytes: number;
}
async function timed(cost: Cost, meter: { bytes: number }, work: () => Promise<void>): Promise<void> {
  const [from, bytes] = [performance.now(), meter.bytes];
  await work();
  cost.millis.push(performance.now() - from);
  cost.bytes += meter.bytes - bytes;
}
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export async function journey(): Promise<void> {
  const world = await openWorld();
  const meter = { bytes: 0 };
  between((handle) => async (request) => {
    const answer = await handle(request);
    meter.bytes += request.body.length + answer.body.length;
    return answer;
  });
  const now = millisOf(world.now);
  const [few, many] = [householdIdSchema.parse('hh_few'), householdIdSchema.parse('hh_many')];
  process.stdout.write(`Two years of a household with 1,000 touchpoints, and of one with 100,000 …\n`);
  await past(few, 1_000, now);
  await past(many, 100_000, now);
  const rows: string[][] = [];
  for (const size of [1, BATCH]) {
    const costs = { append: { millis: [], bytes: 0 }, few: { millis: [], bytes: 0 }, many: { millis: [], bytes: 0 } } satisfies Record<string, Cost>;
    const rounds = Math.ceil(TURNS / size) + (size > 1 ? 14 : 0);
    for (let round = 0; round < rounds; round += 1) {
      // Some twenty a day, as a household has them.
      const batch = (of: HouseholdId) => Array.from({ length: size }, (_, index) => touchpointAt(of, now + (round * size + index) * (DAY_MILLIS / 20)));
      const bare = batch(householdIdSchema.parse('hh_bare'));
      await timed(costs.append, meter, () => append(bare));
      const [ofFew, ofMany] = [batch(few), batch(many)];
      // The one that comes second would find everything warm: they take turns.
      const both = [() => timed(costs.few, meter, () => live(few, ofFew)), () => timed(costs.many, meter, () => live(many, ofMany))];
      for (const one of round % 2 === 0 ? both : both.reverse()) await one();
    }
    const perTouchpoint = (cost: Cost) => mean(cost.millis) / size;
    const row = (name: string, cost: Cost) => [
      ...[`${name}, ${whole(size)} at a time`, millis(perTouchpoint(cost)), millis(quantile(cost.millis, 0.5) / size), whole(1_000 / perTouchpoint(cost))],
      ...[whole(cost.bytes / cost.millis.length / size), times(perTouchpoint(cost) / perTouchpoint(costs.append))],
    ];
    rows.push(row('append alone', costs.append), row('all of it, 1,000 before', costs.few), row('all of it, 100,000 before', costs.many));
    rows.push([
      '  100,000 against 1,000',
      times(quantile(costs.many.millis, 0.5) / quantile(costs.few.millis, 0.5)),
      '',
      '',
      times(costs.many.bytes / costs.few.bytes),
      '',
    ]);
  }
  process.stdout.write(`${table(['one touchpoint', 'mean', 'median', 'a second', 'bytes to and from the store', 'of the append'], rows)}\n`);
  const period = { from: dayOf(instantOf(now - 365 * DAY_MILLIS)), to: dayOf(instantOf(now)) };
  const from = performance.now();
  reportOf(period, await readCounters(bucketsOfReport(period)));
  process.stdout.write(
    `A report of a year: ${millis(performance.now() - from)}, ${whole(bucketsOfReport(period).length)} buckets in 16 shards, however many households there are\n`,
  );
  await attribution();
  await world.close();
}
