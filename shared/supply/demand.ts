/**
 * How fast a household uses something up, and how sure we are: gamma-Poisson with forgetting. Uses of one portion come as a Poisson
 * process whose rate is Gamma(shape, rateDays); what is used in H days is then negative binomial NB(shape, rateDays / (rateDays + H)).
 * Forgetting (West & Harrison 1997, discounting): both numbers halve every 120 days, so the mean stays and the doubt grows.
 */
import { z } from 'zod';
import { daysBetween, instantSchema, latest, type Instant } from '../values.ts';

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
