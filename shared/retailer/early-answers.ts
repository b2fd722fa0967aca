/**
 * What a shop says of orders that we know of no placement with it for: kept for a while, since the placement may be stored in the next moment. Few
 * for each shop, the oldest leave first, so that a shop that invents orders only harms itself.
 */
import { z } from 'zod';
import { answerSchema, type Answer } from '../order/response.ts';
import {
  addDuration,
  duration,
  ignored,
  instantSchema,
  messageIdSchema,
  retailerIdSchema,
  type Instant,
  type MessageId,
  type OrderId,
  type Outcome,
  type RetailerId,
} from '../values.ts';

export const EARLY_KEPT = duration(24, 'hours');
export const EARLY_MAX = 64;
/** Of the item, whose store takes 400 kB: characters of JSON, of which each is one byte or three. */
const CHARACTERS_MAX = 100_000;

const earlyAnswerSchema = z.strictObject({ messageId: messageIdSchema, answer: answerSchema, receivedAt: instantSchema });
export type EarlyAnswer = z.infer<typeof earlyAnswerSchema>;
export const earlyAnswersSchema = z.strictObject({ retailerId: retailerIdSchema, answers: z.array(earlyAnswerSchema).max(EARLY_MAX) });
export type EarlyAnswers = z.infer<typeof earlyAnswersSchema>;

const lasting = (answers: readonly EarlyAnswer[], now: Instant): EarlyAnswer[] => answers.filter(({ receivedAt }) => addDuration(receivedAt, EARLY_KEPT) > now);

export function keepEarly(
  before: EarlyAnswers | undefined,
  said: { readonly retailerId: RetailerId; readonly messageId: MessageId; readonly answer: Answer },
  now: Instant,
): Outcome<EarlyAnswers, never> {
  const known = lasting(before?.answers ?? [], now);
  if (known.some(({ messageId }) => messageId === said.messageId)) return ignored('kept-already');
  const { retailerId, messageId, answer } = said;
  const answers = fitting([...known, { messageId, answer, receivedAt: now }].slice(-EARLY_MAX));
  return answers.length === 0 ? ignored('too-long') : { kind: 'changed', state: { retailerId, answers }, events: [] };
}

/** Without the oldest, as far as room is short. */
function fitting(answers: readonly EarlyAnswer[]): EarlyAnswer[] {
  let room = CHARACTERS_MAX;
  const kept = answers.findLastIndex((answer) => (room -= JSON.stringify(answer).length) < 0);
  return answers.slice(kept + 1);
}

export const earlyAbout = ({ answers }: EarlyAnswers, orderId: OrderId, now: Instant): EarlyAnswer[] =>
  lasting(answers, now).filter(({ answer }) => answer.data.orderId === orderId);

export function dropEarly(before: EarlyAnswers, orderId: OrderId): Outcome<EarlyAnswers, never> {
  const answers = before.answers.filter(({ answer }) => answer.data.orderId !== orderId);
  return answers.length === before.answers.length ? ignored('none-kept') : { kind: 'changed', state: { ...before, answers }, events: [] };
}

/** When the store may forget the item. */
export const earlyKeptUntil = ({ answers }: EarlyAnswers): Instant | undefined => {
  const last = answers.at(-1);
  return last && addDuration(last.receivedAt, EARLY_KEPT);
};
