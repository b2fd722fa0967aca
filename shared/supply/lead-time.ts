/** How long an order takes from the yes to the goods in the house, learnt from this household's own deliveries. */
import { z } from 'zod';

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
