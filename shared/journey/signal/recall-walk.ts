/**
 * Telling a recall to everybody who had the goods: through sixteen lists of those who had the product, page by page, and once a day again for a month,
 * because goods come late and shops name lots late. Its figures are those of the last walk that came to an end.
 */
import { z } from 'zod';
import { addDuration, duration, instantSchema, isBefore, type Instant } from '../../values.ts';
import type { Recall } from './recall.ts';

/** Lists of those who had a product: one of thousands of households would be one key that all deliveries are written to. */
export const GOODS_PARTS = 16;

const count = z.int().min(0);
const figuresSchema = z.strictObject({ looked: count, certain: count, maybe: count, told: count });
export type RecallFigures = z.infer<typeof figuresSchema>;
const none: RecallFigures = { looked: 0, certain: 0, maybe: 0, told: 0 };

export const recallWalkSchema = z.strictObject({
  signalId: z.string().max(60),
  begunAt: instantSchema,
  part: z.int().min(0).max(GOODS_PARTS),
  /** The last household of the page before. */
  after: z.string().max(80).optional(),
  sofar: figuresSchema,
  /** Of the last whole walk. */
  last: figuresSchema.extend({ at: instantSchema }).optional(),
  lookAgainAt: instantSchema.optional(),
});
export type RecallWalk = z.infer<typeof recallWalkSchema>;

const AGAIN = duration(1, 'days');
const WALKED_FOR = duration(30, 'days');

/** From the beginning, at once: what was corrected concerns others. */
export const beginWalk = ({ signalId }: Pick<Recall, 'signalId'>, before: RecallWalk | undefined, now: Instant): RecallWalk => ({
  ...{ signalId, begunAt: now, part: 0, sofar: none, lookAgainAt: now },
  ...(before?.last && { last: before.last }),
});

export interface Page {
  /** Where the next page begins; absent: this was the last of its part. */
  readonly after?: string | undefined;
  readonly figures: RecallFigures;
}

/** A page that was walked twice counts once: its figures are written with the place that follows it. */
export function withPage(walk: RecallWalk, { after, figures }: Page, now: Instant): RecallWalk {
  const { after: _, ...rest } = walk;
  const sofar = { looked: 0, certain: 0, maybe: 0, told: 0 };
  for (const name of ['looked', 'certain', 'maybe', 'told'] as const) sofar[name] = walk.sofar[name] + figures[name];
  if (after !== undefined) return { ...rest, sofar, after, lookAgainAt: now };
  if (walk.part + 1 < GOODS_PARTS) return { ...rest, sofar, part: walk.part + 1, lookAgainAt: now };
  const { lookAgainAt: __, ...ended } = rest;
  const next = addDuration(now, AGAIN);
  const goesOn = isBefore(next, addDuration(walk.begunAt, WALKED_FOR));
  return { ...ended, part: 0, sofar: none, last: { ...sofar, at: now }, ...(goesOn && { lookAgainAt: next }) };
}

export const stopWalk = ({ lookAgainAt: _, ...walk }: RecallWalk): RecallWalk => walk;
