/** What a shop asked and nobody answered in time. */
import type { SentOrder } from '../../shared/order/order-state.ts';
import { openIn } from '../../shared/order/substitution.ts';
import type { Instant } from '../../shared/values.ts';
import { commandOrder } from '../runtime/order.ts';

/** Silence is a no. Each question is closed by a decision of its own, so that each has a message of its own to the shop. */
export async function closeQuestions(order: SentOrder, now: Instant): Promise<void> {
  const by = { kind: 'time' } as const;
  for (const { questionId } of openIn(order.substitutions ?? [])) {
    await commandOrder(order, { type: 'answerSubstitution', questionId, accepted: false, by, now }, now);
  }
}
