/** A measure against a deviation: taken up by a team with what it was like before, and closed with what it is like after. */
import { z } from 'zod';
import { ignored, instantSchema, rejected, type Instant, type Outcome } from '../../values.ts';
import { effectOf, effectSchema } from './effect.ts';
import { figuresSchema, type Figures } from './finding.ts';

export const findingIdSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}\/[a-z][a-z0-9-]{0,39}\/[a-z-]{3,12}$/, 'expected a finding such as order/delivered/late');
/** A team, never a person. */
const ownerSchema = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'expected a team such as support');
const measureSchema = z.string().trim().min(1).max(500);

const takenUp = { owner: ownerSchema, measure: measureSchema, takenUpAt: instantSchema, before: figuresSchema };
const pastSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('closed'), ...takenUp, closedAt: instantSchema, after: figuresSchema, effect: effectSchema }),
  z.strictObject({ status: z.literal('dropped'), ...takenUp, closedAt: instantSchema, because: measureSchema }),
]);
const known = { findingId: findingIdSchema, past: z.array(pastSchema).max(20) };
export const improvementSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('taken-up'), ...known, ...takenUp }),
  /** Nobody is at it; what was tried before stands in `past`. */
  z.strictObject({ status: z.literal('open'), ...known }),
]);
export type Improvement = z.infer<typeof improvementSchema>;

export const improvementCommandSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('take-up'), owner: ownerSchema, measure: measureSchema }),
  z.strictObject({ type: z.literal('close') }),
  z.strictObject({ type: z.literal('drop'), because: measureSchema }),
]);
export type ImprovementCommand = z.infer<typeof improvementCommandSchema>;

/** What may be done with it; the console shows these, the decider allows no others. */
export const improvementActions: Record<Improvement['status'], readonly ImprovementCommand['type'][]> = {
  open: ['take-up'],
  'taken-up': ['close', 'drop'],
};

const MEASURES_MAX = 20;
/** Fewer journeys after it show nothing, however good they look. */
export const JOURNEYS_MIN = 20;

/**
 * @param figures read from the counters: of a period before now for *take-up*, of one after it was taken up for *close*
 * Ignored: already-taken-up (the same measure by the same team). Rejected: taken-up-by-others, not-taken-up, period-too-early, too-few-journeys, too-many-measures.
 */
export function decideImprovement(
  stored: Improvement | undefined,
  findingId: string,
  command: ImprovementCommand,
  figures: Figures,
  now: Instant,
): Outcome<Improvement, never> {
  const current: Improvement = stored ?? { status: 'open', findingId, past: [] };
  if (command.type === 'take-up') return takeUp(current, command, figures, now);
  if (current.status !== 'taken-up') return rejected('not-taken-up');
  const { past, status: _, findingId: id, ...taken } = current;
  if (command.type === 'drop') {
    const dropped = { ...taken, status: 'dropped', closedAt: now, because: command.because } as const;
    return { kind: 'changed', state: { status: 'open', findingId: id, past: [...past, dropped] }, events: [] };
  }
  // Journeys of the day on which it was taken up are half before and half after.
  if (figures.from <= taken.takenUpAt.slice(0, 10)) return rejected('period-too-early');
  const effect = figures.journeys < JOURNEYS_MIN ? undefined : effectOf(taken.before, figures);
  if (effect === undefined) return rejected('too-few-journeys');
  const closed = { ...taken, status: 'closed', closedAt: now, after: figures, effect } as const;
  return { kind: 'changed', state: { status: 'open', findingId: id, past: [...past, closed] }, events: [] };
}

function takeUp(
  current: Improvement,
  { owner, measure }: Extract<ImprovementCommand, { type: 'take-up' }>,
  before: Figures,
  now: Instant,
): Outcome<Improvement, never> {
  if (current.status === 'taken-up')
    return current.owner === owner && current.measure === measure ? ignored('already-taken-up') : rejected('taken-up-by-others');
  if (current.past.length >= MEASURES_MAX) return rejected('too-many-measures');
  // Without a journey before there is nothing that it could get better than.
  if (before.journeys < JOURNEYS_MIN) return rejected('too-few-journeys');
  return {
    kind: 'changed',
    state: { status: 'taken-up', findingId: current.findingId, past: current.past, owner, measure, takenUpAt: now, before },
    events: [],
  };
}
