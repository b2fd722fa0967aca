/** Tiers of the loyalty programme and classes of value. Dimension, thresholds, window and perks are data. */
import { z } from 'zod';
import { LEAST_ORDERS, TIER_WINDOW_DAYS, tierSchema, tiers, type Tier } from '../../household/tier.ts';
import type { Instant } from '../../values.ts';
import { countNamed } from '../fold/count.ts';
import type { Summary } from '../fold/summary.ts';
import { dayOf } from '../fold/trace.ts';
import { windowEnding } from '../fold/window.ts';
import { reasonSchema, type Reason } from '../reason.ts';
import { spentIn } from './condition.ts';

export const dimensionSchema = z.enum(['orders', 'value', 'shops']);
export const programmeSchema = z.strictObject({
  /** What is compared: orders that came, minor units of what came, or shops that something came from. */
  dimension: dimensionSchema,
  windowDays: z.int().min(7).max(35),
  /** From the lowest to the highest. */
  tiers: z
    .array(z.strictObject({ tier: tierSchema, least: z.int().min(1), perks: z.array(z.string().max(40)).max(10) }))
    .min(1)
    .max(3)
    .refine(
      (steps) => steps.every(({ least }, index) => index === 0 || least > (steps[index - 1]?.least ?? 0)),
      'expected each to ask for more than the one before',
    ),
  /** Minor units in 28 days from which a household is of high or of middle value. */
  value: z.strictObject({ high: z.int().min(1), middle: z.int().min(1) }),
});
export type Programme = z.infer<typeof programmeSchema>;

/** Twice, four times and more than four times a week, over four weeks. Platform perks by the same names are in order/perk. */
export const shippedProgramme: Programme = {
  dimension: 'orders',
  windowDays: TIER_WINDOW_DAYS,
  tiers: tiers.map((tier) => ({ tier, least: LEAST_ORDERS[tier], perks: [`${tier}-delivery`] })),
  value: { high: 40_000, middle: 15_000 },
};

export const tierNoteSchema = z.strictObject({
  /** Absent below the lowest. */
  tier: tierSchema.optional(),
  found: z.number().min(0),
  perks: z.array(z.string().max(40)).max(10),
  next: z.strictObject({ tier: tierSchema, missing: z.number().positive() }).optional(),
  /** Where it will be in a window from now, by what the household is forecast to consume; absent without a forecast. */
  projected: z.union([tierSchema, z.literal('none')]).optional(),
  reason: reasonSchema,
});
export type TierNote = z.infer<typeof tierNoteSchema>;

export interface TierGiven {
  /** Different shops within the window; needed where they are what counts. */
  readonly shops?: number;
  /** In the next window, in the programme's dimension. */
  readonly forecast?: number;
  /** Days of the window on which a device that orders was broken or silent. */
  readonly silentDays?: number;
  readonly before?: Tier | undefined;
}

const inDimension = (summary: Summary, { dimension, windowDays }: Programme, given: TierGiven, now: Instant): number => {
  const row = windowEnding(summary, dayOf(now), windowDays);
  if (dimension === 'orders') return countNamed(row, ['order.delivered']);
  return dimension === 'value' ? spentIn(row) : (given.shops ?? 0);
};

/** Nobody falls because a device failed: while one was silent within the window, the tier stays at least what it was. */
export function tierOf(summary: Summary, programme: Programme, given: TierGiven, now: Instant): TierNote {
  const found = inDimension(summary, programme, given, now);
  const reached = programme.tiers.findLast(({ least }) => found >= least);
  const held = programme.tiers.find(({ tier }) => tier === given.before);
  const isHeld = held !== undefined && (given.silentDays ?? 0) > 0 && held.least > (reached?.least ?? 0);
  const step = isHeld ? held : reached;
  const next = programme.tiers.find(({ least }) => least > (step?.least ?? 0) && found < least);
  const { forecast } = given;
  const figures = { found, days: programme.windowDays, dimension: programme.dimension };
  const reason: Reason = isHeld ? { code: 'device-was-silent', figures: { ...figures, silent: given.silentDays ?? 0 } } : { code: 'counted', figures };
  return {
    ...(step && { tier: step.tier }),
    ...{ found, perks: [...(step?.perks ?? [])] },
    ...(next && { next: { tier: next.tier, missing: next.least - found } }),
    ...(forecast !== undefined && { projected: programme.tiers.findLast(({ least }) => forecast >= least)?.tier ?? 'none' }),
    reason,
  };
}

export const valueClassSchema = z.enum(['high', 'middle', 'low']);
export type ValueClass = z.infer<typeof valueClassSchema>;
/** By what was delivered in 28 days; undefined for whom nothing was ever delivered. */
export function valueClassOf(summary: Summary, { value }: Programme, now: Instant): ValueClass | undefined {
  if (!Object.keys(summary.first).some((name) => name.startsWith('order.delivered@'))) return undefined;
  const spent = spentIn(windowEnding(summary, dayOf(now), 28));
  return spent >= value.high ? 'high' : spent >= value.middle ? 'middle' : 'low';
}
