/**
 * What studies and interviews have found of a step: of many people together, and never of a household, of which there is no word here. On the
 * map they stand beside what was measured, not mixed with it.
 */
import { z } from 'zod';
import { instantSchema } from '../../values.ts';
import { phaseSchema, type Phase } from '../words.ts';

export const studyFindingSchema = z.strictObject({
  findingId: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  study: z.string().min(1).max(120),
  method: z.enum(['interview', 'survey', 'usability-test', 'diary', 'observation']),
  /** When it was carried out. */
  at: instantSchema,
  phase: phaseSchema,
  /** Of a target journey, where it is about one step. */
  model: z.string().max(40).optional(),
  step: z.string().max(40).optional(),
  value: z.number().min(-1).max(1),
  /** People who were asked. */
  people: z.int().min(1).max(1_000_000),
  /** What they said in general; nobody's name. */
  summary: z.string().max(500).optional(),
});
export type StudyFinding = z.infer<typeof studyFindingSchema>;

export interface Studied {
  /** Mean, weighted by the square root of the people: the error of a mean falls with it, and one big survey must not silence ten interviews. */
  readonly value: number;
  readonly people: number;
  readonly findings: number;
}
/** By phase; a finding that is imported twice counts once. */
export function studiedByPhase(findings: readonly StudyFinding[]): Partial<Record<Phase, Studied>> {
  const once = [...new Map(findings.map((finding) => [finding.findingId, finding])).values()].sort((a, b) => (a.findingId < b.findingId ? -1 : 1));
  const byPhase: Partial<Record<Phase, Studied>> = {};
  for (const phase of phaseSchema.options) {
    const of = once.filter((finding) => finding.phase === phase);
    const weight = of.reduce((sum, { people }) => sum + Math.sqrt(people), 0);
    if (weight === 0) continue;
    const value = of.reduce((sum, finding) => sum + finding.value * Math.sqrt(finding.people), 0) / weight;
    byPhase[phase] = { value, people: of.reduce((sum, { people }) => sum + people, 0), findings: of.length };
  }
  return byPhase;
}
