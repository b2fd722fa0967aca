/** How a household's life with us began, read off the first moments that its summary keeps: against the target journeys, measured, and how far it came. */
import { z } from 'zod';
import { instantSchema, type Instant } from '../../values.ts';
import { firstOfAll } from '../fold/count.ts';
import type { Summary } from '../fold/summary.ts';
import { reachedOf } from '../metric/funnel.ts';
import { measure, measuredSchema } from '../metric/metric.ts';
import { shippedFunnels, shippedMetrics } from '../metric/shipped-metrics.ts';
import { conform, conformanceSchema, firstsOf } from '../target/conform.ts';
import { shippedModels } from '../target/shipped-models.ts';

export const begunSchema = z.strictObject({
  journeys: z.array(conformanceSchema).max(20),
  measured: z.array(measuredSchema).max(50),
  reached: z.array(z.strictObject({ funnel: z.string().max(40), reached: z.int().min(0), startedAt: instantSchema })).max(20),
});
export type Begun = z.infer<typeof begunSchema>;

export function begunOf(summary: Summary, figures: Readonly<Record<string, number>>, now: Instant): Begun {
  const firsts = firstsOf(summary);
  const startedAt = firstOfAll(summary);
  return {
    journeys: shippedModels.flatMap((model) => (model.of === 'household' ? (conform(model, firsts, now) ?? []) : [])),
    measured: shippedMetrics.flatMap((metric) => (metric.of === 'household' ? (measure(metric, firsts, { now, figures }) ?? []) : [])),
    reached: shippedFunnels.flatMap((funnel) => {
      const reached = funnel.of === 'household' && startedAt !== undefined ? reachedOf(funnel, firsts) : 0;
      return startedAt === undefined || reached === 0 ? [] : [{ funnel: funnel.funnel, reached, startedAt }];
    }),
  };
}
