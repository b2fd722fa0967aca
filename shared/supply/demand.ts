/**
 * How fast a household uses something up, and how sure we are. Uses of one portion come as a Poisson process whose rate nobody knows:
 * gamma-Poisson with forgetting (West & Harrison 1997, discounting), once with a memory of months and once of weeks. The first knows the
 * household's habit, the second notices guests and holidays; what is expected is mixed of both (demand-forecast.ts). Where every use is told, it is
 * also learnt how long a use keeps the next one away: who shops once a week does not come back the next day.
 */
import { z } from 'zod';
import { daysBetween, instantSchema, latest, type Instant } from '../values.ts';

const gammaFields = {
  /** Uses seen, as far as they are remembered. */
  shape: z.number().positive(),
  /** Days watched, as far as they are remembered. */
  rateDays: z.number().positive(),
};

export const demandSchema = z.strictObject({
  ...gammaFields,
  /** What one use takes, in base units. */
  portion: z.number().positive(),
  asOf: instantSchema,
  /** The same with a memory of weeks; absent in what was stored before there were two. */
  lately: z.strictObject(gammaFields).optional(),
  /** Uses within two days of the one before: seen, and to be expected by chance. Only where every use is told. */
  again: z.strictObject({ seen: z.number().min(0), byChance: z.number().min(0), usedAt: instantSchema }).optional(),
});
export type Demand = z.infer<typeof demandSchema>;
type Gamma = Pick<Demand, 'shape' | 'rateDays'>;

export const HALF_LIFE_DAYS = 240;
export const HALF_LIFE_LATELY_DAYS = 30;
/** Set on purchases before the test of the backtest: what of the expectation rests on the last weeks. */
export const LATELY_WEIGHT = 0.25;
/** Keeps the gamma a distribution after months without a single use. */
const SHAPE_MIN = 0.001;
/** Time alone never makes us less sure than one remembered use would. */
const SHAPE_REMEMBERED_MIN = 1;

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
const positive = (value: number, least: number): number => Math.max(least, rounded(value));
const gamma = (shape: number, rateDays: number): Gamma => ({ shape: positive(shape, SHAPE_MIN), rateDays: positive(rateDays, 1e-6) });

/** The longest that watching can be remembered: ∫φ^t dt over all of the past. */
const memoryDays = (halfLifeDays: number): number => halfLifeDays / Math.LN2;

/** @param start perDay and portion in base units; confidenceDays: how many watched days the first guess is worth */
export function newDemand(start: { perDay: number; portion: number; confidenceDays: number; asOf: Instant }): Demand {
  const { perDay, portion, confidenceDays, asOf } = start;
  return { ...gamma((perDay / portion) * confidenceDays, confidenceDays), portion, asOf };
}

/** What the last weeks say; where they have not been told apart yet, what is known at all, in as many days as they can remember. */
function latelyOf({ lately, shape, rateDays }: Demand): Gamma {
  if (lately) return lately;
  const part = Math.min(1, memoryDays(HALF_LIFE_LATELY_DAYS) / rateDays);
  return { shape: shape * part, rateDays: rateDays * part };
}

/** The two memories with the weight of each. */
export const memoriesOf = (demand: Demand): readonly (Gamma & { readonly weight: number })[] => [
  { shape: demand.shape, rateDays: demand.rateDays, weight: 1 - LATELY_WEIGHT },
  { ...latelyOf(demand), weight: LATELY_WEIGHT },
];

/** The part of the past that is still remembered after some days, 0–1. */
const kept = (days: number, halfLifeDays: number): number => 2 ** (-Math.max(0, days) / halfLifeDays);

const forgotten = ({ shape, rateDays }: Gamma, days: number, halfLifeDays: number): Gamma => {
  const keep = Math.max(kept(days, halfLifeDays), Math.min(1, SHAPE_REMEMBERED_MIN / shape));
  return gamma(shape * keep, rateDays * keep);
};

/** What is still known `now` when nobody has watched since: the same mean, less certain. */
export function forgetUpTo(demand: Demand, now: Instant): Demand {
  if (now <= demand.asOf) return demand;
  const days = daysBetween(demand.asOf, now);
  return { ...demand, ...forgotten(demand, days, HALF_LIFE_DAYS), lately: forgotten(latelyOf(demand), days, HALF_LIFE_LATELY_DAYS), asOf: now };
}

