/** When to order and how much: a continuous-review (s, S) policy in packs (Silver, Pyke & Thomas 2017, chapters 6 and 7). */
import { amountWithTail, demandQuantile, type Forecast } from '../forecast/forecast.ts';
import { DECISION_DAYS, effectiveDays, leadTimeDaysSlices, type LeadTime } from './lead-time.ts';

/**
 * The inventory position (base units) at or below which to order. Being without is when somebody reaches for a portion that is not there:
 * P(consumption over the effective lead time ≥ s + one portion) = 1 − service level, the lead time mixed over its slices; 0 where even an
 * empty shelf is rarely missed that soon. @param serviceLevel 0–1, the newsvendor ratio Cu / (Cu + Co) of this item
 */
export function reorderPoint({ forecast, leadTime, serviceLevel }: { forecast: Forecast; leadTime: LeadTime; serviceLevel: number }): number {
  const { portion } = forecast;
  const near = forecast.meanPerDay * (effectiveDays(leadTime) + DECISION_DAYS);
  const at = { portion, tail: 1 - serviceLevel, near, tolerance: Math.max(portion * 1e-6, AMOUNT_TOLERANCE) };
  return Math.max(0, amountWithTail(at, outOfStockBy(forecast, leadTime)) - portion);
}

/** Amounts are told to a thousandth of the base unit. */
const AMOUNT_TOLERANCE = 0.0002;

function outOfStockBy(forecast: Forecast, leadTime: LeadTime): (amount: number) => number {
  const slices = sameOnce(leadTimeDaysSlices(leadTime));
  const weight = 1 / slices.length;
  return (amount) => slices.reduce((sum, days) => sum + weight * forecast.usedUp(amount, days), 0);
}

/** A lead time that never varies has one slice. */
const sameOnce = (slices: readonly number[]): readonly number[] => (slices[0] === slices.at(-1) ? slices.slice(0, 1) : slices);

/**
 * Whether an inventory position (base units) is at or below the reorder point: the same question without looking for the point. The longest
 * lead times are asked first, and no more of them than the answer needs: within less time no more is used.
 */
export function isAtReorderPoint(at: { forecast: Forecast; leadTime: LeadTime; serviceLevel: number; position: number }): boolean {
  if (at.position <= 0) return true;
  const { forecast, position } = at;
  const slices = sameOnce(leadTimeDaysSlices(at.leadTime));
  const weight = 1 / slices.length;
  const tail = 1 - at.serviceLevel;
  let outOfStock = 0;
  for (let slice = slices.length - 1; slice >= 0; slice -= 1) {
    const usedUp = weight * forecast.usedUp(position + forecast.portion, slices[slice] ?? 0);
    if (outOfStock + (slice + 1) * usedUp <= tail) return false;
    outOfStock += usedUp;
    if (outOfStock > tail) return true;
  }
  return false;
}

/** Eaten before its date with this probability. */
const EATEN_IN_TIME_PROBABILITY = 0.8;

/**
 * The position (base units) to order up to: expected consumption over lead time and cover, S = d · (L + cover). Never more than is used
 * before its date with 80 % probability, nor than fits, each beside what is used while the goods are on their way.
 */
export function orderUpToLevel(at: {
  forecast: Forecast;
  coverDays: number;
  leadTime: LeadTime;
  shelfLifeDays?: number | undefined;
  capacity?: number | undefined;
}): number {
  const perDay = at.forecast.meanPerDay;
  const usedOnTheWay = perDay * (effectiveDays(at.leadTime) + DECISION_DAYS);
  const eatenInTime = at.shelfLifeDays === undefined ? Infinity : demandQuantile(at.forecast, at.shelfLifeDays, 1 - EATEN_IN_TIME_PROBABILITY);
  return usedOnTheWay + Math.min(perDay * at.coverDays, eatenInTime, at.capacity ?? Infinity);
}

/** Whole packs that bring the position to the order-up-to level: at least 1, at most `packsMax`. Amounts in one base unit. */
export function packsToOrder(at: { position: number; orderUpTo: number; packAmount: number; packsMax: number }): number {
  // A thousandth of a pack short is rounding, not a reason for one more.
  const packs = Math.ceil((at.orderUpTo - at.position) / at.packAmount - 0.001);
  return Math.min(at.packsMax, Math.max(1, packs));
}
