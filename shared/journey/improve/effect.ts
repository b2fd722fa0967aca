/** Before and after a measure: how much the share of journeys with a deviation has changed, and whether that may be chance. */
import { z } from 'zod';
import { difference } from '../proportion.ts';
import type { Figures } from './finding.ts';

export const effectSchema = z.strictObject({
  /** 0–1. */
  before: z.number(),
  after: z.number(),
  /** After less before, −1…1, with its 95 % interval. */
  change: z.number(),
  low: z.number(),
  high: z.number(),
  verdict: z.enum(['better', 'worse', 'no-difference-shown']),
  /** Minor units that the journeys of the period after would have cost more at the price before; negative: they cost more now. */
  savedMinor: z.int(),
});
export type Effect = z.infer<typeof effectSchema>;

/** Undefined where one of the periods has no journey. */
export function effectOf(before: Figures, after: Figures): Effect | undefined {
  if (before.journeys === 0 || after.journeys === 0) return undefined;
  const [was, is] = [before.having / before.journeys, after.having / after.journeys];
  const { value: change, low, high } = difference({ having: after.having, of: after.journeys }, { having: before.having, of: before.journeys });
  return {
    ...{ before: was, after: is, change, low, high },
    verdict: high < 0 ? 'better' : low > 0 ? 'worse' : 'no-difference-shown',
    savedMinor: Math.round((before.costMinor / before.journeys) * after.journeys - after.costMinor),
  };
}
