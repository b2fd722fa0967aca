/**
 * The rhythm of a household's week, where it has one: who shops on Saturdays uses it up on Saturdays, as far as anybody can see. Time then
 * passes faster on some days than on others (a Poisson process with a weekly rate: Cox & Lewis 1966, §2.3), by factors whose mean is 1.
 */
import { z } from 'zod';
import { daysBetween, millisOf, type Instant } from '../../values.ts';
import type { Forecast } from './forecast.ts';

const DAYS = 7;
const DAY_MILLIS = 86_400_000;

export const weekSchema = z.strictObject({
  /** Uses from Thursday on (the first of January 1970 was one), UTC: half of them forgotten after so many more. */
  uses: z.array(z.number().min(0)).length(DAYS),
  /** By how much the week has foretold uses better than no week would have, in natural logarithms of the likelihood, as far as it is remembered. */
  gain: z.number(),
});
export type Week = z.infer<typeof weekSchema>;

/** An even week is worth so many uses: a fortnight's luck makes no rhythm. */
const EVEN_USES = Number(process.env.EU ?? 21);
const HALVED_AFTER_USES = 100;
const KEPT = 2 ** (-1 / HALVED_AFTER_USES);
/** e² = 7 times as likely with the week as without (Dawid 1984, prequential; Kass & Raftery 1995 call it positive evidence). */
const GAIN_MIN = Number(process.env.GM ?? 2);

const dayOf = (at: Instant): number => millisOf(at) / DAY_MILLIS;
const factorsOf = ({ uses }: Week): number[] => {
  const sum = uses.reduce((total, one) => total + one, 0);
  return uses.map((one) => (one + EVEN_USES / DAYS) / ((sum + EVEN_USES) / DAYS));
};

/** ∫ of the factors from one day to another, in days. @param from and @param to since 1970, with their parts that have passed */
function between(factors: readonly number[], from: number, to: number): number {
  const upTo = (day: number): number => {
    const [whole, rest] = [Math.floor(day), day - Math.floor(day)];
    const inWeek = ((whole % DAYS) + DAYS) % DAYS;
    return whole - inWeek + factors.slice(0, inWeek).reduce((sum, one) => sum + one, 0) + rest * (factors[inWeek] ?? 1);
  };
  return upTo(to) - upTo(from);
}

const EVEN: Week = { uses: Array.from({ length: DAYS }, () => 0), gain: 0 };
const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;

/**
 * A use was told: the week is scored on it first, and learns from it then. @param before undefined for a supply whose week nobody has watched
 * @param use perDay: uses a day that were expected before it; sinceAt: the last one
 */
export function noteInWeek(before: Week | undefined, use: { readonly at: Instant; readonly sinceAt: Instant; readonly perDay: number }): Week {
  const week = before ?? EVEN;
  const [from, to] = [dayOf(use.sinceAt), dayOf(use.at)];
  const factors = factorsOf(week);
  const today = ((Math.floor(to) % DAYS) + DAYS) % DAYS;
  const gain = Math.log(factors[today] ?? 1) - use.perDay * (between(factors, from, to) - Math.max(0, daysBetween(use.sinceAt, use.at)));
  return { uses: week.uses.map((one, index) => rounded(one * KEPT + (index === today ? 1 : 0))), gain: rounded(week.gain * KEPT + gain) };
}

export const isWeekHeard = (week: Week | undefined): week is Week => week !== undefined && week.gain >= GAIN_MIN;

/** The same forecast on a clock that follows the week; as it is where the week has earned no say. */
export function inWeek(forecast: Forecast, week: Week | undefined, now: Instant): Forecast {
  if (!isWeekHeard(week)) return forecast;
  const [factors, from] = [factorsOf(week), dayOf(now)];
  return {
    meanPerDay: forecast.meanPerDay,
    portion: forecast.portion,
    usedUp: (amount, horizonDays) => forecast.usedUp(amount, between(factors, from, from + Math.max(0, horizonDays))),
  };
}
