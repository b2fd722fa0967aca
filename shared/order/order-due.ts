/** When an order needs somebody to look after it, because nothing may wait for a message that never comes. */
import type { Quote } from '../event-parts.ts';
import { addDuration, duration, earliest, unreachable, type Instant } from '../values.ts';
import type { Order, SentOrder } from './order-state.ts';
import { openIn } from './substitution.ts';

/** A day and a night: long enough for everybody at home, short enough to act before the shelf is empty. */
export const APPROVAL_LASTS_MAX = duration(24, 'hours');
export const ACCEPT_WITHIN = duration(24, 'hours');
/** A queue's message arrives within seconds; after this it is lost and said again. */
export const REPEAT_AFTER = duration(15, 'minutes');
/** A shop that is silent after its last moment to accept is asked again at this pace. */
export const ASK_AGAIN_AFTER = duration(30, 'minutes');
/** Parcels are late by a day or two; then we ask. */
export const DELIVERY_GRACE = duration(2, 'days');
const DAILY = duration(1, 'days');

/** Until when a person may answer: while the quote stands, at most a day. */
export const approvalExpiresAt = (quote: Quote, now: Instant): Instant => earliest(quote.validUntil, addDuration(now, APPROVAL_LASTS_MAX));

/** Until when the shop may accept: while the quote stands, at most a day, so that another shop can be tried before the shelf is empty. */
export const acceptBefore = (quote: Quote, now: Instant): Instant => earliest(quote.validUntil, addDuration(now, ACCEPT_WITHIN));

/** `dueAt` of the order's item; undefined when nothing more is expected. */
export function orderDueAt(order: Order): Instant | undefined {
  switch (order.status) {
    case 'proposed':
      return order.nextReconcileAt ?? addDuration(order.proposedAt, REPEAT_AFTER);
    case 'awaiting-approval':
      return order.nextReconcileAt ?? order.expiresAt;
    case 'approved':
      return order.nextReconcileAt ?? addDuration(order.approval.at, REPEAT_AFTER);
    case 'placing':
    case 'placed':
      return withQuestions(order, order.nextReconcileAt ?? earliest(order.placement.acceptBefore, ...saidToShop(order)));
    case 'accepted':
    case 'shipped':
      return withQuestions(order, order.nextReconcileAt ?? earliest(addDuration(promisedDelivery(order), DELIVERY_GRACE), ...saidToShop(order)));
    case 'delivered':
    case 'rejected':
    case 'cancelled':
    case 'declined':
    case 'expired':
    case 'withdrawn':
      return undefined;
    default:
      return unreachable(order);
  }
}

/** A question that nobody answers in time is a no, and somebody has to say so. */
const withQuestions = ({ substitutions = [] }: SentOrder, usually: Instant): Instant =>
  earliest(usually, ...openIn(substitutions).map(({ answerBefore }) => answerBefore));

/** The message to the shop leaves within seconds; after this its event is lost, and it is made again from the order. */
const saidToShop = ({ cancelRequest, substitutions = [] }: SentOrder): Instant[] =>
  [cancelRequest?.refused === undefined ? cancelRequest?.at : undefined, ...substitutions.map(({ answer }) => answer?.at)]
    .filter((at) => at !== undefined)
    .map((at) => addDuration(at, REPEAT_AFTER));

const promisedDelivery = ({ progress, placement, quote }: Extract<Order, { placement: unknown }>): Instant =>
  progress.deliveryAt ?? addDuration(placement.startedAt, duration(quote.leadTimeDays, 'days'));

/** After somebody has looked and nothing moved: when to look again. Orders that expect nothing stay as they are. */
export function lookAgain(order: Order, now: Instant): Order {
  switch (order.status) {
    case 'proposed':
    case 'awaiting-approval':
    case 'approved':
      return { ...order, nextReconcileAt: addDuration(now, REPEAT_AFTER) };
    case 'placing':
    case 'placed':
      return { ...order, nextReconcileAt: addDuration(now, ASK_AGAIN_AFTER) };
    case 'accepted':
    case 'shipped':
      return { ...order, nextReconcileAt: addDuration(now, DAILY) };
    case 'delivered':
    case 'rejected':
    case 'cancelled':
    case 'declined':
    case 'expired':
    case 'withdrawn':
      return order;
    default:
      return unreachable(order);
  }
}
