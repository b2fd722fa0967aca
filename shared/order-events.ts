/** What an order announces, from the proposal to the money that comes back: a part of the catalogue (events.ts). */
import { z } from 'zod';
import {
  baseQuantitySchema,
  quoteSchema,
  screenSchema,
  approverSchema,
  cancelReasonSchema,
  lineReasonSchema,
  paymentRefusalSchema,
  substituteSchema,
  substitutionAnswererSchema,
  ruleResultSchema,
} from './event-parts.ts';
import {
  changeIdSchema,
  gtinSchema,
  householdIdSchema,
  instantSchema,
  memberIdSchema,
  messageIdSchema,
  moneySchema,
  orderIdSchema,
  questionIdSchema,
  retailerIdSchema,
  supplyIdSchema,
} from './values.ts';

const order = { householdId: householdIdSchema, orderId: orderIdSchema, retailerId: retailerIdSchema };
const reason = z.string().min(1).max(200);
const receivedLine = z.strictObject({
  ...{ supplyId: supplyIdSchema, gtin: gtinSchema, packs: z.int().min(0).max(99), quantity: baseQuantitySchema },
  reason: lineReasonSchema.optional(),
});

/** Type → schema of `data`. */
export const orderEventSchemas = {
  'order.proposed': z.strictObject({ ...order, round: z.int().min(1).max(99), quote: quoteSchema }),
  'order.approval-requested': z.strictObject({
    ...order,
    quoteHash: quoteSchema.shape.hash,
    total: moneySchema,
    expiresAt: instantSchema,
    rulesFailed: z.array(ruleResultSchema).max(64),
  }),
  /** A person wants other goods or another number of them; the order goes on waiting, with a new quote. */
  'order.requoted': z.strictObject({
    ...order,
    changeId: changeIdSchema,
    memberId: memberIdSchema,
    previousHash: quoteSchema.shape.hash,
    quote: quoteSchema,
    expiresAt: instantSchema,
  }),
  'order.approved': z.strictObject({
    ...order,
    by: approverSchema,
    quoteHash: quoteSchema.shape.hash,
    total: moneySchema,
    /** What a mandate bought, where it left out what only came along. */
    trimmed: quoteSchema.optional(),
  }),
  'order.declined': z.strictObject({ ...order, memberId: memberIdSchema, reason, screen: screenSchema.optional() }),
  'order.expired': z.strictObject(order),
  'order.withdrawn': z.strictObject({ ...order, memberId: memberIdSchema, reason }),
  'order.placing': z.strictObject({ ...order, messageId: messageIdSchema, acceptBefore: instantSchema }),
  'order.placed': z.strictObject({ ...order, messageId: messageIdSchema }),
  'order.accepted': z.strictObject({ ...order, deliveryAt: instantSchema.optional() }),
  'order.changed': z.strictObject({ ...order, lines: z.array(receivedLine).max(50), reason }),
  'order.rejected': z.strictObject({ ...order, reason }),
  'order.shipped': z.strictObject({ ...order, tracking: z.string().max(80).optional() }),
  /** What has come so far, and what is charged for it so far; more is to come. */
  'order.part-delivered': z.strictObject({ ...order, lines: z.array(receivedLine).max(50), total: moneySchema }),
  /** `reason`: why the rest of it does not come. */
  'order.delivered': z.strictObject({ ...order, lines: z.array(receivedLine).max(50), total: moneySchema, reason: reason.optional() }),
  /** Packs that come later than the rest, of every line of which some do or did. */
  'order.back-ordered': z.strictObject({
    ...order,
    lines: z.array(receivedLine.omit({ quantity: true }).extend({ expectedAt: instantSchema.optional() })).max(50),
  }),
  /** Everything that has gone back to the shop so far. */
  'order.returned': z.strictObject({ ...order, lines: z.array(receivedLine).max(50) }),
  /** Everything that was paid back so far. */
  'order.refunded': z.strictObject({ ...order, total: moneySchema, lines: z.array(z.strictObject({ gtin: gtinSchema, amount: moneySchema })).max(60) }),
  /** The shop owes it since `dueAt`. */
  'order.refund-overdue': z.strictObject({ ...order, open: moneySchema, dueAt: instantSchema }),
  /** The shop waits until `retryBefore`; without it the order is over. */
  'order.payment-declined': z.strictObject({ ...order, reason: paymentRefusalSchema, retryBefore: instantSchema.optional() }),
  'order.cancelled': z.strictObject({ ...order, reason }),
  /** Nothing is heard of it any more: `not-taken`, nobody knows whether the shop has it; `overdue`, its goods should have come. */
  'order.stuck': z.strictObject({ ...order, because: z.enum(['not-taken', 'overdue']), since: instantSchema }),
  /** The shop goes on with an order that it had refused or cancelled: the goods were bought elsewhere meanwhile, and it is asked to cancel. */
  'order.taken-after-refusal': z.strictObject({ ...order, as: z.enum(['accepted', 'shipped', 'delivered']) }),
  'order.cancel-requested': z.strictObject({ ...order, memberId: memberIdSchema, reason: cancelReasonSchema }),
  'order.cancel-refused': z.strictObject({ ...order, reason }),
  'order.substitution-offered': z.strictObject({
    ...order,
    questionId: questionIdSchema,
    /** Of the line that it would replace. */
    supplyId: supplyIdSchema,
    gtin: gtinSchema,
    /** Packs of that line; absent: all of it. */
    replaces: z.int().min(0).max(99).optional(),
    offered: substituteSchema,
    quantity: z.int().min(1).max(99),
    answerBefore: instantSchema,
    /** Digest of what is asked; a yes names it. */
    hash: quoteSchema.shape.hash,
  }),
  'order.substitution-answered': z.strictObject({
    ...order,
    questionId: questionIdSchema,
    accepted: z.boolean(),
    by: substitutionAnswererSchema,
    /** Under which button a person said yes to something dearer. */
    evidence: z.strictObject({ wordingVersion: z.string().max(32), buttonText: z.string().max(80), language: z.enum(['de', 'en']) }).optional(),
  }),
} as const;
