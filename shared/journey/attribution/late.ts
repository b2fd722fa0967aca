/** What closes next: the days since the last time, and those that were closed too early, because touchpoints of theirs came late. */
import { z } from 'zod';
import type { Instant } from '../../values.ts';
import { dayAfter, dayOf } from './closed-path.ts';
import { CLOSES_WITHIN_DAYS, closesFrom } from './closing.ts';

export const lateSchema = z.strictObject({
  /** The first and the last day of touchpoints that came late, `YYYY-MM-DD`. */
  from: z.iso.date(),
  to: z.iso.date(),
  /** Whoever has closed them meanwhile sees that more came. */
  times: z.int().min(1),
});
export type Late = z.infer<typeof lateSchema>;

/**
 * With days on which something has come; those that close tomorrow are late as well, because clocks differ.
 * @param days `YYYY-MM-DD`
 */
export function withLate(late: Late | undefined, days: readonly string[], now: Instant): Late | undefined {
  const tomorrow = dayAfter(dayOf(now), 1);
  const came = days.filter((day) => closesFrom(day) <= tomorrow).sort();
  const [from, to] = [came[0], came.at(-1)];
  if (from === undefined || to === undefined) return late;
  if (late === undefined) return { from, to, times: 1 };
  return { from: from < late.from ? from : late.from, to: to > late.to ? to : late.to, times: late.times + 1 };
}

export interface Span {
  readonly from: string;
  readonly to: string;
}
const BEGINNING = '0001-01-01';
/** Spans of days to close now. @param closedUpTo the last day that was closed; absent: none was */
export function closingsDue({ closedUpTo, late }: { readonly closedUpTo?: string | undefined; readonly late?: Late | undefined }, now: Instant): Span[] {
  const today = dayOf(now);
  const fresh = { from: closedUpTo === undefined ? BEGINNING : dayAfter(closedUpTo, 1), to: today };
  const until = late === undefined ? undefined : dayAfter(closesFrom(late.to), CLOSES_WITHIN_DAYS);
  const again =
    late === undefined || until === undefined || closedUpTo === undefined ? [] : [{ from: closesFrom(late.from), to: until < today ? until : today }];
  return [fresh, ...again].filter(({ from, to }) => from <= to);
}
export const isWhole = ({ from }: Span): boolean => from === BEGINNING;
/** `YYYY-MM`, each month that the span touches. */
export function monthsOf({ from, to }: Span): string[] {
  const months: string[] = [];
  for (let month = from.slice(0, 7); month <= to.slice(0, 7); month = dayAfter(`${month}-28`, 4).slice(0, 7)) months.push(month);
  return months;
}
