/**
 * The first consumption model, as it stood until there was a second: one memory of 120 days, reordered when the shelf may be empty. Nothing
 * is decided with it any more; what was recorded with it is worked out again with it.
 */
import { daysBetween, type Instant } from '../../values.ts';
import type { Demand } from '../demand.ts';
import { amountWithTail, type Forecast } from './forecast.ts';
import { regularisedIncompleteBeta } from './incomplete-beta.ts';
import { leadTimeDaysSlices, type LeadTime } from '../reorder/lead-time.ts';

const HALF_LIFE_DAYS = 120;
const SHAPE_MIN = 0.001;
const SHAPE_REMEMBERED_MIN = 1;

const positive = (value: number, least: number): number => Math.max(least, Math.round(value * 1e6) / 1e6);

function forgetUpTo(demand: Demand, now: Instant): Pick<Demand, 'shape' | 'rateDays'> {
  if (now <= demand.asOf) return demand;
  const kept = 2 ** (-Math.max(0, daysBetween(demand.asOf, now)) / HALF_LIFE_DAYS);
  const keep = Math.max(kept, Math.min(1, SHAPE_REMEMBERED_MIN / demand.shape));
  return { shape: positive(demand.shape * keep, SHAPE_MIN), rateDays: positive(demand.rateDays * keep, 1e-6) };
}

export function forecastBefore(stored: Demand, now: Instant): Forecast {
  const { portion } = stored;
  const { shape, rateDays } = forgetUpTo(stored, now);
  return {
    meanPerDay: (portion * shape) / rateDays,
    portion,
    usedUp(amount, horizonDays) {
      if (amount <= 0) return 1;
      if (horizonDays <= 0) return 0;
      return regularisedIncompleteBeta(horizonDays / (rateDays + horizonDays), amount / portion, shape);
    },
  };
}

/** P(consumption over the effective lead time ≥ s) = 1 − service level. */
export function reorderPointBefore({ forecast, leadTime, serviceLevel }: { forecast: Forecast; leadTime: LeadTime; serviceLevel: number }): number {
  const slices = leadTimeDaysSlices(leadTime);
  const outOfStock = (amount: number): number => slices.reduce((sum, days) => sum + forecast.usedUp(amount, days), 0) / slices.length;
  const near = (forecast.meanPerDay * slices.reduce((sum, days) => sum + days, 0)) / slices.length;
  return amountWithTail({ portion: forecast.portion, tail: 1 - serviceLevel, near }, outOfStock);
}
