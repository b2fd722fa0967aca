/** An answer about an order. The delivery that we made to this shop leads to the household; what was never sent to it does not exist. */
import type { Answer } from '../../shared/order/response.ts';
import { messageIdFor } from '../../shared/retailer/delivery.ts';
import type { Retailer } from '../../shared/retailer/retailer.ts';
import type { MessageId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { commandOrder } from '../runtime/order.ts';
import { PLACING_MESSAGE } from '../runtime/placing-message.ts';
import { load } from '../runtime/store.ts';
import { applyRules } from './apply-rules.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';

export async function takeAnswer({ retailerId }: Retailer, messageId: MessageId, answer: Answer): Promise<'stored' | 'repeat'> {
  const { orderId } = answer.data;
  const delivery = await load(kinds.delivery, keys.delivery(retailerId, messageIdFor(orderId, ...PLACING_MESSAGE)));
  if (delivery === undefined) throw notFound('order');
  const now = productNow();
  const result = await commandOrder({ householdId: delivery.state.householdId, orderId }, { type: 'answer', messageId, answer, receivedAt: now }, now);
  if (result.kind === 'rejected') throw new VisibleError(422, result.reason, `the answer was refused: ${result.reason}`);
  // Also after a repeat: the first time may have ended between the two steps.
  if (answer.type === 'order.substitution-offered') await applyRules(delivery.state.householdId, answer.data, now);
  return result.kind === 'changed' ? 'stored' : 'repeat';
}
