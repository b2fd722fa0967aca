/** What was promised against what came, how long it took until a complaint was forgiven, and in which phases the household was in each month. */
import { z } from 'zod';
import { groupBy } from '../../shared/group.ts';
import { recoveries } from '../../shared/journey/emotion/curve.ts';
import { minutesLate, pointOfDelivery } from '../../shared/journey/emotion/delivery.ts';
import { exceeds } from '../../shared/journey/emotion/exceeds.ts';
import type { Said } from '../../shared/journey/emotion/felt-in.ts';
import type { EmotionPoint } from '../../shared/journey/emotion/points.ts';
import type { Summary } from '../../shared/journey/fold/summary.ts';
import { phaseHistory } from '../../shared/journey/phase/phases.ts';
import { phaseReason } from '../../shared/journey/phase/phase-wording.ts';
import { phaseSchema } from '../../shared/journey/words.ts';
import { instantSchema } from '../../shared/values.ts';

const SHOWN = 10;
const WHOLE = '-';

export const promisesSchema = z.object({
  /** The newest first; `minutesLate` is 0 for the promised day or before. `felt`: −1 to 1, by what was promised alone. */
  deliveries: z.array(
    z.object({ orderId: z.string(), promisedAt: instantSchema, deliveredAt: instantSchema, minutesLate: z.int(), felt: z.number(), isBetter: z.boolean() }),
  ),
  /** The newest first; without `recoveredAt` it is not forgiven as far as anybody knows. */
  recoveries: z.array(z.object({ complainedAt: instantSchema, recoveredAt: instantSchema.optional(), minutes: z.int().optional() })),
});
export const historySchema = z.array(
  z.object({
    /** `YYYY-MM`, the newest first. */
    month: z.string(),
    phases: z.array(z.object({ phase: phaseSchema, line: z.string().optional(), because: z.string() })),
  }),
);

export function promisesOf(touchpoints: readonly Said[], points: readonly EmotionPoint[], timeZone: string): z.infer<typeof promisesSchema> {
  const deliveries = [...groupBy(touchpoints, ({ orderId }) => orderId)].flatMap(([orderId, ofOrder]) => {
    const promisedAt = ofOrder.find((one) => one.promisedAt !== undefined)?.promisedAt;
    const deliveredAt = ofOrder.find(({ type }) => type === 'order.delivered')?.at;
    if (orderId === undefined || promisedAt === undefined || deliveredAt === undefined) return [];
    const delivery = { promisedAt, deliveredAt, minutesLate: minutesLate(promisedAt, deliveredAt, timeZone) };
    const point = pointOfDelivery(delivery);
    return [{ orderId, ...delivery, felt: point.value, isBetter: exceeds(point) }];
  });
  return {
    deliveries: deliveries.sort((a, b) => (a.deliveredAt < b.deliveredAt ? 1 : -1)).slice(0, SHOWN),
    recoveries: recoveries(points).reverse().slice(0, SHOWN),
  };
}

export const historyOf = (summary: Summary, language: 'de' | 'en'): z.infer<typeof historySchema> =>
  phaseHistory(summary)
    .map(({ month, phases }) => ({
      month,
      phases: phases.map(({ phase, line, code, found }) => ({
        ...{ phase, because: phaseReason({ code, figures: { found } }, language) },
        ...(line !== WHOLE && { line }),
      })),
    }))
    .reverse();
