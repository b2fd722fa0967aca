/**
 * Who may be written to by e-mail: each member answers for themselves, and every answer is kept with when it was given and to which text, because whoever
 * writes has to prove the yes (GDPR Art. 7 (1), UWG §7 (2) 2). Of an address nothing stands here: it is read where people sign in, when something is sent.
 */
import { z } from 'zod';
import { instantSchema, memberIdSchema, type Instant, type MemberId } from '../../values.ts';
import { mailEndings } from './words.ts';

/** From here on no yes is taken, so that there is always room for the no that may follow each. */
export const MAIL_YES_MAX = 100;
const MAIL_ANSWERS_MAX = MAIL_YES_MAX + 40;

const whose = { memberId: memberIdSchema, at: instantSchema };
export const mailAnswerSchema = z.discriminatedUnion('answer', [
  z.strictObject({ ...whose, answer: z.literal('given'), wordingVersion: z.string().regex(/^\d{4}-\d\d(-\d)?$/), language: z.enum(['de', 'en']) }),
  z.strictObject({ ...whose, answer: z.literal('withdrawn'), because: z.enum(mailEndings) }),
]);
export type MailAnswer = z.infer<typeof mailAnswerSchema>;
export type MailYes = Extract<MailAnswer, { answer: 'given' }>;
/** The newest last; never shortened. */
export const mailAnswersSchema = z.array(mailAnswerSchema).max(MAIL_ANSWERS_MAX);

/**
 * What has become of one letter. `claimed`: about to be handed over, or nobody knows. `unknown`: the line broke while it was handed over. `dropped`: not wanted
 * any more by then. Whatever stands here, it is not written a second time.
 */
export const mailedSchema = z.strictObject({
  memberId: memberIdSchema,
  at: instantSchema,
  state: z.enum(['claimed', 'sent', 'refused', 'unknown', 'dropped']),
});
export type Mailed = z.infer<typeof mailedSchema>;
export type Settled = Exclude<Mailed['state'], 'claimed'>;

interface WithAnswers {
  readonly mailAnswers?: readonly MailAnswer[] | undefined;
}
export const lastMailAnswer = ({ mailAnswers = [] }: WithAnswers, memberId: MemberId): MailAnswer | undefined =>
  mailAnswers.findLast((one) => one.memberId === memberId);

export function mailYesOf(outreach: WithAnswers, memberId: MemberId): MailYes | undefined {
  const last = lastMailAnswer(outreach, memberId);
  return last?.answer === 'given' ? last : undefined;
}

/** Whose yes stands now. */
export const mailTo = (outreach: WithAnswers | undefined): MemberId[] =>
  outreach === undefined ? [] : [...new Set(outreach.mailAnswers?.map(({ memberId }) => memberId))].filter((who) => mailYesOf(outreach, who) !== undefined);

/** When a withdrawal took hold: of a repeat, when the first did. */
export function mailStoppedAt(outreach: WithAnswers | undefined, memberId: MemberId): Instant | undefined {
  const last = outreach && lastMailAnswer(outreach, memberId);
  return last?.answer === 'withdrawn' ? last.at : undefined;
}
