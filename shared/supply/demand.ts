/**
 * How fast a household uses something up, and how sure we are: gamma-Poisson with forgetting. Uses of one portion come as a Poisson
 * process whose rate is Gamma(shape, rateDays); what is used in H days is then negative binomial NB(shape, rateDays / (rateDays + H)).
 * Forgetting (West & Harrison 1997, discounting): both numbers halve every 120 days, so the mean stays and the doubt grows.
 */
import { z } from 'zod';
import { addDuration, daysBetween, duration, instantSchema, latest, type Instant } from '../values.ts';
import { regularisedIncompleteBeta } from './incomplete-beta.ts';

export const demandSchema = z.strictObject({
  /** Uses seen, as far as they are remembered. */
  shape: z.number().positive(),
  /** Days watched, as far as they are remembered. */
  rateDays: z.number().positive(),
  /** What one use takes, in base units. */
  portion: z.number().positive(),
  asOf: instantSchema,
});
export type Demand = z.infer<typeof demandSchema>;

export const HALF_LIFE_DAYS = 120;
export const HORIZON_DAYS_MAX = 366;
const ONE_SECOND_DAYS = 1 / 86_400;
/** Keeps the gamma a distribution after months without a single use. */
const SHAPE_MIN = 0.001;
/** Time alone never makes us less sure than one remembered use would. */
const SHAPE_REMEMBERED_MIN = 1;

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
const positive = (value: number, least: number): number => Math.max(least, rounded(value));

/** @param start perDay and portion in base units; confidenceDays: how many watched days the first guess is worth */
export function newDemand(start: { perDay: number; portion: number; confidenceDays: number; asOf: Instant }): Demand {
  const { perDay, portion, confidenceDays, asOf } = start;
  return { shape: positive((perDay / portion) * confidenceDays, SHAPE_MIN), rateDays: positive(confidenceDays, 1e-6), portion, asOf };
}

/** The part of the past that is still remembered after some days, 0–1. */
const kept = (days: number, halfLifeDays: number): number => 2 ** (-Math.max(0, days) / halfLifeDays);

/** What is still known `now` when nobody has watched since: the same mean, less certain. */
export function forgetUpTo(demand: Demand, now: Instant, halfLifeDays = HALF_LIFE_DAYS): Demand {
  if (now <= demand.asOf) return demand;
  const keep = Math.max(kept(daysBetween(demand.asOf, now), halfLifeDays), Math.min(1, SHAPE_REMEMBERED_MIN / demand.shape));
  return { ...demand, shape: positive(demand.shape * keep, SHAPE_MIN), rateDays: positive(demand.rateDays * keep, 1e-6), asOf: now };
}

/**
 * Conjugate update with what was used in an interval. Uses inside it are discounted as if spread evenly, ∫φ^t dt = (1 − φ^d) / −ln φ,
 * so that one interval teaches the same as its halves one after the other.
 * @param observed consumed in base units; an interval that is empty or runs backwards teaches nothing
 */
export function learn(demand: Demand, observed: { consumed: number; from: Instant; to: Instant }, halfLifeDays = HALF_LIFE_DAYS): Demand {
  const days = daysBetween(observed.from, observed.to);
  if (days <= 0) return demand;
  const start = forgetUpTo(demand, observed.from, halfLifeDays);
  const keep = kept(daysBetween(start.asOf, observed.to), halfLifeDays);
  const age = kept(daysBetween(observed.to, start.asOf), halfLifeDays);
  const watchedDays = ((1 - kept(days, halfLifeDays)) / (Math.LN2 / halfLifeDays)) * age;
  const uses = Math.max(0, observed.consumed) / demand.portion;
  return {
    ...demand,
    shape: positive(start.shape * keep + (uses / days) * watchedDays, SHAPE_MIN),
    rateDays: positive(start.rateDays * keep + watchedDays, 1e-6),
    asOf: latest(start.asOf, observed.to),
  };
}

/** Expected consumption, base units per day. */
export const consumptionPerDay = (demand: Demand): number => (demand.portion * demand.shape) / demand.rateDays;

/**
 * P(consumption in the horizon ≥ stock). With k = stock / portion, P(NB ≥ k) = I_x(k, shape) at x = H / (rateDays + H): the identity of
 * the negative binomial with the beta function, which also holds the place between whole numbers of portions.
 */
export function probabilityOfStockout(demand: Demand, position: number, horizonDays: number): number {
  if (position <= 0) return 1;
  if (horizonDays <= 0) return 0;
  return regularisedIncompleteBeta(horizonDays / (demand.rateDays + horizonDays), position / demand.portion, demand.shape);
}

/** The point between low and high, to a tolerance, where a condition that is false below becomes true. */
function bisect(low: number, high: number, tolerance: number, isPast: (value: number) => boolean): number {
  let [below, above] = [low, high];
  while (above - below > tolerance) {
    const middle = (below + above) / 2;
    if (isPast(middle)) above = middle;
    else below = middle;
  }
  return above;
}

/** The least amount (base units, to a millionth of a portion) whose probability of being used up within some horizon is at most `tail`. */
export function amountWithTail(demand: Demand, tail: number, stockoutProbability: (amount: number) => number): number {
  const isEnough = (amount: number): boolean => stockoutProbability(amount) <= tail;
  let high = demand.portion;
  while (!isEnough(high) && high < demand.portion * 2 ** 30) high *= 2;
  return bisect(high === demand.portion ? 0 : high / 2, high, demand.portion * 1e-6, isEnough);
}

/** The amount (base units) that covers the consumption of the horizon with this probability. @param probability 0–1, exclusive */
export function demandQuantile(demand: Demand, horizonDays: number, probability: number): number {
  if (horizonDays <= 0) return 0;
  return amountWithTail(demand, 1 - probability, (amount) => probabilityOfStockout(demand, amount, horizonDays));
}

export const stockoutIntervalSchema = z.strictObject({ p10: instantSchema, median: instantSchema, p90: instantSchema });
export type StockoutInterval = z.infer<typeof stockoutIntervalSchema>;

/** When it runs out, with the 80 % interval around the median; at most 366 days ahead. @param at position in base units */
export function projectedStockout(demand: Demand, at: { position: number; now: Instant }): StockoutInterval {
  const today = forgetUpTo(demand, at.now);
  const runsOut = (probability: number): Instant => {
    if (at.position <= 0) return at.now;
    const days = bisect(0, HORIZON_DAYS_MAX, ONE_SECOND_DAYS, (horizonDays) => probabilityOfStockout(today, at.position, horizonDays) >= probability);
    return addDuration(at.now, duration(days, 'days'));
  };
  return { p10: runsOut(0.1), median: runsOut(0.5), p90: runsOut(0.9) };
}
