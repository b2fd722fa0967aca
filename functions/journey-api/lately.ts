/**
 * What is read of a household's journey for one page, however long that journey is: the touchpoints that came last, the traces of so many days,
 * and the sum of everything.
 */
import type { EmotionPoint } from '../../shared/journey/emotion/points.ts';
import { dayOf, traceId, traceOf, type Trace } from '../../shared/journey/fold/trace.ts';
import { allOf, type Summary } from '../../shared/journey/fold/summary.ts';
import { isFolded } from '../../shared/journey/retention.ts';
import type { Touchpoint } from '../../shared/journey/touchpoint.ts';
import { addDuration, duration, instantOf, millisOf, orderIdSchema, type HouseholdId, type Instant, type OrderId } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { listNewest, load } from '../runtime/store.ts';
import { touchpointsBetween } from '../update-journey/journey-of.ts';

/** Enough for what was not folded yet, and for whoever objects to being summed up. */
const NEWEST = 200;
/** A mood is half unknown after thirty days, and expectations are looked at over ninety. */
const DAYS_LATELY = 120;
/** As long as days are kept: the calendar bounds it and not what happened. */
const DAYS_EVER = 800;
const DAY_MILLIS = 86_400_000;

/** A trace with the order that it is a step of, if it is one. */
export interface Step extends Trace {
  readonly orderId?: string;
}
export interface Lately {
  /** The newest first. */
  readonly newest: readonly Touchpoint[];
  /** The place from which older ones are read. */
  readonly older?: string;
  /** Undefined for whoever objects to a profile: then there are no days either. */
  readonly summary: Summary | undefined;
  readonly steps: readonly Step[];
  /** Those of the steps that are kept for two years: what goes sooner would be on a map in part. */
  readonly lasting: readonly Step[];
  readonly from: Instant;
  /** Of two years. */
  readonly count: number;
}

/** @param all everything that is kept, on demand, instead of the last months */
export async function readLately(householdId: HouseholdId, now: Instant, all = false): Promise<Lately> {
  const days = all ? DAYS_EVER : DAYS_LATELY;
  const from = instantOf(Math.floor(millisOf(now) / DAY_MILLIS - days) * DAY_MILLIS);
  const ever = addDuration(now, duration(1, 'days'));
  const [{ touchpoints: newest, older }, stored, found] = await Promise.all([
    touchpointsBetween(householdId, { from: addDuration(now, duration(-DAYS_EVER, 'days')), before: ever, most: NEWEST }),
    load(kinds.journey, keys.journey(householdId)),
    listNewest(kinds.dayTraces, householdPk(householdId), { from: `DAY#${dayOf(from)}`, to: `DAY#${dayOf(ever)}`, limit: days + 2 }),
  ]);
  const summary = stored?.state.profiling?.allowed === false ? undefined : stored?.state;
  const traces = Object.fromEntries(found.flatMap(({ state }) => Object.entries(state.traces)));
  // Older days than these have been folded long ago.
  const unfolded = newest.filter((touchpoint) => touchpoint.at >= from && traces[traceId(touchpoint)] === undefined);
  const folded = Object.values(traces).map(stepOf);
  return {
    ...{ newest, summary, from, steps: [...folded, ...unfolded.map((one) => stepOf(traceOf(one)))] },
    lasting: [...folded, ...unfolded.filter((one) => summary === undefined || isFolded(one)).map((one) => stepOf(traceOf(one)))],
    ...(older !== undefined && { older }),
    count: Math.max(newest.length, summary === undefined ? 0 : allOf(summary).touchpoints),
  };
}

const stepOf = (trace: Trace): Step => ({ ...trace, ...(trace.about !== undefined && { orderId: trace.about }) });

/** Those that anything was heard of, the last heard of first. */
export function ordersHeardOf(steps: readonly Step[]): OrderId[] {
  const last = new Map<OrderId, Instant>();
  for (const { about, at } of steps) {
    const order = orderIdSchema.safeParse(about);
    if (order.success && (last.get(order.data) ?? '') < at) last.set(order.data, at);
  }
  return [...last].sort(([, a], [, b]) => (a < b ? 1 : -1)).map(([orderId]) => orderId);
}

export const byTime = (points: EmotionPoint[]): EmotionPoint[] => points.sort((a, b) => (a.at < b.at ? -1 : 1));
