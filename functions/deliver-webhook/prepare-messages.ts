/**
 * What an order has to tell its shop after it was placed, stored with its attempts. Names and bytes come from the order alone, so each message
 * is made once however often it is asked for, also by whoever finds later that its event was lost.
 */
import { isSent } from '../../shared/order/answer-order.ts';
import { asTold } from '../../shared/order/withdrawal/contract-withdrawal.ts';
import type { Order } from '../../shared/order/order-state.ts';
import { newDelivery } from '../../shared/retailer/delivery.ts';
import { EVERY_ATTEMPT } from '../../shared/webhook/retry.ts';
import { messagesOf, withdrawalMessage, type OrderMessage } from '../../shared/retailer/order-messages.ts';
import { addDuration, ignored, type HouseholdId, type Instant, type OrderId } from '../../shared/values.ts';
import { keys, kinds, type Key } from '../runtime/aggregates.ts';
import { change, load } from '../runtime/store.ts';

interface About {
  readonly householdId: HouseholdId;
  readonly orderId: OrderId;
}

/** Where the deliveries stand, those that are over too. */
export async function prepareMessages({ householdId, orderId }: About, now: Instant): Promise<Key[]> {
  const order = (await load(kinds.order, keys.order(householdId, orderId)))?.state.order;
  return order !== undefined && isSent(order) ? prepare(order, messagesOf(order), now) : [];
}

export async function prepareWithdrawals({ householdId, orderId }: About, now: Instant): Promise<Key[]> {
  const key = keys.contractWithdrawal(householdId, orderId);
  const withdrawal = (await load(kinds.contractWithdrawal, key))?.state;
  const order = (await load(kinds.order, keys.order(householdId, orderId)))?.state.order;
  if (withdrawal === undefined || order === undefined) return [];
  const { retailerId } = withdrawal;
  const messages = withdrawal.parts.map(({ part, by, lines, declaredAt }) =>
    withdrawalMessage({ householdId, orderId, retailerId, part, by, lines }, declaredAt),
  );
  const deliveries = await prepare(order, messages, now);
  await change(kinds.contractWithdrawal, key, (current) => (current === undefined ? ignored('gone') : asTold(current)));
  return deliveries;
}

async function prepare({ householdId, orderId, retailerId, quote }: Order, messages: readonly OrderMessage[], now: Instant): Promise<Key[]> {
  const correlationId = quote.lineItems[0]?.needId;
  const acceptBefore = addDuration(now, EVERY_ATTEMPT);
  for (const message of messages) {
    await change(kinds.delivery, keys.delivery(retailerId, message.messageId), (delivery) =>
      delivery === undefined
        ? { kind: 'changed', state: newDelivery({ ...message, householdId, orderId, retailerId, acceptBefore, correlationId }, now), events: [] }
        : ignored('already-prepared'),
    );
  }
  return messages.map(({ messageId }) => keys.delivery(retailerId, messageId));
}
