/** How a member answers: drawn from seed, member and order, so that the same person says the same after every restart. */
import { createHash } from 'node:crypto';
import { approvalIdSchema, duration, type ApprovalId, type MemberId, type OrderId } from '../shared/values.ts';
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

/** Where a member answers an order: the phone, or the TV that they are signed in on. */
export type Screen = 'app' | 'tv';
const TV_SHARE = 0.4;

/** One of the two and never both, so that nobody answers the same question twice. */
export const screenOf = (seed: number, memberId: string, orderId: OrderId): Screen => (drawsOf(seed, memberId, 'screen', orderId)() < TV_SHARE ? 'tv' : 'app');

/**
 * The same tap is the same approval, however often it is sent: 24 hex digits of a SHA-256 over the order and who tapped.
 * @param again the hash of a later quote, when an order that was answered asks once more: another tap, another approval
 */
export const approvalIdOf = (memberId: MemberId, orderId: OrderId, again = ''): ApprovalId =>
  approvalIdSchema.parse(`apr_${createHash('sha256').update(`${memberId} ${orderId} ${again}`).digest('hex').slice(0, 24)}`);
