/** A lead's line on the list of its stage. */
import { z } from 'zod';
import { leadIdSchema } from './lead-id.ts';
import { leadStandingSchema, type Lead } from './lead.ts';

export const leadEntrySchema = z.strictObject({
  leadId: leadIdSchema,
  stage: leadStandingSchema.shape.stage,
  since: leadStandingSchema.shape.since,
  /** Absent: it may not be reckoned. */
  points: z.int().min(0).max(100).optional(),
  generatedAt: leadStandingSchema.shape.since,
  heardAt: leadStandingSchema.shape.heardAt,
});
export type LeadEntry = z.infer<typeof leadEntrySchema>;

export const leadEntryOf = ({ leadId, standing: { stage, since, score, generated, heardAt } }: Pick<Lead, 'leadId' | 'standing'>): LeadEntry => ({
  ...{ leadId, stage, since, generatedAt: generated.at, heardAt },
  ...(score !== undefined && { points: score.points }),
});

/** Those that sales should look at first. */
export const warmestFirst = (a: LeadEntry, b: LeadEntry): number => (b.points ?? -1) - (a.points ?? -1) || (a.heardAt < b.heardAt ? 1 : -1);
