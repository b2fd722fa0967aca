/**
 * How a shop's goods come against what it has promised, week by week: a figure of a few numbers beside the shop, so that “later than usual” needs no
 * look at orders. No household is in it.
 */
import { z } from 'zod';
import { digest } from '../digest.ts';
import { difference, wilson } from '../journey/proportion.ts';
import type { Signal } from '../journey/signal/signal.ts';
import { addDuration, duration, instantSchema, retailerIdSchema, type Instant, type RetailerId } from '../values.ts';

const WEEKS_KEPT = 16;
const count = z.int().min(0);
const weekSchema = z.strictObject({ /** Its Monday. */ week: z.iso.date(), onTime: count, late: count, daysLate: count });
export const latenessSchema = z.strictObject({ retailerId: retailerIdSchema, weeks: z.array(weekSchema).max(WEEKS_KEPT) });
export type Lateness = z.infer<typeof latenessSchema>;
type Week = z.infer<typeof weekSchema>;

const DAY_MILLIS = 86_400_000;
/** UTC: weeks of shops, not of households. */
function mondayOf(at: Instant): string {
  const day = Math.floor(Date.parse(at) / DAY_MILLIS);
  return new Date((day - ((day + 3) % 7)) * DAY_MILLIS).toISOString().slice(0, 10);
}

/** With one more delivery. The same whatever the order in which they come. */
export function withDelivery(before: Lateness | undefined, retailerId: RetailerId, delivered: { readonly at: Instant; readonly daysLate: number }): Lateness {
  const week = mondayOf(delivered.at);
  const known = before?.weeks.find((one) => one.week === week) ?? { week, onTime: 0, late: 0, daysLate: 0 };
  const isLate = delivered.daysLate > 0;
  const next = { week, onTime: known.onTime + (isLate ? 0 : 1), late: known.late + (isLate ? 1 : 0), daysLate: known.daysLate + delivered.daysLate };
  const weeks = [...(before?.weeks ?? []).filter((one) => one.week !== week), next].sort((a, b) => (a.week < b.week ? -1 : 1));
  return { retailerId, weeks: weeks.slice(-WEEKS_KEPT) };
}

/** This week and the three before are held against the ones before them. */
const RECENT_DAYS = 21;
const LEAST = 20;
/** Less than half a day is how parcels are. */
const DAYS_MIN = 0.5;

/**
 * Goods come later than they did. A shop that has always been late is no news: the lead time that each supply has learnt holds it already. A shop that
 * nobody knows from before is one when more than half of its deliveries are surely late.
 */
export function lateGoodsOf({ retailerId, weeks }: Lateness, now: Instant): Extract<Signal, { kind: 'late-goods' }> | undefined {
  const since = mondayOf(addDuration(now, duration(-RECENT_DAYS, 'days')));
  const [recent, before] = [summed(weeks.filter(({ week }) => week >= since)), summed(weeks.filter(({ week }) => week < since))];
  if (recent.of < LEAST) return undefined;
  const isKnown = before.of >= LEAST;
  const isLater = isKnown ? difference(recent, before).low > 0 : wilson(recent).low > 0.5;
  const days = Math.round(10 * (recent.days / recent.of - (isKnown ? before.days / before.of : 0))) / 10;
  if (!isLater || days < DAYS_MIN) return undefined;
  const at = instantSchema.parse(`${weeks.find(({ week }) => week >= since)?.week ?? since}T00:00:00.000Z`);
  // Looked at anew with each delivery; where none comes it is over with the week after.
  const until = addDuration(instantSchema.parse(`${weeks.at(-1)?.week ?? since}T00:00:00.000Z`), duration(14, 'days'));
  return until <= now
    ? undefined
    : { signalId: `late-goods-${digest([retailerId], 16)}`, kind: 'late-goods', at, retailerId, gtins: [], days: Math.min(90, days), until };
}

const summed = (weeks: readonly Week[]) => ({
  having: weeks.reduce((sum, { late }) => sum + late, 0),
  of: weeks.reduce((sum, { onTime, late }) => sum + onTime + late, 0),
  days: weeks.reduce((sum, { daysLate }) => sum + daysLate, 0),
});
