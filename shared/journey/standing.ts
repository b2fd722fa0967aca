/** In which phases and segments a household is, read off its summary. */
import { z } from 'zod';
import { householdIdSchema, type HouseholdId, type Instant } from '../values.ts';
import { allOf, countIn, lastDays, type Row, type Summary } from './fold/summary.ts';
import { currentPhases, phaseNoteSchema } from './phase.ts';
import { currentSegments, segmentNoteSchema } from './segment.ts';

export const standingSchema = z.strictObject({ householdId: householdIdSchema, phases: z.array(phaseNoteSchema), segments: z.array(segmentNoteSchema) });
export type Standing = z.infer<typeof standingSchema>;
export const newStanding = (householdId: HouseholdId): Standing => ({ householdId, phases: [], segments: [] });

const TROUBLES = ['order.rejected', 'order.cancelled', 'order.expired', 'webhook.abandoned'];

const factsOf = (row: Row) => ({
  delivered: countIn(row, { types: ['order.delivered'] }),
  approvedByMandate: countIn(row, { types: ['order.approved'], initiator: 'automation' }),
  approvedByPerson: countIn(row, { types: ['order.approved'], initiator: 'customer' }),
  troubles: countIn(row, { types: TROUBLES }),
  declined: countIn(row, { types: ['order.declined'] }),
});

export function standingOf(summary: Summary, before: Standing, now: Instant): Standing {
  const facts = { total: factsOf(allOf(summary)), lastDays: factsOf(lastDays(summary, now, 3)) };
  return { ...before, phases: currentPhases(facts, before.phases, now), segments: currentSegments(facts, before.segments, now) };
}
