/** The next best action of a household, as whoever has it on the telephone reads it: what, why, why now, why not another, and what came of those before. */
import { z } from 'zod';
import { actionLogSchema, isOpen, outcomeOf, type ActionEntry } from '../../shared/journey/next-best/action-log.ts';
import { actionInWords, actionName } from '../../shared/journey/next-best/next-best-wording.ts';
import { rejectedInWords } from '../../shared/journey/next-best/rejected-wording.ts';
import { instantSchema, type HouseholdId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { load } from '../runtime/store.ts';

const entryShape = actionLogSchema.shape.entries.element.shape;
const toldSchema = z.object({
  actionId: entryShape.actionId,
  action: entryShape.action,
  name: z.string(),
  because: z.string(),
  at: instantSchema,
  arm: entryShape.arm,
  outcome: z.enum(['open', 'taken', 'passed']),
  shownAt: instantSchema.optional(),
  tappedAt: instantSchema.optional(),
  channel: z.string().optional(),
  takenAt: instantSchema.optional(),
  /** For both sides if it is taken up, minor units; and how likely that was held to be. */
  household: z.int(),
  company: z.int(),
  gain: z.int(),
  likely: z.number(),
});
export const nextBestViewSchema = z.object({
  /** Absent: nobody has chosen for it yet. */
  chosenAt: instantSchema.optional(),
  /** Absent: nothing is the best that can be done. */
  open: toldSchema.optional(),
  rejected: z.array(z.object({ action: z.string(), name: z.string(), because: z.string(), gain: z.int().optional() })),
  /** The newest first. */
  past: z.array(toldSchema),
});
type NextBestView = z.infer<typeof nextBestViewSchema>;

const PAST_MAX = 20;

export async function viewNextBest(householdId: HouseholdId, language: 'de' | 'en'): Promise<NextBestView> {
  const log = (await load(kinds.nextBest, keys.nextBest(householdId)))?.state;
  if (log === undefined) return { rejected: [], past: [] };
  const told = (entry: ActionEntry): NextBestView['past'][number] => {
    const { actionId, action, at, arm, shownAt, tappedAt, channel, takenAt, household, company, gain, likely, figures } = entry;
    return {
      ...{ actionId, action, name: actionName(action, language), because: actionInWords(action, figures, language)?.reason ?? action },
      ...{ at, arm, outcome: outcomeOf(entry), household, company, gain, likely, shownAt, tappedAt, channel, takenAt },
    };
  };
  const open = log.entries.findLast(isOpen);
  const past = log.entries.filter((entry) => entry !== open).slice(-PAST_MAX);
  return {
    ...(log.chosen !== undefined && { chosenAt: log.chosen.at }),
    ...(open !== undefined && { open: told(open) }),
    rejected: (log.chosen?.rejected ?? []).map(({ action, because, gain }) => ({
      ...{ action, name: actionName(action, language), because: rejectedInWords(because, language) },
      ...(gain !== undefined && { gain }),
    })),
    past: past.map(told).reverse(),
  };
}
