/** How facts move an order on: from one state of its union to another. */
import type { Quote } from '../event-parts.ts';
import type { EventData, EventOf } from '../events.ts';
import { unreachable, type Instant } from '../values.ts';
import { linesAsOrdered } from './line-progress.ts';
import { needsOf, type Order, type SentOrder } from './order-state.ts';
import { evolveProgress, withPacks } from './progress.ts';
import { answered, asSubstitution } from './substitution.ts';

const baseOf = ({ orderId, householdId, retailerId, round, quote, proposedAt, changes, dropped }: Order) => ({
  ...{ orderId, householdId, retailerId, round, quote, proposedAt },
  ...(changes !== undefined && { changes }),
  ...(dropped !== undefined && { dropped }),
});
const approvalOf = (order: Order) => ('approval' in order && order.approval ? { approval: order.approval } : {});

/** Applies one fact. Facts that cannot follow are a bug of ours and throw: deciders never yield them. @param at when it happened */
export function evolveOrder(order: Order | undefined, event: EventOf<'order'>, at: Instant): Order {
  if (event.type === 'order.proposed') {
    const { orderId, householdId, retailerId, round, quote } = event.data;
    return { status: 'proposed', orderId, householdId, retailerId, round, quote, proposedAt: at };
  }
  if (!order) throw new Error(`${event.type} about an order that was never proposed`);
  switch (event.type) {
    case 'order.approval-requested':
      return { status: 'awaiting-approval', ...baseOf(order), requestedAt: at, expiresAt: event.data.expiresAt };
    case 'order.requoted':
      return requote(order, event.data, at);
    case 'order.approved':
      return { status: 'approved', ...baseOf(event.data.trimmed ? trimmedTo(order, event.data.trimmed) : order), approval: { by: event.data.by, at } };
    case 'order.declined':
      return { status: 'declined', ...baseOf(order), memberId: event.data.memberId, reason: event.data.reason };
    case 'order.expired':
      return { status: 'expired', ...baseOf(order), ...approvalOf(order) };
    case 'order.withdrawn':
      return { status: 'withdrawn', ...baseOf(order), ...approvalOf(order), memberId: event.data.memberId, reason: event.data.reason };
    case 'order.placing':
      return startPlacing(order, event.data, at);
    case 'order.placed':
    case 'order.accepted':
    case 'order.changed':
    case 'order.rejected':
    case 'order.shipped':
    case 'order.delivered':
    case 'order.cancelled':
    case 'order.stuck':
    case 'order.taken-after-refusal':
    case 'order.part-delivered':
    case 'order.back-ordered':
    case 'order.returned':
    case 'order.refunded':
    case 'order.refund-overdue':
    case 'order.payment-declined':
    case 'order.cancel-requested':
    case 'order.cancel-refused':
    case 'order.substitution-offered':
    case 'order.substitution-answered':
      return evolveSent(order, event, at);
    default:
      return unreachable(event);
  }
}

function trimmedTo(order: Order, quote: Quote): Order {
  const bought = new Set(quote.lineItems.map(({ needId }) => needId));
  const dropped = needsOf(order)
    .filter(({ needId }) => !bought.has(needId))
    .map((need) => ({ ...need, cameAlong: true as const }));
  return { ...order, quote, dropped };
}

function requote(order: Order, { changeId, memberId, previousHash, quote, expiresAt }: EventData<'order.requoted'>, at: Instant): Order {
  if (order.status !== 'awaiting-approval') throw new Error(`order.requoted about an order that is ${order.status}`);
  const bought = new Set(quote.lineItems.map(({ needId }) => needId));
  const dropped = needsOf(order).filter(({ needId }) => !bought.has(needId));
  const changes = [...(order.changes ?? []), { changeId, memberId, at, quoteHash: previousHash }];
  const next = { ...order, quote, expiresAt, changes, dropped };
  delete next.nextReconcileAt;
  return next;
}

function startPlacing(order: Order, { messageId, acceptBefore }: EventData<'order.placing'>, at: Instant): Order {
  if (order.status !== 'approved') throw new Error(`order.placing about an order that is ${order.status}`);
  return {
    status: 'placing',
    ...baseOf(order),
    approval: order.approval,
    placement: { messageId, acceptBefore, startedAt: at },
    answers: {},
    progress: { lines: linesAsOrdered(order.quote), problems: [] },
  };
}

