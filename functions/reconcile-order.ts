/** Stage 6, when a shop is silent: we ask by our id, take what it has said, and end what it says it never took. */
import { answerSchema } from '../shared/order/response.ts';
import type { SentOrder } from '../shared/order/order-state.ts';
import { lookAgain } from '../shared/order/order-due.ts';
import { isSent } from '../shared/order/answer-order.ts';
import type { Instant } from '../shared/values.ts';
import { ignored } from '../shared/values.ts';
import { keys, kinds } from './runtime/aggregates.ts';
import { productNow } from './runtime/clock.ts';
import { hearAnswer } from './runtime/hear-answer.ts';
import { logger } from './runtime/log.ts';
import { commandOrder, orderKeyParts } from './runtime/order.ts';
import { change, load } from './runtime/store.ts';
import { queueWorker } from './runtime/worker.ts';
import { prepareMessages } from './deliver-webhook/prepare-messages.ts';
import { noteReached, noteUnreached } from './deliver-webhook/shop-trouble.ts';
import { askRetailer } from './reconcile-order/ask-retailer.ts';
import { closeQuestions } from './reconcile-order/close-questions.ts';

export const handler = queueWorker(async (work) => {
  if (work.kind !== 'due') throw new Error(`expected an order that is due, got ${work.event.type}`);
  const { householdId, orderId } = orderKeyParts(work.due);
  const stored = await load(kinds.order, keys.order(householdId, orderId));
  if (stored === undefined || !isSent(stored.state.order)) return;
  const now = productNow();
  await closeQuestions(stored.state.order, now);
  // Whose event was lost: the delivery is made all the same, and is due at once.
  await prepareMessages({ householdId, orderId }, now);
  await reconcile(stored.state.order, now);
  // Nothing moved: look again later, so that nothing waits for a message that may never come.
  await change(kinds.order, keys.order(householdId, orderId), (current, found) =>
    current === undefined || found?.version !== stored.version
      ? ignored('moved')
      : { kind: 'changed', state: { ...current, order: lookAgain(current.order, now) }, events: [] },
  );
  // Out of reach, or it has said all that there is: told once when its time is over.
  await commandOrder({ householdId, orderId }, { type: 'reportStuck', now }, now);
  await commandOrder({ householdId, orderId }, { type: 'reportRefund', now }, now);
});

async function reconcile(order: SentOrder, now: Instant): Promise<void> {
  const asked = await askRetailer(order);
  await (asked.kind === 'unreachable' ? noteUnreached(order.retailerId, now) : noteReached(order.retailerId, now));
  if (asked.kind === 'unreachable') {
    logger.warn('a silent shop could not be asked', { orderId: order.orderId, reason: asked.reason });
    return;
  }
  if (asked.kind === 'unknown') {
    await commandOrder(order, { type: 'lapse', reason: 'the shop did not take it in time', now }, now);
    return;
  }
  // Whoever knows the order has it, even if no answer to our own call ever came back.
  await commandOrder(order, { type: 'confirmPlaced', messageId: order.placement.messageId }, now);
  for (const { messageId, ...said } of asked.answers) {
    const answer = answerSchema.safeParse(said);
    if (!answer.success) logger.warn('a shop said something of an order that is no answer', { orderId: order.orderId, type: said.type });
    else await hearAnswer(order, { messageId, answer: answer.data }, now);
  }
}
