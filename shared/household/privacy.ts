/**
 * PRIVACY: what the people of a household have answered about the use of its data, every answer for ever (GDPR Art. 7 (1) asks for the
 * proof), and when somebody took a copy of everything. One item, so that an answer and what follows from it have one order.
 */
import { z } from 'zod';
import { screenSchema } from '../event-parts.ts';
import type { EventOf } from '../events.ts';
import { householdIdSchema, ignored, instantSchema, isBefore, addDuration, duration, memberIdSchema, rejected, unreachable } from '../values.ts';
import type { HouseholdId, Instant, MemberId, Outcome } from '../values.ts';
import { namesUse, purposeNames, purposes, standsByDefault, type ConsentAnswer, type DeviceUse, type Purpose } from './purposes.ts';

export const purposeSchema = z.enum(purposeNames);
export const consentWordingVersionSchema = z.string().regex(/^\d{4}-\d\d(-\d)?$/);

export const consentEntrySchema = z.strictObject({
  purpose: purposeSchema,
  answer: z.enum(['given', 'withdrawn']),
  wordingVersion: consentWordingVersionSchema,
  language: z.enum(['de', 'en']),
  at: instantSchema,
  memberId: memberIdSchema,
  /** Where the person stood. */
  screen: screenSchema,
});
export type ConsentEntry = z.infer<typeof consentEntrySchema>;

/** About 180 bytes each, far below the store's 400 KB. */
const ANSWERS_MAX = 600;
/** From here on no yes is taken, so that there is always room for the no that may follow each. */
const YES_MAX = 500;
const EXPORTS_KEPT = 20;
/** A page that is read twice in a row is one export. */
const SAME_EXPORT = duration(1, 'minutes');

export const privacySchema = z.strictObject({
  householdId: householdIdSchema,
  /** The newest last; never shortened. */
  answers: z.array(consentEntrySchema).max(ANSWERS_MAX),
  exports: z.array(z.strictObject({ at: instantSchema, memberId: memberIdSchema })).max(EXPORTS_KEPT),
});
export type Privacy = z.infer<typeof privacySchema>;
export const noPrivacyYet = (householdId: HouseholdId): Privacy => ({ householdId, answers: [], exports: [] });

/** The answer that counts now. @param memberId whose, where each person answers for themselves */
export function standing(privacy: Privacy | undefined, purpose: Purpose, memberId?: MemberId): ConsentAnswer {
  return lastAnswer(privacy, purpose, memberId)?.answer ?? standsByDefault(purpose);
}

export function lastAnswer(privacy: Privacy | undefined, purpose: Purpose, memberId?: MemberId): ConsentEntry | undefined {
  const ofWhom = (entry: ConsentEntry) => purposes[purpose].scope === 'household' || entry.memberId === memberId;
  return privacy?.answers.filter((entry) => entry.purpose === purpose && ofWhom(entry)).at(-1);
}

/** What one member may see: the household's answers and their own. */
export const historyFor = (privacy: Privacy, memberId: MemberId): ConsentEntry[] =>
  privacy.answers.filter((entry) => purposes[entry.purpose].scope === 'household' || entry.memberId === memberId);

export type PrivacyCommand = ({ readonly type: 'answer' } & Omit<ConsentEntry, 'at'>) | { readonly type: 'export'; readonly memberId: MemberId };

/** An answer that stands already changes nothing; a no is never refused. */
export function decidePrivacy(privacy: Privacy, command: PrivacyCommand, now: Instant): Outcome<Privacy, EventOf<'consent' | 'data'>> {
  switch (command.type) {
    case 'answer':
      return decideAnswer(privacy, command, now);
    case 'export':
      return noteExport(privacy, command.memberId, now);
    default:
      return unreachable(command);
  }
}

function decideAnswer(privacy: Privacy, { type: _, ...entry }: Extract<PrivacyCommand, { type: 'answer' }>, now: Instant): ReturnType<typeof decidePrivacy> {
  const { purpose, answer, wordingVersion, memberId } = entry;
  if (standing(privacy, purpose, memberId) === answer && !isAgain(privacy, entry)) return ignored('stands-already');
  if (answer === 'given' && wordingVersion !== purposes[purpose].wordingVersion) return rejected('outdated-wording');
  if (answer === 'given' && privacy.answers.length >= YES_MAX) return rejected('changed-too-often');
  const data = { householdId: privacy.householdId, purpose, wordingVersion, memberId };
  return {
    kind: 'changed',
    state: { ...privacy, answers: [...privacy.answers, { ...entry, at: now }] },
    events: [answer === 'given' ? { type: 'consent.given', data } : { type: 'consent.withdrawn', data }],
  };
}

/** A yes to a text that has come since: it covers what that one names. */
const isAgain = (privacy: Privacy, { purpose, answer, wordingVersion, memberId }: Omit<ConsentEntry, 'at'>): boolean =>
  answer === 'given' && purposes[purpose].basis === 'consent' && lastAnswer(privacy, purpose, memberId)?.wordingVersion !== wordingVersion;

/** Whether the yes that stands was given to a text that names this. */
export function allowsUse(privacy: Privacy | undefined, use: DeviceUse): boolean {
  const last = lastAnswer(privacy, 'optional-telemetry');
  return last?.answer === 'given' && namesUse(last.wordingVersion, use);
}

function noteExport(privacy: Privacy, memberId: MemberId, now: Instant): ReturnType<typeof decidePrivacy> {
  const last = privacy.exports.findLast((one) => one.memberId === memberId);
  if (last !== undefined && isBefore(now, addDuration(last.at, SAME_EXPORT))) return ignored('same-export');
  return {
    kind: 'changed',
    state: { ...privacy, exports: [...privacy.exports, { at: now, memberId }].slice(-EXPORTS_KEPT) },
    events: [{ type: 'data.exported', data: { householdId: privacy.householdId, memberId } }],
  };
}
