/** One attempt at a shop, the way of every webhook (runtime/webhook/deliver.ts). The order is confirmed before the delivery is closed. */
import { abandonDelivery, deliverySchema, finishAttempt, postponeAttempt, startAttempt, type Delivery } from '../../shared/retailer/delivery.ts';
import type { Retailer } from '../../shared/retailer/retailer.ts';
import { isSuccess } from '../../shared/webhook/attempts.ts';
import { waitedForUntil } from '../../shared/webhook/turn.ts';
import { ignored, isBefore, type Instant } from '../../shared/values.ts';
import { keys, kinds, type Key } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { logger } from '../runtime/log.ts';
import { commandOrder } from '../runtime/order.ts';
import { PLACING_MESSAGE } from '../runtime/placing-message.ts';
import { signingKeys } from '../runtime/secrets.ts';
import { load } from '../runtime/store.ts';
import { deliver, type Courier } from '../runtime/webhook/deliver.ts';
import { disableShop, noteReached, noteUnreached } from './shop-trouble.ts';

export const attemptDelivery = (key: Key, now: Instant): Promise<void> => deliver(toShops, key, now);

const toShops: Courier<Delivery, Retailer> = {
  kind: kinds.delivery,

  async receiverOf(key) {
    const delivery = await load(kinds.delivery, key);
    if (delivery === undefined) return undefined;
    const shop = keys.retailer(delivery.state.retailerId);
    const retailer = (await load(kinds.retailer, shop))?.state;
    return retailer && { kind: kinds.retailer, key: shop, state: retailer };
  },

  start(delivery, retailer, { now, later }) {
    if (delivery === undefined) return ignored('no-such-delivery');
    if (retailer?.disabled !== undefined) return abandonDelivery(delivery, 'retailer-disabled', now);
    const isWaitedFor = retailer !== undefined && waitedForUntil(retailer, delivery.messageId, now) !== undefined;
    return isWaitedFor && mayWait(delivery, now) ? postponeAttempt(delivery, later) : startAttempt(delivery, now);
  },

  async letterOf(delivery, retailer) {
    if (delivery.status !== 'attempting') return undefined;
    const { messageId, body, correlationId } = delivery;
    const headers = correlationId === undefined ? {} : { 'x-correlation-id': correlationId };
    return { messageId, url: retailer.webhookUrl, body, secrets: await signingKeys(retailer, productNow()), headers };
  },

  postpone: (delivery, until, at) => (delivery === undefined ? ignored('no-such-delivery') : postponeAttempt(delivery, until, at)),

  async taken({ householdId, orderId, messageId, type }) {
    if (type === PLACING_MESSAGE[0]) await commandOrder({ householdId, orderId }, { type: 'confirmPlaced', messageId }, productNow());
  },

  finish: (delivery, result, chance) => finishAttempt(deliverySchema.parse(delivery), result, chance),

  async noted({ state: { retailerId } }, result, after) {
    const now = productNow();
    await (isSuccess(result) ? noteReached(retailerId, now) : noteUnreached(retailerId, now));
    if (after === undefined) return;
    reportAbandoned(after);
    if (after.status === 'abandoned' && after.reason === 'endpoint-gone') await disableShop(retailerId, now);
  },

  ended: reportAbandoned,
};

/** What is not due is left alone, and what is too late has to end. */
const mayWait = (delivery: Delivery, now: Instant): boolean =>
  delivery.status === 'pending' && !isBefore(now, delivery.dueAt) && isBefore(now, delivery.acceptBefore);

/** The metric filter of the alarm looks for exactly this line. */
function reportAbandoned(delivery: Delivery): void {
  if (delivery.status !== 'abandoned') return;
  const { messageId, retailerId, attempts, reason } = delivery;
  logger.error('webhook abandoned', { messageId, retailerId, attempts: attempts.length, reason });
}
