/** When an order needs somebody to look after it, because nothing may wait for a message that never comes. */
import type { Quote } from '../event-parts.ts';
import { addDuration, duration, durationBetween, earliest, latest, unreachable, type Instant } from '../values.ts';
import type { Order, SentOrder } from './order-state.ts';
import { refundDueAt } from './refund.ts';
import { openIn } from './substitution.ts';

/** A day and a night: long enough for everybody at home, short enough to act before the shelf is empty. */
export const APPROVAL_LASTS_MAX = duration(24, 'hours');
export const ACCEPT_WITHIN = duration(24, 'hours');
/** A queue's message arrives within seconds; after this it is lost and said again. */
export const REPEAT_AFTER = duration(15, 'minutes');
/** A shop that has said nothing for so long is asked; after its last moment to accept, again at this pace. */
export const ASK_AGAIN_AFTER = duration(30, 'minutes');
const ASKED_AT_LEAST_EVERY = duration(6, 'hours');
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
      return withQuestions(
        order,
        order.nextReconcileAt ?? earliest(addDuration(order.placement.startedAt, ASK_AGAIN_AFTER), order.placement.acceptBefore, ...saidToShop(order)),
      );
    case 'accepted':
    case 'shipped':
      return withQuestions(order, order.nextReconcileAt ?? earliest(overdueFrom(order), ...saidToShop(order)));
    case 'delivered':
      return refundDueAt(order);
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

/** Of what comes later than the rest, the last. */
function promisedDelivery({ progress, placement, quote }: SentOrder): Instant {
  const promised = progress.deliveryAt ?? addDuration(placement.startedAt, duration(quote.leadTimeDays, 'days'));
  return progress.lines.reduce((last, { backOrdered }) => (backOrdered === undefined ? last : latest(last, backOrdered.expectedAt)), promised);
}

/** Before the shop's last moment less and less often, for it may take its time; at that moment, and from then on at a steady pace. */
function askAgainAt({ placement: { startedAt, acceptBefore } }: SentOrder, now: Instant): Instant {
  if (now >= acceptBefore) return addDuration(now, ASK_AGAIN_AFTER);
  const waited = duration(Math.max(ASK_AGAIN_AFTER, Math.min(ASKED_AT_LEAST_EVERY, durationBetween(startedAt, now))) / 1_000, 'seconds');
  return earliest(addDuration(now, waited), acceptBefore);
}

/** From then on the goods of an order that the shop has taken are late. */
export const overdueFrom = (order: SentOrder): Instant => addDuration(promisedDelivery(order), DELIVERY_GRACE);

/** After somebody has looked and nothing moved: when to look again. Orders that expect nothing stay as they are. */
export function lookAgain(order: Order, now: Instant): Order {
  switch (order.status) {
    case 'proposed':
    case 'awaiting-approval':
    case 'approved':
      return { ...order, nextReconcileAt: addDuration(now, REPEAT_AFTER) };
    case 'placing':
    case 'placed':
      return { ...order, nextReconcileAt: askAgainAt(order, now) };
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
