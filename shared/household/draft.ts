/** A half-filled form that its author goes on with on another device. What is in it is the form's own affair; nothing here acts on it. */
import { z } from 'zod';
import { addDuration, duration, householdIdSchema, instantSchema, memberIdSchema, type Instant } from '../values.ts';

export const DRAFTS_MAX = 20;
export const DRAFT_BYTES_MAX = 4_096;
/** Nobody goes on with a form after a month. */
export const DRAFT_LASTS = duration(30, 'days');

const isJson = (text: string): boolean => {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
};

export const draftIdSchema = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/);

export const draftBodySchema = z.strictObject({
  /** Of the browser that wrote: whoever reads it there goes on without a question. */
  device: z.string().regex(/^[0-9a-f]{16}$/),
  /** JSON text of what was filled in so far. */
  form: z
    .string()
    .min(2)
    .max(DRAFT_BYTES_MAX)
    .refine((text) => new TextEncoder().encode(text).length <= DRAFT_BYTES_MAX, `expected at most ${DRAFT_BYTES_MAX} bytes`)
    .refine(isJson, 'expected the JSON of a form'),
});

export const draftSchema = z.strictObject({ draftId: draftIdSchema, ...draftBodySchema.shape, savedAt: instantSchema });
export type Draft = z.infer<typeof draftSchema>;

/** In the store it belongs to one member: what somebody has begun is nobody else's affair. */
export const storedDraftSchema = z.strictObject({
  householdId: householdIdSchema,
  memberId: memberIdSchema,
  draftId: draftIdSchema,
  savedAt: instantSchema,
  /** Absent once it was sent or thrown away. */
  content: draftBodySchema.optional(),
});
export type StoredDraft = z.infer<typeof storedDraftSchema>;

export const endOfDraft = ({ savedAt }: Pick<StoredDraft, 'savedAt'>): Instant => addDuration(savedAt, DRAFT_LASTS);

/** What its author may go on with now. */
export function draftOf(stored: StoredDraft | undefined, now: Instant): Draft | undefined {
  if (stored?.content === undefined || endOfDraft(stored) <= now) return undefined;
  return { draftId: stored.draftId, ...stored.content, savedAt: stored.savedAt };
}
