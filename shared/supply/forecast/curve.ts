/** How the level of a supply goes on from now: the middle course and the 10–90 % band, with what is on its way. */
import { daysBetween, duration, addDuration, latest, type Instant } from '../../values.ts';
import { demandQuantile, type Forecast } from './forecast.ts';
import { roundAmount } from '../stock.ts';

export interface LevelPoint {
  readonly at: Instant;
  /** One half of all courses ends above, one half below. */
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

export interface Arrival {
  readonly at: Instant;
  readonly amount: number;
}

/** Beside two for each arrival. */
const POINTS = 32;
const ARRIVALS_MAX = 4;

/**
 * Amounts in base units. The edges are quantiles of what is used by then (forecast.ts), so the middle course meets zero where the projected
 * stockout has its median, and the edges of the band where it has p10 and p90. Nobody uses what is not there: from zero the level rises
 * with the next arrival by the whole of it (Skorokhod reflection at zero, per course).
 * @param at.forecast made `now` @param at.until the last point; later than now. Arrivals that are overdue are taken to come now.
 */
export function levelCurve(at: { forecast: Forecast; inHouse: number; arrivals: readonly Arrival[]; now: Instant; until: Instant }): LevelPoint[] {
  const { forecast, now, until } = at;
  const arrivals = at.arrivals
    .map(({ at: due, amount }) => ({ days: daysBetween(now, latest(due, now)), amount }))
    .filter(({ days }) => days <= daysBetween(now, until))
    .sort((a, b) => a.days - b.days);
  const moments = momentsOf(daysBetween(now, until), arrivals);
  // Much used is a low level: 90 % of courses use less than the quantile that draws the lower edge.
  const [expected, low, high] = [0.5, 0.9, 0.1].map((probability) => course({ forecast, probability, moments, arrivals, inHouse: at.inHouse }));
  return moments.map(({ days }, index) => ({
    at: addDuration(now, duration(days, 'days')),
    ...{ expected: expected?.[index] ?? 0, low: low?.[index] ?? 0, high: high?.[index] ?? 0 },
  }));
}

interface Moment {
  readonly days: number;
  /** How many arrivals have come by then: an arrival has a moment before it and one after. */
  readonly arrived: number;
}

function momentsOf(days: number, arrivals: readonly { readonly days: number }[]): Moment[] {
  const arrivedBy = (day: number): number => arrivals.filter((one) => one.days <= day).length;
  const even = Array.from({ length: POINTS + 1 }, (_, index) => (days * index) / POINTS).map((day) => ({ days: day, arrived: arrivedBy(day) }));
  const steps = arrivals.slice(0, ARRIVALS_MAX).flatMap(({ days: day }, index) => [
    { days: day, arrived: index },
    { days: day, arrived: index + 1 },
  ]);
  const isStep = new Set(steps.map(({ days: day }) => day));
  return [...even.filter(({ days: day }) => !isStep.has(day)), ...steps].sort((a, b) => a.days - b.days || a.arrived - b.arrived);
}

interface Course {
  readonly forecast: Forecast;
  readonly probability: number;
  readonly moments: readonly Moment[];
  readonly arrivals: readonly { readonly amount: number }[];
  readonly inHouse: number;
}

function course({ forecast, probability, moments, arrivals, inHouse }: Course): number[] {
  let lowest = 0;
  return moments.map(({ days, arrived }) => {
    const came = arrivals.slice(0, arrived).reduce((sum, { amount }) => sum + amount, 0);
    const balance = inHouse + came - demandQuantile(forecast, days, probability);
    lowest = Math.min(lowest, balance);
    return roundAmount(balance - lowest);
  });
}