interface Observed {
  readonly consumed: number;
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * Conjugate update with what was used in an interval. Uses inside it are discounted as if spread evenly, ∫φ^t dt = (1 − φ^d) / −ln φ,
 * so that one interval teaches the same as its halves one after the other.
 * @param observed consumed in base units; an interval that is empty or runs backwards teaches nothing
 */
export function learn(demand: Demand, observed: Observed): Demand {
  const days = daysBetween(observed.from, observed.to);
  if (days <= 0) return demand;
  const start = forgetUpTo(demand, observed.from);
  const perDay = Math.max(0, observed.consumed) / demand.portion / days;
  const taught = (known: Gamma, halfLifeDays: number): Gamma => {
    const keep = kept(daysBetween(start.asOf, observed.to), halfLifeDays);
    const watchedDays = (1 - kept(days, halfLifeDays)) * memoryDays(halfLifeDays) * kept(daysBetween(observed.to, start.asOf), halfLifeDays);
    return gamma(known.shape * keep + perDay * watchedDays, known.rateDays * keep + watchedDays);
  };
  const lately = taught(latelyOf(start), HALF_LIFE_LATELY_DAYS);
  return { ...start, ...taught(start, HALF_LIFE_DAYS), lately, asOf: latest(start.asOf, observed.to) };
}

const usesPerDay = (demand: Demand): number => memoriesOf(demand).reduce((sum, { shape, rateDays, weight }) => sum + (weight * shape) / rateDays, 0);

/** Expected consumption, base units per day. */
export const consumptionPerDay = (demand: Demand): number => demand.portion * usesPerDay(demand);

/** Two days and a half: a use on the day after the next comes “within two days” whatever the hour. */
const SOON_DAYS = 2.5;
const PAUSE_DAYS = 2;
/** So many uses it takes until half of what was learnt of the pauses between them has been learnt anew. */
const AGAIN_HALF_LIFE_USES = 30;
const AGAIN_KEPT = 2 ** (-1 / AGAIN_HALF_LIFE_USES);
/** Households at large use again so often within two days, measured by chance; it weighs as much as four uses of this one. */
const AGAIN_PRIOR = { ratio: 0.6, uses: 4 } as const;

const soonByChance = (demand: Demand): number => -Math.expm1(-PAUSE_DAYS * usesPerDay(demand));

/**
 * A use was told the moment it happened, as every use of this supply is: nothing was used since the last, and how soon after it is this one?
 * @param used base units
 */
export function noteUse(before: Demand, used: number, now: Instant): Demand {
  const silent = learn(before, { consumed: 0, from: before.asOf, to: now });
  const uses = used / before.portion;
  const more = ({ shape, rateDays }: Gamma): Gamma => gamma(shape + uses, rateDays);
  const demand: Demand = { ...silent, ...more(silent), lately: more(latelyOf(silent)) };
  const { again } = demand;
  if (!again) return { ...demand, again: { seen: 0, byChance: 0, usedAt: now } };
  const isSoon = daysBetween(again.usedAt, now) <= SOON_DAYS;
  const seen = rounded(again.seen * AGAIN_KEPT + (isSoon ? 1 : 0));
  return { ...demand, again: { seen, byChance: rounded(again.byChance * AGAIN_KEPT + soonByChance(demand)), usedAt: latest(again.usedAt, now) } };
}

/** A use never keeps the next one away for more than this part of the time between two. */
const PAUSED_SHARE_MAX = 0.6;

/** How long a use keeps the next one away on average, days; 0 where nobody has learnt it. */
export function pauseDaysOf(demand: Demand): number {
  if (!demand.again) return 0;
  const { seen, byChance } = demand.again;
  const prior = AGAIN_PRIOR.uses * soonByChance(demand);
  const ratio = (seen + AGAIN_PRIOR.ratio * prior) / (byChance + prior);
  return Math.min(PAUSE_DAYS * Math.max(0, 1 - ratio), PAUSED_SHARE_MAX / usesPerDay(demand));
}