/** What both sides have asked of each other. */
const askedOf = ({ cancelRequest, substitutions, withdrawn, refundOverdueAt }: SentOrder) => ({
  ...(cancelRequest && { cancelRequest }),
  ...(substitutions && { substitutions }),
  ...(withdrawn && { withdrawn }),
  ...(refundOverdueAt !== undefined && { refundOverdueAt }),
});

/** The shop has to hear of it, so the order is looked after soon. */
function toBeTold(order: SentOrder): SentOrder {
  const { nextReconcileAt: _, ...told } = order;
  return told;
}

type SentEvent = Exclude<
  EventOf<'order'>,
  {
    type:
      | 'order.proposed'
      | 'order.approval-requested'
      | 'order.requoted'
      | 'order.approved'
      | 'order.declined'
      | 'order.expired'
      | 'order.withdrawn'
      | 'order.placing';
  }
>;

function evolveSent(order: Order, event: SentEvent, at: Instant): Order {
  if (!('placement' in order)) throw new Error(`${event.type} about an order that is ${order.status}`);
  const { approval: approved, placement, answers, progress } = order;
  const kept = { ...baseOf(order), approval: approved, placement, answers, progress, ...askedOf(order) };
  // An order that comes back to life after a rejection starts from what was ordered.
  const lively = { ...progress, lines: order.status === 'rejected' || order.status === 'cancelled' ? linesAsOrdered(order.quote) : progress.lines };
  switch (event.type) {
    case 'order.placed':
      return { ...kept, status: 'placed' };
    case 'order.accepted':
      return { ...kept, status: 'accepted', progress: { ...lively, ...(event.data.deliveryAt !== undefined && { deliveryAt: event.data.deliveryAt }) } };
    case 'order.changed':
      return {
        ...kept,
        status: order.status === 'shipped' ? 'shipped' : 'accepted',
        progress: { ...lively, lines: withPacks(lively.lines, event, 'current') },
      };
    case 'order.shipped':
      return { ...kept, status: 'shipped', progress: { ...lively, ...(event.data.tracking !== undefined && { tracking: event.data.tracking }) } };
    case 'order.delivered':
      return {
        ...kept,
        status: 'delivered',
        progress: { ...progress, lines: withPacks(progress.lines, event, 'fulfilled'), total: event.data.total, deliveredAt: progress.deliveredAt ?? at },
      };
    case 'order.rejected':
      return { ...kept, status: 'rejected', reason: event.data.reason };
    case 'order.cancelled':
      return { ...kept, status: 'cancelled', reason: event.data.reason };
    case 'order.part-delivered':
      return { ...kept, status: 'shipped', progress: evolveProgress(progress, event, at) };
    case 'order.back-ordered':
      return { ...kept, status: order.status === 'shipped' ? 'shipped' : 'accepted', progress: evolveProgress(lively, event, at) };
    case 'order.returned':
    case 'order.refunded':
    case 'order.payment-declined':
      return { ...order, progress: evolveProgress(progress, event, at) };
    case 'order.refund-overdue':
      return { ...order, refundOverdueAt: at };
    case 'order.taken-after-refusal':
      // What it comes to stands with the answers themselves.
      return order;
    case 'order.stuck':
      return { ...order, stuck: { because: event.data.because, since: event.data.since } };
    case 'order.cancel-requested':
      return { ...toBeTold(order), cancelRequest: { memberId: event.data.memberId, reason: event.data.reason, at } };
    case 'order.cancel-refused':
      return order.cancelRequest ? { ...order, cancelRequest: { ...order.cancelRequest, refused: { at, reason: event.data.reason } } } : order;
    case 'order.substitution-offered':
      return { ...order, substitutions: [...(order.substitutions ?? []), asSubstitution(event.data, at)] };
    case 'order.substitution-answered': {
      const { questionId, accepted, by } = event.data;
      return { ...toBeTold(order), substitutions: answered(order.substitutions ?? [], questionId, { accepted, by, at }) };
    }
    default:
      return unreachable(event);
  }
}
