/**
 * The roll: one short line for each household of which anything is known, in an order that says nothing of it. Whoever asks for the members of a
 * segment, or tries one out before it is saved, reads the roll and not the journeys; its first lines are a sample that chance has drawn.
 */
import { z } from 'zod';
import { addDuration, duration, householdIdSchema, instantSchema, type Instant } from '../../values.ts';
import { segmentIdSchema } from './segment.ts';
import type { Standing } from './standing.ts';

/** Who left longer ago is not told of any more. */
const LEFT_SHOWN_DAYS = 28;
const SEGMENTS_MAX = 100;

export const rollEntrySchema = z.strictObject({
  householdId: householdIdSchema,
  segments: z.array(z.strictObject({ segment: segmentIdSchema, since: instantSchema })).max(SEGMENTS_MAX),
  left: z.array(z.strictObject({ segment: segmentIdSchema, leftAt: instantSchema })).max(SEGMENTS_MAX),
});
export type RollEntry = z.infer<typeof rollEntrySchema>;

/** What the roll says of a household that stands like this; the same again for the same standing, while nobody's time is over. */
export function rollEntryOf({ householdId, segments }: Standing, before: RollEntry | undefined, now: Instant): RollEntry {
  const isIn = (segment: string): boolean => segments.some((note) => note.segment === segment);
  const shownFrom = addDuration(now, duration(-LEFT_SHOWN_DAYS, 'days'));
  const known = (before?.left ?? []).filter(({ segment, leftAt }) => !isIn(segment) && leftAt > shownFrom);
  const gone = (before?.segments ?? []).filter(({ segment }) => !isIn(segment)).map(({ segment }) => ({ segment, leftAt: now }));
  return {
    householdId,
    segments: segments.map(({ segment, since }) => ({ segment, since })),
    left: [...known, ...gone].slice(-SEGMENTS_MAX),
  };
}
