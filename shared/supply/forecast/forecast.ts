/** What will be used from a moment on, as probabilities, and what follows from them. What a forecast is made from: forecast-of.ts. */
import { z } from 'zod';
import { addDuration, duration, instantSchema, type Instant } from '../../values.ts';

/** What will be used from a moment on. Amounts in the base unit of the supply. */
export interface Forecast {
  readonly meanPerDay: number;
  /** What one use takes. */
  readonly portion: number;
  /** P(consumption in the horizon ≥ amount): 1 for nothing, 0 within no time; falls with the amount, grows with the horizon. */
  usedUp(amount: number, horizonDays: number): number;
}

export const HORIZON_DAYS_MAX = 366;
const ONE_SECOND_DAYS = 1 / 86_400;

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

/** The least amount (base units, to a millionth of a portion or as told) whose probability of being used up within some horizon is at most `tail`. */
export function amountWithTail(portion: number, tail: number, stockoutProbability: (amount: number) => number, tolerance = portion * 1e-6): number {
  const isEnough = (amount: number): boolean => stockoutProbability(amount) <= tail;
  let high = portion;
  while (!isEnough(high) && high < portion * 2 ** 30) high *= 2;
  return bisect(high === portion ? 0 : high / 2, high, tolerance, isEnough);
}

/** The amount (base units) that covers the consumption of the horizon with this probability. @param probability 0–1, exclusive */
export function demandQuantile(forecast: Forecast, horizonDays: number, probability: number): number {
  if (horizonDays <= 0) return 0;
  return amountWithTail(forecast.portion, 1 - probability, (amount) => forecast.usedUp(amount, horizonDays));
}

export const stockoutIntervalSchema = z.strictObject({ p10: instantSchema, median: instantSchema, p90: instantSchema });
export type StockoutInterval = z.infer<typeof stockoutIntervalSchema>;

function runsOutBy(forecast: Forecast, at: { position: number; now: Instant }, probability: number): Instant {
  if (at.position <= 0) return at.now;
  const days = bisect(0, HORIZON_DAYS_MAX, ONE_SECOND_DAYS, (horizonDays) => forecast.usedUp(at.position, horizonDays) >= probability);
  return addDuration(at.now, duration(days, 'days'));
}

/** When it runs out as likely before as after. */
export const medianStockout = (forecast: Forecast, at: { position: number; now: Instant }): Instant => runsOutBy(forecast, at, 0.5);

/** When it runs out, with the 80 % interval around the median; at most 366 days ahead. @param at position in base units, the forecast made `now` */
export function projectedStockout(forecast: Forecast, at: { position: number; now: Instant }): StockoutInterval {
  const runsOut = (probability: number): Instant => runsOutBy(forecast, at, probability);
  return { p10: runsOut(0.1), median: runsOut(0.5), p90: runsOut(0.9) };
}
