/** How a member answers: drawn from seed, member and order, so that the same person says the same after every restart. */
import { createHash } from 'node:crypto';
import { approvalIdSchema, duration, type ApprovalId, type OrderId } from '../shared/values.ts';
import { drawsOf, pick } from './random.ts';
import type { Answers } from './simulation.ts';

export type Intent = { readonly answer: 'approve' } | { readonly answer: 'decline'; readonly reason: string } | { readonly answer: 'none' };

const REASONS = ['We still have enough', 'Not this week', 'Too expensive', 'I am passing the shop anyway', 'We are away at the weekend'] as const;

/** @returns what the member will do, and how many product milliseconds after having been told; `none` is left unanswered. */
export function answerOf(seed: number, memberId: string, orderId: OrderId, answers: Answers | undefined): { intent: Intent; delayMillis: number } {
  if (answers === undefined) return { intent: { answer: 'none' }, delayMillis: 0 };
  const draw = drawsOf(seed, memberId, 'answer', orderId);
  const mood = draw();
  const [least, most] = answers.delayMinutes;
  const delayMillis = Math.round((least + draw() * (most - least)) * duration(1, 'minutes'));
  if (mood < answers.approve) return { intent: { answer: 'approve' }, delayMillis };
  if (mood < answers.approve + answers.decline) return { intent: { answer: 'decline', reason: pick(draw, REASONS) }, delayMillis };
  return { intent: { answer: 'none' }, delayMillis };
}

/**
 * The same tap is the same approval, however often it is sent: 24 hex digits of the order's SHA-256.
 * @param again the hash of a later quote, when an order that was answered asks once more: another tap, another approval
 */
export const approvalIdOf = (orderId: OrderId, again = ''): ApprovalId =>
  approvalIdSchema.parse(`apr_${createHash('sha256').update(`${orderId}${again}`).digest('hex').slice(0, 24)}`);
