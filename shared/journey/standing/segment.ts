/** Segments: groups of households by conditions in data. A sub-segment is a part of its parent. */
import { z } from 'zod';
import { instantSchema, type Instant } from '../../values.ts';
import { reasonSchema, type Reason } from '../reason.ts';
import { conditionSchema, judge, type Known } from './condition.ts';

export const segmentIdSchema = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, 'expected small letters, digits and hyphens, such as runs-by-itself');
export const segmentSchema = z.strictObject({
  segment: segmentIdSchema,
  /** Who is not in this one is not in it. */
  parent: segmentIdSchema.optional(),
  name: z.strictObject({ de: z.string().min(1).max(80), en: z.string().min(1).max(80) }),
  condition: conditionSchema,
  /** Switched off: it stays as it was thought out, and nobody is in it. */
  isOff: z.literal(true).optional(),
});
export type Segment = z.infer<typeof segmentSchema>;

const SEGMENTS_MAX = 100;
/** Each named once, parents known, and none above itself. */
export const segmentsSchema = z
  .array(segmentSchema)
  .max(SEGMENTS_MAX)
  .superRefine((segments, context) => {
    const parents = new Map(segments.map(({ segment, parent }) => [segment, parent]));
    if (parents.size < segments.length) context.addIssue({ code: 'custom', message: 'expected each segment once' });
    for (const { segment, parent } of segments) {
      if (parent !== undefined && !parents.has(parent)) context.addIssue({ code: 'custom', message: `${segment}: there is no ${parent}` });
      const above = new Set<string>();
      for (let next = parent; next !== undefined && !above.has(next); next = parents.get(next)) above.add(next);
      if (above.has(segment)) context.addIssue({ code: 'custom', message: `${segment} is above itself` });
    }
  });

export const segmentNoteSchema = z.strictObject({ segment: segmentIdSchema, since: instantSchema, reasons: z.array(reasonSchema).max(6) });
export type SegmentNote = z.infer<typeof segmentNoteSchema>;

/** True, false, or undefined where it is not known, with the reasons; its parents decide first. */
export function isIn(
  segment: Segment,
  segments: readonly Segment[],
  known: Known,
): { readonly holds: boolean | undefined; readonly reasons: readonly Reason[] } {
  const reasons: Reason[] = [];
  const chain = [segment];
  for (let next = segment.parent; next !== undefined && chain.length <= SEGMENTS_MAX;) {
    const parent = segments.find((one) => one.segment === next);
    if (parent === undefined) return { holds: false, reasons: [{ code: 'no-parent', figures: { what: next } }] };
    chain.unshift(parent);
    next = parent.parent;
  }
  for (const one of chain) {
    const judged = judge(one.condition, known);
    if (judged.holds !== true) return judged;
    reasons.push(...judged.reasons);
  }
  return { holds: true, reasons };
}

/**
 * A membership that goes on keeps its `since`. One that begins does so with the touchpoint that brought it about, or, when time alone did,
 * at `now`. @param came the newest touchpoint's own time, @param seen up to when touchpoints were judged before
 */
export function membershipsOf(
  segments: readonly Segment[],
  known: Known,
  before: readonly SegmentNote[],
  at: { readonly came?: Instant | undefined; readonly seen?: Instant | undefined },
): SegmentNote[] {
  const { came, seen } = at;
  const begins = came !== undefined && (seen === undefined || came > seen) && came <= known.now ? came : known.now;
  return segments.flatMap((segment) => {
    if (segment.isOff === true) return [];
    const { holds, reasons } = isIn(segment, segments, known);
    if (holds !== true) return [];
    const since = before.find((note) => note.segment === segment.segment)?.since ?? begins;
    return [{ segment: segment.segment, since, reasons: reasons.slice(0, 6) }];
  });
}

export interface SegmentPreview {
  /** Households that were looked at, and of how many of them it is not known. */
  readonly of: number;
  readonly unknown: number;
  readonly members: number;
  /** Who is not in the segment of that name as it stands, and would be; and the other way round. */
  readonly entering: number;
  readonly leaving: number;
}

/** Before a segment is saved: how many would be in it, and whom that moves. @param segments as they stand */
export function previewSegment(segment: Segment, segments: readonly Segment[], households: readonly Known[]): SegmentPreview {
  const all = [...segments.filter((one) => one.segment !== segment.segment), segment];
  const stands = segments.find((one) => one.segment === segment.segment);
  const isMember = (one: Segment | undefined, among: readonly Segment[], known: Known): boolean | undefined =>
    one === undefined || one.isOff === true ? false : isIn(one, among, known).holds;
  const counts = { of: households.length, members: 0, unknown: 0, entering: 0, leaving: 0 };
  for (const known of households) {
    const [was, is] = [isMember(stands, segments, known), isMember(segment, all, known)];
    if (is === true) counts.members += 1;
    if (is === undefined) counts.unknown += 1;
    if (is === true && was !== true) counts.entering += 1;
    if (was === true && is !== true) counts.leaving += 1;
  }
  return counts;
}
