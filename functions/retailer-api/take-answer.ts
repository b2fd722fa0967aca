/** An answer about an order. The delivery that we made to this shop leads to the household; what was never sent to it does not exist. */
import type { Answer } from '../../shared/order/response.ts';
import { messageIdFor } from '../../shared/retailer/delivery.ts';
import type { Retailer } from '../../shared/retailer/retailer.ts';
import type { MessageId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { keepForLater } from '../runtime/early-answers.ts';
import { hearAnswer } from '../runtime/hear-answer.ts';
import { PLACING_MESSAGE } from '../runtime/placing-message.ts';
import { load } from '../runtime/store.ts';
import { VisibleError } from '../runtime/visible-error.ts';

export async function takeAnswer({ retailerId }: Retailer, messageId: MessageId, answer: Answer): Promise<'stored' | 'repeat'> {
  const { orderId } = answer.data;
  const now = productNow();
  const placed = () => load(kinds.delivery, keys.delivery(retailerId, messageIdFor(orderId, ...PLACING_MESSAGE)));
  let delivery = await placed();
  if (delivery === undefined) {
    await keepForLater({ retailerId, messageId, answer }, now);
    // Whoever stores the placement looks for what is kept after it; so either they find this, or we find the placement.
    delivery = await placed();
  }
  // The same for an order that does not exist, that is still to come, and that is another shop's: nobody learns which.
  if (delivery === undefined) {
    throw new VisibleError(404, 'not-found', 'there is no such order of yours; should it be on its way to you, this message counts for a day');
  }
  const result = await hearAnswer({ householdId: delivery.state.householdId, orderId }, { messageId, answer }, now);
  if (result.kind === 'rejected') throw new VisibleError(422, result.reason, `the answer was refused: ${result.reason}`);
  return result.kind === 'changed' ? 'stored' : 'repeat';
}
