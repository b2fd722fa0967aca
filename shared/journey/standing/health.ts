/**
 * The health of the relationship, 0–1: factors with weights. A factor that is not known is left out and its weight spread over the others in their
 * proportion; silence is unknown and neither good nor bad.
 */
import { z } from 'zod';
import type { Instant } from '../../values.ts';
import { countNamed } from '../fold/count.ts';
import type { Summary } from '../fold/summary.ts';
import { dayOf } from '../fold/trace.ts';
import { windowEnding } from '../fold/window.ts';

const names = z.array(z.string().min(1).max(80)).min(1).max(20);
const named = { factor: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/), weight: z.number().positive().max(100) };
export const healthFactorSchema = z.union([
  /** good ÷ (good + bad) within the days; unknown below `least` of both. */
  z.strictObject({ ...named, good: names, bad: names, days: z.int().min(1).max(35), least: z.int().min(1).max(100) }),
  /** How the household felt, −1…1 made 0…1; unknown when nobody knows. */
  z.strictObject({ ...named, feeling: z.literal('mean'), days: z.int().min(1).max(35) }),
  /** A prediction by its name, 0–1; `isGood` false: the higher the worse. Unknown when it was not made. */
  z.strictObject({ ...named, prediction: z.string().max(80), isGood: z.boolean() }),
]);
export type HealthFactor = z.infer<typeof healthFactorSchema>;
export const healthFactorsSchema = z.array(healthFactorSchema).min(1).max(20);

/** Judged by us, to be weighed anew once it is known who left: what was promised weighs most. */
export const shippedFactors: readonly HealthFactor[] = [
  {
    ...{ factor: 'deliveries', weight: 3, days: 35, least: 1 },
    ...{ good: ['order.delivered'], bad: ['order.rejected', 'order.cancelled', 'order.stuck', 'order.refund-overdue', 'webhook.abandoned'] },
  },
  { factor: 'answers', weight: 1, days: 35, least: 2, good: ['order.approved'], bad: ['order.declined', 'order.expired'] },
  {
    ...{ factor: 'bought-here', weight: 2, days: 35, least: 2 },
    ...{ good: ['supply.restocked', 'order.delivered'], bad: ['supply.bought-elsewhere'] },
  },
  { factor: 'right-amounts', weight: 1, days: 35, least: 2, good: ['order.delivered'], bad: ['supply.spoiled', 'supply.overstocked', 'order.returned'] },
  { factor: 'cases-solved', weight: 2, days: 35, least: 1, good: ['case.solved'], bad: ['case.opened', 'case.reopened'] },
  { factor: 'mood', weight: 3, days: 35, feeling: 'mean' },
  { factor: 'stays', weight: 2, prediction: 'leaves', isGood: false },
];

export const healthSchema = z.strictObject({
  /** Absent: unknown. */
  score: z.number().min(0).max(1).optional(),
  /** Of the weight, how much is known, 0–1. */
  known: z.number().min(0).max(1),
  factors: z.array(z.strictObject({ factor: z.string().max(40), weight: z.number(), value: z.number().min(0).max(1).optional() })).max(20),
});
export type Health = z.infer<typeof healthSchema>;

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;

function valueOf(factor: HealthFactor, summary: Summary, predictions: Readonly<Record<string, number>>, now: Instant): number | undefined {
  if ('prediction' in factor) {
    const found = predictions[factor.prediction];
    return found === undefined ? undefined : factor.isGood ? found : 1 - found;
  }
  const row = windowEnding(summary, dayOf(now), factor.days);
  if ('feeling' in factor) return row.feeling.weight === 0 ? undefined : (row.feeling.sum / row.feeling.weight + 1) / 2;
  const [good, bad] = [countNamed(row, factor.good), countNamed(row, factor.bad)];
  return good + bad < factor.least ? undefined : good / (good + bad);
}

/** @param predictions 0–1 by name */
export function healthOf(summary: Summary, predictions: Readonly<Record<string, number>>, factors: readonly HealthFactor[], now: Instant): Health {
  const judged = factors.map((factor) => ({ factor: factor.factor, weight: factor.weight, value: valueOf(factor, summary, predictions, now) }));
  const weight = judged.reduce((sum, one) => sum + one.weight, 0);
  const known = judged.reduce((sum, one) => sum + (one.value === undefined ? 0 : one.weight), 0);
  const good = judged.reduce((sum, one) => sum + one.weight * (one.value ?? 0), 0);
  return {
    ...(known > 0 && { score: rounded(good / known) }),
    known: rounded(known / weight),
    factors: judged.map(({ factor, weight: of, value }) => ({ factor, weight: of, ...(value !== undefined && { value: rounded(value) }) })),
  };
}
