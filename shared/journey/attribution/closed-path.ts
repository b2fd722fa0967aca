/** A touch path of one household that is over, and counts. */
import { z } from 'zod';
import { householdIdSchema, instantSchema, type Instant } from '../../values.ts';
import { keptDays } from '../retention.ts';
import { touchCampaignSchema, touchChannelSchema } from './touch.ts';

/** Of more, the last ones count. */
export const STEPS_MAX = 20;
/** Of a flood the first in time stay. */
export const PATHS_OF_A_DAY_MAX = 100;

export const closedPathSchema = z.strictObject({
  /**
   * `order`: somebody bought · `automatic`: a mandate did · `mandate`: somebody granted one · `lapse`: nothing came of it.
   */
  ended: z.enum(['order', 'automatic', 'mandate', 'lapse']),
  /** Of the order or the mandate; of a lapse its last touch. */
  at: instantSchema,
  valueMinor: z.int().min(0),
  /** The first touch first; at least one. */
  steps: z
    .array(z.strictObject({ channel: touchChannelSchema, at: instantSchema, campaign: touchCampaignSchema.optional() }))
    .min(1)
    .max(STEPS_MAX),
});
export type ClosedPath = z.infer<typeof closedPathSchema>;

/** Those of a household that closed on one day: it is made anew as a whole, so that a later touch takes the place of what was counted. */
export const closedDaySchema = z.strictObject({
  householdId: householdIdSchema,
  /** `YYYY-MM-DD` */
  day: z.iso.date(),
  paths: z.array(closedPathSchema).max(PATHS_OF_A_DAY_MAX),
});
export type ClosedDay = z.infer<typeof closedDaySchema>;

/** A month after its touchpoints, like what else is read off them. */
export const closedDayKeptUntilSeconds = ({ day }: ClosedDay): number => Date.parse(day) / 1_000 + (keptDays.contract + 31) * 86_400;

export const dayAfter = (day: string, days: number): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
export const dayOf = (at: Instant): string => at.slice(0, 10);
