/** Which segments a household is in, by rules over its profile. */
import { z } from 'zod';
import { instantSchema, type Instant } from '../values.ts';
import type { JourneyFacts } from './phase.ts';

export const segmentSchema = z.enum(['runs-by-itself', 'approves-by-hand']);
export type Segment = z.infer<typeof segmentSchema>;

export const segmentNoteSchema = z.strictObject({ segment: segmentSchema, since: instantSchema, because: z.string().min(1).max(200) });
export type SegmentNote = z.infer<typeof segmentNoteSchema>;

/** Below three answers a share says little. */
const ORDERS_MIN = 3;

const rules: readonly { segment: Segment; because: (facts: JourneyFacts) => string | undefined }[] = [
  {
    segment: 'runs-by-itself',
    because: ({ total: { approvedByMandate: mandate, approvedByPerson: person } }) =>
      mandate + person >= ORDERS_MIN && mandate > person ? `${mandate} of ${mandate + person} orders were inside a mandate` : undefined,
  },
  {
    segment: 'approves-by-hand',
    because: ({ total: { approvedByMandate: mandate, approvedByPerson: person } }) =>
      mandate + person >= ORDERS_MIN && person >= mandate ? `${person} of ${mandate + person} orders were approved by hand` : undefined,
  },
];

export function currentSegments(facts: JourneyFacts, before: readonly SegmentNote[], now: Instant): SegmentNote[] {
  return rules.flatMap(({ segment, because }) => {
    const reason = because(facts);
    const since = before.find((note) => note.segment === segment)?.since ?? now;
    return reason === undefined ? [] : [{ segment, since, because: reason }];
  });
}
