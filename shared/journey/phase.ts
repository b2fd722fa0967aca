/** In which phases of its journey a household is: an explainable projection of what happened, never a field that somebody sets. */
import { z } from 'zod';
import { instantSchema, type Instant } from '../values.ts';
import { phaseSchema, type Phase } from './words.ts';

export const phaseNoteSchema = z.strictObject({ phase: phaseSchema, since: instantSchema, because: z.string().min(1).max(200) });
export type PhaseNote = z.infer<typeof phaseNoteSchema>;

/** Counts over the household's whole story and over its last three days. */
export interface JourneyFacts {
  readonly total: { readonly delivered: number; readonly approvedByMandate: number; readonly approvedByPerson: number };
  readonly lastDays: { readonly troubles: number; readonly declined: number };
}

const rules: readonly { phase: Phase; because: (facts: JourneyFacts) => string | undefined }[] = [
  { phase: 'implementation', because: ({ total }) => (total.delivered === 0 ? 'nothing has been delivered yet' : undefined) },
  { phase: 'loyalty', because: ({ total }) => (total.delivered >= 2 ? `${total.delivered} orders have been delivered` : undefined) },
  { phase: 'support', because: ({ lastDays }) => (lastDays.troubles > 0 ? `${lastDays.troubles} orders came to nothing in the last three days` : undefined) },
];

/** A phase that goes on keeps the moment at which it began. */
export function currentPhases(facts: JourneyFacts, before: readonly PhaseNote[], now: Instant): PhaseNote[] {
  return rules.flatMap(({ phase, because }) => {
    const reason = because(facts);
    const since = before.find((note) => note.phase === phase)?.since ?? now;
    return reason === undefined ? [] : [{ phase, since, because: reason }];
  });
}
