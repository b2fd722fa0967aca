/**
 * The message to the shop is stored with its attempts, then the order says that it is being placed: from here on taking it back is a
 * request to the shop. Both steps may be repeated; the message's id is made from the order, so it is the same on every attempt.
 */
import { acceptBefore } from '../../shared/order/order-due.ts';
import type { Order } from '../../shared/order/order-state.ts';
import { messageIdFor, newDelivery } from '../../shared/retailer/delivery.ts';
import { orderPlacedMessage } from '../../shared/retailer/messages.ts';
import { ignored, type HouseholdId, type Instant, type OrderId } from '../../shared/values.ts';
import { keys, kinds, type Key } from '../runtime/aggregates.ts';
import { logger } from '../runtime/log.ts';
import { commandOrder } from '../runtime/order.ts';
import { change, load } from '../runtime/store.ts';
import { PLACING_MESSAGE } from '../runtime/placing-message.ts';

export async function prepareDelivery(about: { householdId: HouseholdId; orderId: OrderId }, now: Instant): Promise<Key | undefined> {
  const order = (await load(kinds.order, keys.order(about.householdId, about.orderId)))?.state.order;
  if (order?.status !== 'approved' && order?.status !== 'placing') return undefined;
  const messageId = messageIdFor(order.orderId, ...PLACING_MESSAGE);
  const key = keys.delivery(order.retailerId, messageId);
  const body = await messageOf(order, now);
  if (body === undefined) {
    // The quote ended before the order was placed: it ends too, instead of being due for ever.
    await commandOrder(about, { type: 'expire', now }, now);
    return undefined;
  }
  const about_ = { messageId, householdId: order.householdId, orderId: order.orderId, retailerId: order.retailerId, type: PLACING_MESSAGE[0] };
  const stored = await change(kinds.delivery, key, (delivery) =>
    delivery === undefined ? { kind: 'changed', state: newDelivery({ ...about_, ...body }, now), events: [] } : ignored('already-prepared'),
  );
  const { acceptBefore: until } = stored.kind === 'changed' ? stored.state : (stored.stored?.state ?? body);
  const placing = await commandOrder(about, { type: 'place', messageId, acceptBefore: until, now }, now);
  if (placing.kind !== 'rejected') return key;
  // Taken back or out of time since it was approved: nothing may be sent, and an order out of time ends.
  logger.info('an approved order is not placed', { ...about, reason: placing.reason });
  await commandOrder(about, { type: 'expire', now }, now);
  return undefined;
}

async function messageOf(order: Order, now: Instant) {
  const household = (await load(kinds.household, keys.household(order.householdId)))?.state;
  const shop = household?.shops.find(({ retailerId }) => retailerId === order.retailerId);
  if (household === undefined || shop === undefined) throw new Error(`${order.orderId} is for ${order.retailerId}, which the household has not linked`);
  const until = acceptBefore(order.quote, now);
  if (until <= now) return undefined;
  const { account } = shop;
  return {
    acceptBefore: until,
    body: orderPlacedMessage({ orderId: order.orderId, account, quote: order.quote, acceptBefore: until, deliverTo: household.address, at: now }),
  };
}
