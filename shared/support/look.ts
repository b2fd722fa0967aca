/**
 * A look at one household by somebody who works for the company: who, when and for what. It is written before anything is answered, and the
 * household reads it among its data.
 */
import { z } from 'zod';
import { digest } from '../digest.ts';
import { leadIdSchema, type LeadId } from '../journey/lead/lead-id.ts';
import { caseIdSchema, householdIdSchema, instantOf, instantSchema, millisOf, staffIdSchema, type HouseholdId, type Instant, type StaffId } from '../values.ts';

/** `case`: a problem that the household has reported. `call`: it is on the telephone. `complaint`: it wrote or came. `asked-for`: it wants us to look. `group`: it is one of a segment. */
export const lookPurposes = ['case', 'call', 'complaint', 'asked-for', 'group'] as const;
export const lookPurposeSchema = z.enum(lookPurposes);
export type LookPurpose = z.infer<typeof lookPurposeSchema>;

/** What was done with it. */
export const lookKindSchema = z.enum(['page', 'case-opened', 'case-answered', 'case-solved', 'case-reopened', 'call-noted', 'identity', 'listed']);
export type LookKind = z.infer<typeof lookKindSchema>;

const REASON_MAX = 120;
/** For what somebody looks; a case is named, and everything else has its reason in words. */
export const lookReasonSchema = z
  .strictObject({ purpose: lookPurposeSchema, caseId: caseIdSchema.optional(), reason: z.string().trim().min(3).max(REASON_MAX).optional() })
  .refine(({ purpose, caseId }) => (purpose === 'case') === (caseId !== undefined), 'expected the case that it is about, and none otherwise')
  .refine(({ purpose, reason }) => purpose === 'case' || reason !== undefined, 'expected a reason in a few words');
export type LookReason = z.infer<typeof lookReasonSchema>;

const noted = {
  lookId: z.string().regex(/^look_[0-9a-f]{32}$/),
  householdId: householdIdSchema,
  staffId: staffIdSchema,
  at: instantSchema,
  kind: lookKindSchema,
  purpose: lookPurposeSchema,
};
export const lookSchema = z.strictObject({ ...noted, caseId: caseIdSchema.optional(), reason: z.string().max(REASON_MAX).optional() });
export type Look = z.infer<typeof lookSchema>;

/** At somebody who has no household, and has asked to be answered. */
export const leadLookKindSchema = z.enum(['page', 'listed', 'handed-over', 'closed', 'forgotten']);
export type LeadLookKind = z.infer<typeof leadLookKindSchema>;
export const leadLookSchema = z.strictObject({
  ...{ lookId: noted.lookId, leadId: leadIdSchema, staffId: staffIdSchema, at: instantSchema, kind: leadLookKindSchema },
  ...{ purpose: lookPurposeSchema, reason: z.string().trim().min(3).max(REASON_MAX) },
});
export type LeadLook = z.infer<typeof leadLookSchema>;

/** For our own book, which outlives the household's data: opaque ids, and nothing that anybody wrote. */
export const lookEntrySchema = z.union([z.strictObject(noted), z.strictObject({ ...leadLookSchema.omit({ reason: true }).shape })]);
export type LookEntry = z.infer<typeof lookEntrySchema>;
export const entryOf = ({ caseId: _, reason: __, ...entry }: Look): LookEntry => entry;
export const entryOfLead = ({ reason: _, ...entry }: LeadLook): LookEntry => entry;

/** A page that is opened again within ten minutes for the same reason is one look. */
const SAME_LOOK_MILLIS = 10 * 60_000;

/** @returns the look, and the ten minutes in which it is the same one */
export function lookAt(of: { householdId: HouseholdId; staffId: StaffId; kind: LookKind }, why: LookReason, now: Instant): { look: Look; window: Instant } {
  const window = instantOf(Math.floor(millisOf(now) / SAME_LOOK_MILLIS) * SAME_LOOK_MILLIS);
  const { purpose, caseId, reason } = why;
  const lookId = `look_${digest([of.householdId, of.staffId, of.kind, purpose, caseId ?? '', reason ?? '', window])}`;
  return { look: { lookId, ...of, at: now, purpose, ...(caseId !== undefined && { caseId }), ...(reason !== undefined && { reason }) }, window };
}

/** As `lookAt`, at a lead. */
export function lookAtLead(
  of: { leadId: LeadId; staffId: StaffId; kind: LeadLookKind },
  why: Pick<LeadLook, 'purpose' | 'reason'>,
  now: Instant,
): { look: LeadLook; window: Instant } {
  const window = instantOf(Math.floor(millisOf(now) / SAME_LOOK_MILLIS) * SAME_LOOK_MILLIS);
  const lookId = `look_${digest([of.leadId, of.staffId, of.kind, why.purpose, why.reason, window])}`;
  return { look: { lookId, ...of, at: now, ...why }, window };
}

/** Three years, the usual time within which somebody may ask about it (BGB §195). */
const ENTRY_KEPT_SECONDS = 3 * 366 * 86_400;
/** Seconds since 1970. */
export const entryKeptUntil = ({ at }: LookEntry): number => Math.ceil(millisOf(at) / 1_000) + ENTRY_KEPT_SECONDS;
