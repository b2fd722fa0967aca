/**
 * The effective lead time: how long it takes from a low shelf to the goods in the house. Its parts are learnt apart, for each has causes of
 * its own: the shop, the wait for a delivery day, and how long this household takes to say yes.
 */
import { z } from 'zod';
import { approvalSchema, approvalSlices, approvalMeanDays } from './approval-wait.ts';

const waitSchema = z.strictObject({ meanDays: z.number().min(0).max(60), sdDays: z.number().min(0).max(60), seen: z.int().min(0) });

/** From the approval of an order to the goods in the house. */
export const leadTimeSchema = z.strictObject({
  meanDays: z.number().positive().max(60),
  sdDays: z.number().min(0).max(60),
  /** How many of this household's own deliveries it has learnt from. */
  deliveries: z.int().min(0),
  /** Beyond what the shop had said: until a day on which it delivers. Absent until a shop has named one. */
  slot: waitSchema.optional(),
  /** Until somebody has said yes. Absent until somebody was asked. */
  approval: approvalSchema.optional(),
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
  return { ...leadTime, meanDays: rounded(leadTime.meanDays + weight * surprise), sdDays: rounded(Math.sqrt(variance)), deliveries: leadTime.deliveries + 1 };
}

/** One delivery, told apart. @param days from the yes to the goods @param slotDays of these, how many went by until the day that the shop had named */
export function learnDelivery(leadTime: LeadTime, days: number, slotDays: number | undefined): LeadTime {
  if (slotDays === undefined) return learnLeadTime(leadTime, days);
  const wait = Math.max(0, Math.min(slotDays, days));
  const { meanDays, sdDays, seen } = leadTime.slot ?? { meanDays: wait, sdDays: 0, seen: 0 };
  const weight = 1 / (Math.min(seen, DELIVERIES_REMEMBERED) + 1);
  const variance = (1 - weight) * (sdDays ** 2 + weight * (wait - meanDays) ** 2);
  const slot = { meanDays: rounded(Math.min(LEAD_TIME_DAYS_MAX, meanDays + weight * (wait - meanDays))), sdDays: rounded(Math.sqrt(variance)), seen: seen + 1 };
  return { ...learnLeadTime(leadTime, days - wait), slot };
}

/** A crossing is believed within 2 h and its basket gathers for 2 h before anybody is asked: 4 h before a lead time begins. */
export const DECISION_DAYS = 4 / 24;
/** Middles of five equally likely slices of the standard normal: 10 %, 30 %, 50 %, 70 %, 90 %. */
const NORMAL_SLICES = [-1.2815515655446004, -0.5244005127080409, 0, 0.5244005127080409, 1.2815515655446004] as const;

/**
 * Five equally likely effective lead times: log-normal with the mean and deviation learnt, after the time it takes to decide. The parts that
 * are known are convolved one after the other: all sums of two of them, cut into five slices of equal weight, each standing at its mean.
 */
export function leadTimeDaysSlices(leadTime: LeadTime): readonly number[] {
  const known = sliced.get(leadTime);
  if (known) return known;
  const slices = slicesOf(leadTime);
  sliced.set(leadTime, slices);
  return slices;
}

/** What is learnt of a lead time is never changed in place, and it is asked for with every reading. */
const sliced = new WeakMap<LeadTime, readonly number[]>();

function slicesOf(leadTime: LeadTime): readonly number[] {
  const { slot, approval } = leadTime;
  const shop = logNormalSlices(leadTime).map((days) => DECISION_DAYS + days);
  const delivered = slot && slot.meanDays > 0 ? convolved(shop, logNormalSlices(slot)) : shop;
  return approval && approval.asked > 0 ? convolved(delivered, approvalSlices(approval, logNormalSlices(approval))) : delivered;
}

function logNormalSlices({ meanDays, sdDays }: { readonly meanDays: number; readonly sdDays: number }): number[] {
  const variance = Math.log1p((sdDays / meanDays) ** 2);
  const logMean = Math.log(meanDays) - variance / 2;
  return NORMAL_SLICES.map((z) => Math.exp(logMean + z * Math.sqrt(variance)));
}

/** The mean stays to the last digit but rounding; the deviation loses what lies within a slice. */
function convolved(a: readonly number[], b: readonly number[]): number[] {
  const sums = a.flatMap((one) => b.map((other) => one + other)).sort((x, y) => x - y);
  const size = sums.length / NORMAL_SLICES.length;
  return NORMAL_SLICES.map((_, slice) => sums.slice(slice * size, (slice + 1) * size).reduce((sum, days) => sum + days, 0) / size);
}

/** The expected days from the order to the goods, all parts together but the time to decide. */
export const effectiveDays = ({ meanDays, slot, approval }: LeadTime): number => meanDays + (slot?.meanDays ?? 0) + approvalMeanDays(approval);
