/** What an order is at each moment: one union on `status`, as it is stored. */
import { z } from 'zod';
import { approverSchema, quoteSchema } from '../event-parts.ts';
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
} from '../values.ts';
import { cancelRequestSchema } from './cancel-request.ts';
import { progressSchema } from './progress.ts';
import { answersSchema } from './response.ts';
import { withdrawnPartSchema } from './withdrawal/withdrawn-part.ts';
import { SUBSTITUTIONS_MAX, substitutionSchema } from './substitution.ts';

const reason = z.string().min(1).max(200);
/** Far more than anybody thinks twice, and few enough that an order keeps room for its events. */
export const CHANGES_MAX = 20;
export const droppedNeedSchema = z.strictObject({
  needId: needIdSchema,
  supplyId: supplyIdSchema,
  /** It only came along, and with it a person would have been asked: nobody has said no to it. */
  cameAlong: z.literal(true).optional(),
});
export const orderChangeSchema = z.strictObject({ changeId: changeIdSchema, memberId: memberIdSchema, at: instantSchema, quoteHash: quoteSchema.shape.hash });
const base = {
  orderId: orderIdSchema,
  householdId: householdIdSchema,
  retailerId: retailerIdSchema,
  round: z.int().min(1).max(99),
  quote: quoteSchema,
  proposedAt: instantSchema,
  /** What people made of the quote while the order waited, the newest last; `quoteHash` is that of the quote before. */
  changes: z.array(orderChangeSchema).max(CHANGES_MAX).optional(),
  /** Needs that it was proposed for and that are not in it any more: people took them out, a no to them alone, or they had only come along. */
  dropped: z.array(droppedNeedSchema).max(50).optional(),
  /** Set when something was looked after and nothing moved: the next time to look. Gone with the next fact. */
  nextReconcileAt: instantSchema.optional(),
};
export const approvalSchema = z.strictObject({ by: approverSchema, at: instantSchema });
export const placementSchema = z.strictObject({ messageId: messageIdSchema, acceptBefore: instantSchema, startedAt: instantSchema });
export const stuckSchema = z.strictObject({ because: z.enum(['not-taken', 'overdue']), since: instantSchema });
/** From the moment before the first byte leaves: a shop may know this order. */
const sent = {
  ...base,
  approval: approvalSchema,
  placement: placementSchema,
  answers: answersSchema,
  progress: progressSchema,
  /** Once asked for, a cancel is the shop's to grant. */
  cancelRequest: cancelRequestSchema.optional(),
  /** Since when nobody knows what has become of it, as the household was told; gone with the next word. */
  stuck: stuckSchema.optional(),
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
  z.strictObject({ status: z.literal('approved'), ...base, approval: approvalSchema }),
  z.strictObject({ status: z.literal('placing'), ...sent }),
  z.strictObject({ status: z.literal('placed'), ...sent }),
  z.strictObject({ status: z.literal('accepted'), ...sent }),
  z.strictObject({ status: z.literal('shipped'), ...sent }),
  z.strictObject({ status: z.literal('delivered'), ...sent }),
  z.strictObject({ status: z.literal('rejected'), ...sent, reason }),
  z.strictObject({ status: z.literal('cancelled'), ...sent, reason }),
  z.strictObject({ status: z.literal('declined'), ...base, memberId: memberIdSchema, reason }),
  /** Nobody answered in time; or, with an approval, it could not be placed while the quote stood. */
  z.strictObject({ status: z.literal('expired'), ...base, approval: approvalSchema.optional() }),
  z.strictObject({ status: z.literal('withdrawn'), ...base, approval: approvalSchema.optional(), memberId: memberIdSchema, reason }),
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

/** The needs that an order was proposed for, whether it still has a line for them or not. */
export const needsOf = ({ quote, dropped = [] }: Order): z.infer<typeof droppedNeedSchema>[] => [
  ...quote.lineItems.map(({ needId, supplyId }) => ({ needId, supplyId })),
  ...dropped,
];
