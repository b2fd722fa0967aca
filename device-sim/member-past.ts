/** What members have heard and said, on whichever screen: the lines of `members.ndjson` (phones) and `screens.ndjson` (TVs). */
import { z } from 'zod';
import { approvalIdSchema, instantSchema, memberIdSchema, orderIdSchema } from '../shared/values.ts';
import { evidenceSchema } from './household-api.ts';
import type { LedgerLine } from './ledger.ts';

const lineOf = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.object({ at: instantSchema, kind: z.literal(kind), memberId: memberIdSchema, orderId: orderIdSchema, ...shape });
const answer = z.enum(['approve', 'decline']);

const answerLineSchema = lineOf('answer', {
  ...{ answer, quoteHash: z.string(), approvalId: approvalIdSchema, reason: z.string().optional() },
  screen: z.enum(['app', 'tv']).default('app'),
  /** What stood on the button. */
  evidence: evidenceSchema.optional(),
});
export const memberLineSchema = z.discriminatedUnion('kind', [
  lineOf('told', { messageId: z.string() }),
  /** On disk before it is sent. */
  answerLineSchema,
  lineOf('answered', { answer, status: z.int() }),
  /** When the member came to answer, the order did not wait for an answer any more. */
  lineOf('too-late', { status: z.string() }),
]);
export type MemberLine = z.infer<typeof memberLineSchema>;
export type AnswerLine = z.infer<typeof answerLineSchema>;

export const memberPastOf = (lines: readonly LedgerLine[]): MemberLine[] => lines.map((line) => memberLineSchema.parse(line));
