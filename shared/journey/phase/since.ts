/** Since when a rule has held without a break, by the touchpoints' own times. */
import { instantOf, type Instant } from '../../values.ts';
import { countCampaigns, countNamed, firstMoments, WHOLE } from '../fold/count.ts';
import type { Row, Summary } from '../fold/summary.ts';
import { dayOf, monthOf } from '../fold/trace.ts';
import type { PhaseRule } from './phase-rules.ts';

type Counted = Pick<PhaseRule, 'some' | 'campaigns' | 'both' | 'minus' | 'none' | 'least' | 'most' | 'days'>;

const DAY = 86_400_000;
/** A summary keeps rows of as many days up to its newest. */
export const DAYS_KNOWN = 35;
const dayBefore = (day: string, days = 1): string => new Date(Date.parse(day) - days * DAY).toISOString().slice(0, 10);
const startOf = (day: string): Instant => instantOf(Date.parse(day));

/** Per day or month: how many of each kind the rule counts. */
interface Counts {
  readonly some: number;
  readonly both: number;
  readonly minus: number;
  readonly none: number;
}
export const countSome = (rule: Pick<Counted, 'some' | 'campaigns'>, row: Row, line: string): number =>
  countNamed(row, rule.some, line) + (rule.campaigns === true && line === WHOLE ? countCampaigns(row) : 0);

function countsOf(rule: Counted, row: Row, line: string): Counts {
  const count = (asked: readonly string[] | undefined): number => (asked === undefined ? 0 : countNamed(row, asked, line));
  const some = countSome(rule, row, line);
  return { some, both: rule.both === undefined ? some : count(rule.both), minus: count(rule.minus), none: count(rule.none) };
}
function holdsFor(rule: Counted, parts: readonly Counts[]): boolean {
  const sum = { some: 0, both: 0, minus: 0, none: 0 };
  for (const { some, both, minus, none } of parts) {
    sum.some += some;
    sum.both += both;
    sum.minus += minus;
    sum.none += none;
  }
  const found = Math.min(sum.some, sum.both) - sum.minus;
  return sum.none === 0 && found >= rule.least && found <= (rule.most ?? Infinity);
}
const NOTHING: Counts = { some: 0, both: 0, minus: 0, none: 0 };

/** Of a rule that holds now. To the day as far as the days are kept whole; before that, the beginning of the month. */
export function sinceOf(summary: Summary, rule: Counted, line: string, now: Instant): Instant {
  const { days } = rule;
  if (days === undefined) return sinceOfAllTime(summary, rule, line, now);
  const today = dayOf(now);
  const newest = Object.keys(summary.days).reduce((a, b) => (a > b ? a : b), '') || today;
  const oldest = dayBefore(newest, DAYS_KNOWN - 1);
  // Nothing is forgotten when no month is older than the days are.
  const isWhole = !Object.keys(summary.months).some((month) => month < monthOf(startOf(oldest)));
  const dayNumber = (day: string): number => (Date.parse(day) - Date.parse(oldest)) / DAY;
  const counts: Counts[] = [];
  for (const [day, row] of Object.entries(summary.days)) counts[dayNumber(day)] = countsOf(rule, row, line);
  const holdsOn = (last: number): boolean =>
    holdsFor(
      rule,
      Array.from({ length: days }, (_, index) => counts[last - index] ?? NOTHING),
    );
  let begun = dayNumber(today);
  while (begun > 0 && holdsOn(begun - 1)) begun -= 1;
  const day = dayBefore(oldest, -begun);
  // The window of the day before reaches back into days that are forgotten, and what is left of it was too little.
  const isCutOff = !isWhole && begun - days < 0;
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
  const [first] = firstMoments(summary, rule.some);
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

/** The very moment where it is known: when something that the rule counts was there that day for the first time. */
function momentWithin(summary: Summary, rule: Counted, day: string, otherwise = day): Instant {
  const firsts = firstMoments(summary, [...rule.some, ...(rule.both ?? [])]);
  const thatDay = firsts.filter((at) => dayOf(at) === day);
  const start = startOf(otherwise);
  const [first = start] = firsts;
  return (rule.least === 1 ? thatDay.at(0) : thatDay.at(-1)) ?? (first > start ? first : start);
}
