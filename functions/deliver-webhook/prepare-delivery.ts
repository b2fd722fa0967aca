/**
 * The order says that it is being placed before anything can leave: from here on taking it back is a request to the shop. Then the message
 * is stored with its attempts. Both steps may be repeated, and the message is made from the order alone, so every repeat has the same bytes.
 */
import { isSent } from '../../shared/order/answer-order.ts';
import { acceptBefore } from '../../shared/order/order-due.ts';
import type { Order, SentOrder } from '../../shared/order/order-state.ts';
import { messageIdFor, newDelivery } from '../../shared/retailer/delivery.ts';
import { orderPlacedMessage } from '../../shared/retailer/messages.ts';
import { substitutionTold, type SubstitutionTold } from '../../shared/retailer/substitution-told.ts';
import { ignored, type HouseholdId, type Instant, type OrderId } from '../../shared/values.ts';
import { keys, kinds, type Key } from '../runtime/aggregates.ts';
import { hearEarly } from '../runtime/early-answers.ts';
import { contentsOf, rulesOf } from '../runtime/hear-answer.ts';
import { logger } from '../runtime/log.ts';
import { commandOrder } from '../runtime/order.ts';
import { PLACING_MESSAGE } from '../runtime/placing-message.ts';
import { change, createOnce, load } from '../runtime/store.ts';

interface About {
  readonly householdId: HouseholdId;
  readonly orderId: OrderId;
}

/** Where the delivery stands, or undefined when there is nothing to send. */
export async function prepareDelivery(about: About, now: Instant): Promise<Key | undefined> {
  const order = (await load(kinds.order, keys.order(about.householdId, about.orderId)))?.state.order;
  if (order?.status !== 'approved' && order?.status !== 'placing') return undefined;
  const destination = await destinationOf(order);
  const substitutions = await substitutionsOf(order);
  const placing = await startPlacing(about, order, now);
  if (placing === undefined) return undefined;
  const { orderId, householdId, retailerId, quote, placement } = placing;
  const { messageId, acceptBefore: until, startedAt: at } = placement;
  // From here on there may be a contract, and whoever has its number may withdraw from it without signing in.
  await createOnce(kinds.orderOwner, keys.orderOwner(orderId), { orderId, householdId });
  const key = keys.delivery(retailerId, messageId);
  await change(kinds.delivery, key, (delivery) => {
    if (delivery !== undefined) return ignored('already-prepared');
    const body = orderPlacedMessage({ ...destination, substitutions, orderId, quote, acceptBefore: until, at });
    const message = {
      messageId,
      householdId,
      orderId,
      retailerId,
      type: PLACING_MESSAGE[0],
      body,
      acceptBefore: until,
      correlationId: quote.lineItems[0]?.needId,
    };
    return { kind: 'changed', state: newDelivery(message, now), events: [] };
  });
  // A shop can know the order from an earlier run of ours that did not come so far, and have answered it.
  await hearEarly({ householdId, orderId, retailerId }, now);
  return key;
}

async function startPlacing(about: About, order: Order, now: Instant): Promise<SentOrder | undefined> {
  if (order.status === 'placing') return order;
  const messageId = messageIdFor(order.orderId, ...PLACING_MESSAGE);
  const result = await commandOrder(about, { type: 'place', messageId, acceptBefore: acceptBefore(order.quote, now), now }, now);
  const after = result.kind === 'changed' ? result.state.order : result.stored?.state.order;
  if (result.kind !== 'rejected') return after !== undefined && isSent(after) ? after : undefined;
  // Taken back, or out of time since it was approved: nothing is sent, and an order out of time ends instead of being due for ever.
  logger.info('an approved order is not placed', { ...about, reason: result.reason });
  await commandOrder(about, { type: 'expire', now }, now);
  return undefined;
}

/** Asked before anything is said: an order for a shop that the household has not linked must not begin to be placed. */
async function destinationOf({ householdId, retailerId, orderId }: Order) {
  const household = (await load(kinds.household, keys.household(householdId)))?.state;
  const shop = household?.shops.find((linked) => linked.retailerId === retailerId);
  if (household === undefined || shop === undefined) throw new Error(`${orderId} is for ${retailerId}, which the household has not linked`);
  return { account: shop.account, deliverTo: household.address };
}

/** As the rules stand now: they are judged again when the shop says what it would send. */
async function substitutionsOf(order: Extract<Order, { status: 'approved' | 'placing' }>): Promise<readonly (SubstitutionTold | undefined)[]> {
  const { quote, approval } = order;
  const rules = await rulesOf(order);
  const own = Object.values(rules).flatMap(({ ownProductsAlone, products = [] }) => (ownProductsAlone === true ? products : []));
  const bought = { quote, boughtBy: approval.by.kind, contains: await contentsOf(order, [...new Set(own)]) };
  return quote.lineItems.map((line) => substitutionTold(line, rules[line.supplyId] ?? {}, bought));
}
