/** Before and after a measure: how much the share of journeys with a deviation has changed, and whether that may be chance. */
import { z } from 'zod';
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

/** 97.5 % of the normal distribution. */
const Z = 1.959964;

/** Wilson 1927: the interval of a share, which holds for few and for extreme ones. */
function wilson(having: number, of: number): { low: number; high: number } {
  const share = having / of;
  const middle = (share + Z ** 2 / (2 * of)) / (1 + Z ** 2 / of);
  const half = (Z / (1 + Z ** 2 / of)) * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** The interval of the difference is Newcombe's of 1998 (method 10). Undefined where one of the periods has no journey. */
export function effectOf(before: Figures, after: Figures): Effect | undefined {
  if (before.journeys === 0 || after.journeys === 0) return undefined;
  const [was, is] = [before.having / before.journeys, after.having / after.journeys];
  const [wasIn, isIn] = [wilson(before.having, before.journeys), wilson(after.having, after.journeys)];
  const low = is - was - Math.hypot(is - isIn.low, wasIn.high - was);
  const high = is - was + Math.hypot(isIn.high - is, was - wasIn.low);
  return {
    ...{ before: was, after: is, change: is - was, low, high },
    verdict: high < 0 ? 'better' : low > 0 ? 'worse' : 'no-difference-shown',
    savedMinor: Math.round((before.costMinor / before.journeys) * after.journeys - after.costMinor),
  };
}
