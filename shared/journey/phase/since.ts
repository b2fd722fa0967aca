/** Since when a rule has held without a break, by the touchpoints' own times. */
import { instantOf, type Instant } from '../../values.ts';
import { countNamed, momentsOf } from '../fold/count.ts';
import type { Row, Summary } from '../fold/summary.ts';
import { dayOf, monthOf } from '../fold/trace.ts';
import type { PhaseRule } from './phase-rules.ts';

type Counted = Pick<PhaseRule, 'some' | 'both' | 'minus' | 'none' | 'least' | 'days'>;

const DAY = 86_400_000;
const dayBefore = (day: string, days = 1): string => new Date(Date.parse(day) - days * DAY).toISOString().slice(0, 10);
const startOf = (day: string): Instant => instantOf(Date.parse(day));

/** Per day or month: how many of each kind the rule counts. */
interface Counts {
  readonly some: number;
  readonly both: number;
  readonly minus: number;
  readonly none: number;
}
const countsOf = (rule: Counted, row: Row, line: string): Counts => ({
  some: countNamed(row, rule.some, line),
  both: countNamed(row, rule.both ?? rule.some, line),
  minus: countNamed(row, rule.minus ?? [], line),
  none: countNamed(row, rule.none ?? [], line),
});
function holdsFor(rule: Counted, parts: readonly Counts[]): boolean {
  const sum = parts.reduce(
    (all, { some, both, minus, none }) => ({
      some: all.some + some,
      both: all.both + both,
      minus: all.minus + minus,
      none: all.none + none,
    }),
    NOTHING,
  );
  return sum.none === 0 && Math.min(sum.some, sum.both) - sum.minus >= rule.least;
}
const NOTHING: Counts = { some: 0, both: 0, minus: 0, none: 0 };

/** Of a rule that holds now. To the day as far as the days are kept whole; before that, the beginning of the month. */
export function sinceOf(summary: Summary, rule: Counted, line: string, now: Instant): Instant {
  const { days } = rule;
  if (days === undefined) return sinceOfAllTime(summary, rule, line, now);
  const kept = new Map(Object.entries(summary.days).map(([day, row]) => [day, countsOf(rule, row, line)]));
  const oldest = [...kept.keys()].sort().at(0) ?? dayOf(now);
  // Days are all there when no month is older than they are.
  const isWhole = !Object.keys(summary.months).some((month) => month < monthOf(startOf(oldest)));
  const holdsOn = (day: string): boolean =>
    holdsFor(
      rule,
      Array.from({ length: days }, (_, index) => kept.get(dayBefore(day, index)) ?? NOTHING),
    );
  let day = dayOf(now);
  while (dayBefore(day) >= (isWhole ? oldest : dayBefore(oldest, 1 - days)) && holdsOn(dayBefore(day))) day = dayBefore(day);
  const isCutOff = !isWhole && dayBefore(day) < dayBefore(oldest, 1 - days);
  return isCutOff ? sinceByMonth(summary, rule, line, day) : momentWithin(summary, rule, day);
}

/** The whole past is asked: it holds since the first touchpoint that it counts, or since the last that takes away when such are counted. */
function sinceOfAllTime(summary: Summary, rule: Counted, line: string, now: Instant): Instant {
  const days = Object.entries(summary.days).sort(([a], [b]) => (a < b ? 1 : -1));
  const total = Object.values(summary.months).map((row) => countsOf(rule, row, line));
  let undone = NOTHING;
  for (const [day, row] of days) {
    const { some, both, minus, none } = countsOf(rule, row, line);
    undone = { some: undone.some - some, both: undone.both - both, minus: undone.minus - minus, none: undone.none - none };
    // Without this day it did not hold yet.
    if (!holdsFor(rule, [...total, undone])) return momentWithin(summary, rule, day);
  }
  const first = momentsOf(summary, rule.some).first;
  return first === undefined || first > now ? now : first;
}

/** Back through months in each of which it held. */
function sinceByMonth(summary: Summary, rule: Counted, line: string, day: string): Instant {
  const months = Object.entries(summary.months)
    .filter(([month]) => month <= day.slice(0, 7))
    .sort(([a], [b]) => (a < b ? 1 : -1));
  let earliest = day.slice(0, 7);
  for (const [month, row] of months) {
    if (month < earliest && month !== monthBefore(earliest)) break;
    if (month !== day.slice(0, 7) && !holdsFor(rule, [countsOf(rule, row, line)])) break;
    earliest = month;
  }
  return momentWithin(summary, rule, `${earliest}-01`, earliest === day.slice(0, 7) ? day : undefined);
}
const monthBefore = (month: string): string => dayBefore(`${month}-01`).slice(0, 7);

/** The very moment where it is known: when something that the rule counts was that day for the first time. */
function momentWithin(summary: Summary, rule: Counted, day: string, otherwise = day): Instant {
  const { first } = momentsOf(summary, [...rule.some, ...(rule.both ?? [])]);
  if (first === undefined) return startOf(otherwise);
  return dayOf(first) === day || first > startOf(otherwise) ? first : startOf(otherwise);
}
