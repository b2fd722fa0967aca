/** What an order is at each moment: one union on `status`, as it is stored, and how facts move it on. */
import { z } from 'zod';
import { approverSchema, quoteSchema, type Quote } from '../event-parts.ts';
import type { EventData, EventOf } from '../events.ts';
import {
  changeIdSchema,
  householdIdSchema,
  instantSchema,
  memberIdSchema,
  messageIdSchema,
  needIdSchema,
  orderIdSchema,
  retailerIdSchema,
  supplyIdSchema,
  unreachable,
  type Instant,
} from '../values.ts';
import { cancelRequestSchema } from './cancel-request.ts';
import { linesAsOrdered } from './line-progress.ts';
import { evolveProgress, progressSchema, withPacks } from './progress.ts';
import { answersSchema } from './response.ts';
import { withdrawnPartSchema } from './withdrawal/withdrawn-part.ts';
import { SUBSTITUTIONS_MAX, answered, asSubstitution, substitutionSchema } from './substitution.ts';

const reason = z.string().min(1).max(200);
/** Far more than anybody thinks twice, and few enough that an order keeps room for its events. */
export const CHANGES_MAX = 20;
const droppedNeedSchema = z.strictObject({
  needId: needIdSchema,
  supplyId: supplyIdSchema,
  /** It only came along, and with it a person would have been asked: nobody has said no to it. */
  cameAlong: z.literal(true).optional(),
});
const base = {
  orderId: orderIdSchema,
  householdId: householdIdSchema,
  retailerId: retailerIdSchema,
  round: z.int().min(1).max(99),
  quote: quoteSchema,
  proposedAt: instantSchema,
  /** What people made of the quote while the order waited, the newest last; `quoteHash` is that of the quote before. */
  changes: z
    .array(z.strictObject({ changeId: changeIdSchema, memberId: memberIdSchema, at: instantSchema, quoteHash: quoteSchema.shape.hash }))
    .max(CHANGES_MAX)
    .optional(),
  /** Needs that it was proposed for and that are not in it any more: people took them out, a no to them alone, or they had only come along. */
  dropped: z.array(droppedNeedSchema).max(50).optional(),
  /** Set when something was looked after and nothing moved: the next time to look. Gone with the next fact. */
  nextReconcileAt: instantSchema.optional(),
};
const approval = z.strictObject({ by: approverSchema, at: instantSchema });
/** From the moment before the first byte leaves: a shop may know this order. */
const sent = {
  ...base,
  approval,
  placement: z.strictObject({ messageId: messageIdSchema, acceptBefore: instantSchema, startedAt: instantSchema }),
  answers: answersSchema,
  progress: progressSchema,
  /** Once asked for, a cancel is the shop's to grant. */
  cancelRequest: cancelRequestSchema.optional(),
  /** Since when nobody knows what has become of it, as the household was told; gone with the next word. */
  stuck: z.strictObject({ because: z.enum(['not-taken', 'overdue']), since: instantSchema }).optional(),
  /** What people have withdrawn from its contract, as far as it is noted here: the shop owes the money for it. */
  withdrawn: z.array(withdrawnPartSchema).max(50).optional(),
  /** When the household was told that a refund is overdue. */
  refundOverdueAt: instantSchema.optional(),
  /** What the shop has asked, in the order in which its questions came. */
  substitutions: z.array(substitutionSchema).max(SUBSTITUTIONS_MAX).optional(),
};

export const orderSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('proposed'), ...base }),
  z.strictObject({ status: z.literal('awaiting-approval'), ...base, requestedAt: instantSchema, expiresAt: instantSchema }),
  z.strictObject({ status: z.literal('approved'), ...base, approval }),
  z.strictObject({ status: z.literal('placing'), ...sent }),
  z.strictObject({ status: z.literal('placed'), ...sent }),
  z.strictObject({ status: z.literal('accepted'), ...sent }),
  z.strictObject({ status: z.literal('shipped'), ...sent }),
  z.strictObject({ status: z.literal('delivered'), ...sent }),
  z.strictObject({ status: z.literal('rejected'), ...sent, reason }),
  z.strictObject({ status: z.literal('cancelled'), ...sent, reason }),
  z.strictObject({ status: z.literal('declined'), ...base, memberId: memberIdSchema, reason }),
  /** Nobody answered in time; or, with an approval, it could not be placed while the quote stood. */
  z.strictObject({ status: z.literal('expired'), ...base, approval: approval.optional() }),
  z.strictObject({ status: z.literal('withdrawn'), ...base, approval: approval.optional(), memberId: memberIdSchema, reason }),
]);
export type Order = z.infer<typeof orderSchema>;
export type OrderStatus = Order['status'];
export type OrderIn<Status extends OrderStatus> = Extract<Order, { status: Status }>;
export type SentOrder = Extract<Order, { placement: unknown }>;

/** Statuses in which nothing more is expected; only a shop that contradicts itself moves rejected and cancelled. */
export const isTerminal: Record<OrderStatus, boolean> = {
  proposed: false,
  'awaiting-approval': false,
  approved: false,
  placing: false,
  placed: false,
  accepted: false,
  shipped: false,
  delivered: true,
  rejected: true,
  cancelled: true,
  declined: true,
  expired: true,
  withdrawn: true,
};

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

/** The needs that an order was proposed for, whether it still has a line for them or not. */
export const needsOf = ({ quote, dropped = [] }: Order): z.infer<typeof droppedNeedSchema>[] => [
  ...quote.lineItems.map(({ needId, supplyId }) => ({ needId, supplyId })),
  ...dropped,
];

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
