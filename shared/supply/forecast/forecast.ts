/** What will be used from a moment on, as probabilities, and what follows from them. What a forecast is made from: forecast-of.ts. */
import { z } from 'zod';
import { addDuration, duration, instantSchema, type Instant } from '../../values.ts';
import { bisect, isPastCrossing, type Crossing } from './crossing.ts';

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

/** Where to look for an amount, and how finely. */
interface AmountAt {
  readonly portion: number;
  /** P(somebody goes without), at most. */
  readonly tail: number;
  /** What would be used on average: about where to look. */
  readonly near: number;
  /** Base units; a millionth of a portion where it is not told. */
  readonly tolerance?: number;
}

/** The least amount (base units) whose probability of being used up within some horizon is at most `tail`. */
export function amountWithTail({ portion, tail, near, tolerance = portion * 1e-6 }: AmountAt, stockoutProbability: (amount: number) => number): number {
  const most = portion * 2 ** 30;
  const isEnough = isPastCrossing({ probabilityAt: stockoutProbability, target: tail, past: 'at-most', near: Math.max(portion, near), most, tolerance });
  let high = portion;
  while (!isEnough(high) && high < most) high *= 2;
  return bisect(high === portion ? 0 : high / 2, high, tolerance, isEnough);
}

/** The amount (base units) that covers the consumption of the horizon with this probability. @param probability 0–1, exclusive */
export function demandQuantile(forecast: Forecast, horizonDays: number, probability: number): number {
  if (horizonDays <= 0) return 0;
  const at = { portion: forecast.portion, tail: 1 - probability, near: forecast.meanPerDay * horizonDays };
  return amountWithTail(at, (amount) => forecast.usedUp(amount, horizonDays));
}

export const stockoutIntervalSchema = z.strictObject({ p10: instantSchema, median: instantSchema, p90: instantSchema });
export type StockoutInterval = z.infer<typeof stockoutIntervalSchema>;

function runsOutBy(forecast: Forecast, at: { position: number; now: Instant }, probability: number): Instant {
  if (at.position <= 0) return at.now;
  const runsOut: Crossing = {
    probabilityAt: (horizonDays) => forecast.usedUp(at.position, horizonDays),
    ...{ target: probability, past: 'at-least', near: at.position / forecast.meanPerDay, most: HORIZON_DAYS_MAX, tolerance: ONE_SECOND_DAYS },
  };
  const days = bisect(0, HORIZON_DAYS_MAX, ONE_SECOND_DAYS, isPastCrossing(runsOut));
  return addDuration(at.now, duration(days, 'days'));
}

/** When it runs out as likely before as after. */
export const medianStockout = (forecast: Forecast, at: { position: number; now: Instant }): Instant => runsOutBy(forecast, at, 0.5);

/** When it runs out, with the 80 % interval around the median; at most 366 days ahead. @param at position in base units, the forecast made `now` */
export function projectedStockout(forecast: Forecast, at: { position: number; now: Instant }): StockoutInterval {
  const runsOut = (probability: number): Instant => runsOutBy(forecast, at, probability);
  return { p10: runsOut(0.1), median: runsOut(0.5), p90: runsOut(0.9) };
}
