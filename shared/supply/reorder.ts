/** When to order and how much: a continuous-review (s, S) policy in packs (Silver, Pyke & Thomas 2017, chapters 6 and 7). */
import { z } from 'zod';
import type { Instant } from '../values.ts';
import { amountWithTail, consumptionPerDay, demandQuantile, forgetUpTo, probabilityOfStockout, type Demand } from './demand.ts';

/** From the approval of an order to the goods in the house. */
export const leadTimeSchema = z.strictObject({
  meanDays: z.number().positive().max(60),
  sdDays: z.number().min(0).max(60),
  /** How many of this household's own deliveries it has learnt from. */
  deliveries: z.int().min(0),
});
export type LeadTime = z.infer<typeof leadTimeSchema>;

/** The retailer's word weighs as much as three deliveries, and the last twenty weigh most: retailers change. */
const PRIOR_DELIVERIES = 3;
const DELIVERIES_REMEMBERED = 20;
const LEAD_TIME_DAYS_MAX = 60;
const LEAD_TIME_DAYS_MIN = 0.01;
const rounded = (days: number): number => Math.round(days * 1e6) / 1e6;

/** Incremental mean and variance, later with exponential weights (Finch 2009, eq. 124 and 143). @param days of this delivery */
export function learnLeadTime(leadTime: LeadTime, days: number): LeadTime {
  const observed = Math.min(LEAD_TIME_DAYS_MAX, Math.max(LEAD_TIME_DAYS_MIN, days));
  const weight = 1 / (Math.min(leadTime.deliveries, DELIVERIES_REMEMBERED) + PRIOR_DELIVERIES + 1);
  const surprise = observed - leadTime.meanDays;
  const variance = (1 - weight) * (leadTime.sdDays ** 2 + weight * surprise ** 2);
  return { meanDays: rounded(leadTime.meanDays + weight * surprise), sdDays: rounded(Math.sqrt(variance)), deliveries: leadTime.deliveries + 1 };
}

/** A crossing is believed within 2 h and its basket gathers for 2 h before anybody is asked: 4 h before a lead time begins. */
export const DECISION_DAYS = 4 / 24;
/** Middles of five equally likely slices of the standard normal: 10 %, 30 %, 50 %, 70 %, 90 %. */
const NORMAL_SLICES = [-1.2815515655446004, -0.5244005127080409, 0, 0.5244005127080409, 1.2815515655446004] as const;

/** Five equally likely effective lead times: log-normal with the mean and deviation learnt, after the time it takes to decide. */
export function leadTimeDaysSlices(leadTime: LeadTime): number[] {
  const variance = Math.log1p((leadTime.sdDays / leadTime.meanDays) ** 2);
  const logMean = Math.log(leadTime.meanDays) - variance / 2;
  return NORMAL_SLICES.map((z) => DECISION_DAYS + Math.exp(logMean + z * Math.sqrt(variance)));
}

/**
 * The inventory position (base units) at or below which to order: P(consumption over the effective lead time ≥ s) = 1 − service level,
 * the lead time mixed over its slices. @param serviceLevel 0–1, the newsvendor ratio Cu / (Cu + Co) of this item
 */
export function reorderPoint(at: { demand: Demand; leadTime: LeadTime; serviceLevel: number; now: Instant }): number {
  const today = forgetUpTo(at.demand, at.now);
  const slices = leadTimeDaysSlices(at.leadTime);
  const outOfStock = (amount: number): number => slices.reduce((sum, days) => sum + probabilityOfStockout(today, amount, days), 0) / slices.length;
  return amountWithTail(today, 1 - at.serviceLevel, outOfStock);
}

/** Eaten before its date with this probability. */
const EATEN_IN_TIME_PROBABILITY = 0.8;

/**
 * The position (base units) to order up to: expected consumption over lead time and cover, S = d · (L + cover). Never more than is used
 * before its date with 80 % probability, nor than fits, each beside what is used while the goods are on their way.
 */
export function orderUpToLevel(at: {
  demand: Demand;
  coverDays: number;
  leadTime: LeadTime;
  shelfLifeDays?: number | undefined;
  capacity?: number | undefined;
}): number {
  const perDay = consumptionPerDay(at.demand);
  const usedOnTheWay = perDay * (at.leadTime.meanDays + DECISION_DAYS);
  const eatenInTime = at.shelfLifeDays === undefined ? Infinity : demandQuantile(at.demand, at.shelfLifeDays, 1 - EATEN_IN_TIME_PROBABILITY);
  return usedOnTheWay + Math.min(perDay * at.coverDays, eatenInTime, at.capacity ?? Infinity);
}

/** Whole packs that bring the position to the order-up-to level: at least 1, at most `packsMax`. Amounts in one base unit. */
export function packsToOrder(at: { position: number; orderUpTo: number; packAmount: number; packsMax: number }): number {
  // A thousandth of a pack short is rounding, not a reason for one more.
  const packs = Math.ceil((at.orderUpTo - at.position) / at.packAmount - 0.001);
  return Math.min(at.packsMax, Math.max(1, packs));
}
