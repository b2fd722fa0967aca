/** How a household has bought from us, read off its summary: what the purchase models ask. Times are in weeks. */
import { z } from 'zod';
import { daysBetween, instantSchema, latest, type Instant } from '../../values.ts';
import { countNamed, firstMoments, lastMoments } from '../fold/count.ts';
import type { Summary } from '../fold/summary.ts';
import { dayOf } from '../fold/trace.ts';
import { windowEnding } from '../fold/window.ts';
import { spentIn } from '../standing/condition.ts';
import type { Home } from './home.ts';

const WEEK_DAYS = 7;
const weeks = z.number().min(0).max(10_000);

export const buyingSchema = z.strictObject({
  /** Days on which something came, after the first. */
  x: z.int().min(0),
  tx: weeks,
  T: weeks,
  lastAt: instantSchema,
  /** Minor units of a day on which something came. */
  meanMinor: z.number().min(0),
  /** Of the last two times between purchases the share of the later one, 0–1; known where three purchases are in the last five weeks. */
  lastShare: z.number().gt(0).lt(1).optional(),
});
export type Buying = z.infer<typeof buyingSchema>;

const DELIVERED = ['order.delivered'];
const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;

/**
 * Undefined for a household to which nothing has ever come. What is older than the two years that a summary keeps is left out: for such a household the
 * first of those months is the beginning. @param silence of all its devices: nothing is asked for meanwhile, so that it counts for no time
 */
export function buyingOf(summary: Summary, now: Instant, silence?: Home['silence']): Buying | undefined {
  const [first] = firstMoments(summary, DELIVERED);
  const last = lastMoments(summary, DELIVERED).at(-1);
  const oldest = Object.keys(summary.months).sort().at(0);
  if (first === undefined || last === undefined || oldest === undefined) return undefined;
  const kept = instantSchema.parse(`${oldest}-01T00:00:00.000Z`);
  const from = first < kept ? kept : first;
  const row = windowEnding(summary, dayOf(last));
  // Rows of before counted orders and not days.
  const bought = row.bought ?? countNamed(row, DELIVERED);
  if (bought === 0 || last < from) return undefined;
  const silentWeeks = silence === undefined ? 0 : Math.max(0, daysBetween(latest(silence.since, last), silence.until ?? now)) / WEEK_DAYS;
  const lastShare = lastShareOf(summary);
  const x = first < kept ? bought : bought - 1;
  const tx = x === 0 ? 0 : rounded(daysBetween(from, last) / WEEK_DAYS);
  return {
    x,
    tx,
    T: Math.max(tx, rounded(daysBetween(from, now) / WEEK_DAYS - silentWeeks)),
    lastAt: last,
    meanMinor: Math.round(spentIn(row) / bought),
    ...(lastShare !== undefined && { lastShare }),
  };
}

/** Whole days: the only times between purchases that a summary still knows one by one. */
function lastShareOf({ days }: Summary): number | undefined {
  const bought = Object.keys(days)
    .filter((day) => (days[day]?.bought ?? 0) > 0)
    .sort()
    .map((day) => Date.parse(day));
  const [first, middle, last] = bought.slice(-3);
  return first === undefined || middle === undefined || last === undefined ? undefined : rounded((last - middle) / (last - first));
}
