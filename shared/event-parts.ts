/** What facts are made of: the shapes of goods, prices, answers and rules that events and aggregates share. */
import { z } from 'zod';
import {
  AMOUNT_MAX,
  approvalIdSchema,
  baseUnitSchema,
  gtinSchema,
  instantSchema,
  mandateIdSchema,
  memberIdSchema,
  moneySchema,
  needIdSchema,
  retailerIdSchema,
  supplyIdSchema,
} from './values.ts';

/** An amount in base units (ml, g, piece). */
export const baseQuantitySchema = z.strictObject({ amount: z.number().min(0).max(AMOUNT_MAX), unit: baseUnitSchema });

/** A product line as the household calls it, for example milk. */
export const categorySchema = z.string().min(1).max(40);

/** Whether a person may take the contract back within 14 days, and why not (BGB §312g (2) 1–3). Absent means that the right exists. */
export const withdrawalSchema = z.enum(['exists', 'perishable', 'sealed-hygiene', 'custom']);
export type Withdrawal = z.infer<typeof withdrawalSchema>;

/** It was not low: it came along, because a delivery of its own would have cost more than to have it earlier. */
export const joinedSchema = z.strictObject({
  /** What its own order would have cost more, delivery and all. */
  saves: moneySchema,
  /** When it would have been ordered by itself. */
  ownOrderAt: instantSchema,
  /** It lifts the order over a threshold of the shop; `saves` then is what the whole order saves by it, and stands with the first of them. */
  lifts: z.enum(['free-delivery', 'minimum-order']).optional(),
});
export type Joined = z.infer<typeof joinedSchema>;

/** More than usual of it, because it costs less than usual. */
export const stockedUpSchema = z.strictObject({
  /** Per pack, over the last months at this shop. */
  usualPrice: moneySchema,
  extraPacks: z.int().min(1).max(99),
});
export type StockedUp = z.infer<typeof stockedUpSchema>;

export const lineItemSchema = z.strictObject({
  needId: needIdSchema,
  supplyId: supplyIdSchema,
  gtin: gtinSchema,
  sku: z.string().min(1).max(64),
  title: z.string().min(1).max(120),
  /** Packs. */
  quantity: z.int().min(1).max(99),
  pack: baseQuantitySchema,
  /** Per pack, tax included. */
  unitPrice: moneySchema,
  lineTotal: moneySchema,
  /** Of the supply that it is for; absent in older quotes. */
  category: categorySchema.optional(),
  /** Shown before buying, so it is part of what is approved. */
  withdrawal: withdrawalSchema.optional(),
  joined: joinedSchema.optional(),
  stockedUp: stockedUpSchema.optional(),
});
export type LineItem = z.infer<typeof lineItemSchema>;

/** What it would bring not to order today: known when the order was proposed. */
export const waitingSchema = z.strictObject({
  /** Then something else has to be ordered at this shop. */
  until: instantSchema,
  withSupply: supplyIdSchema,
  /** One delivery instead of two. */
  saves: moneySchema,
  /** The chance that something of this order runs out before goods come that were ordered then, 0–1, and which most likely. */
  risk: z.number().min(0).max(1),
  atRisk: supplyIdSchema,
});
export type Waiting = z.infer<typeof waitingSchema>;

export const perkKinds = ['voucher', 'free-delivery', 'buy-one-get-one'] as const;
/** Who pays for it. `platform`: we do; the shop is told, and settles it with us. */
export const perkFunders = ['retailer', 'brand', 'platform'] as const;

/** A perk as it counts in a quote: at most one voucher, one free delivery, and one for each line. */
export const quotePerkSchema = z.strictObject({
  perkId: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'expected small letters, digits and hyphens'),
  kind: z.enum(perkKinds),
  fundedBy: z.enum(perkFunders),
  saves: moneySchema,
  /** The line whose every second pack costs nothing. */
  needId: needIdSchema.optional(),
});
export type QuotePerk = z.infer<typeof quotePerkSchema>;

/** What a person is shown and approves by its hash; never charged above. */
export const quoteSchema = z.strictObject({
  retailerId: retailerIdSchema,
  lineItems: z.array(lineItemSchema).min(1).max(50),
  /** Of the lines, at the shop's prices. */
  subtotal: moneySchema,
  deliveryFee: moneySchema,
  /** Left out where there are none. */
  perks: z.array(quotePerkSchema).min(1).max(52).optional(),
  /** Lines and delivery, less what the perks save. */
  total: moneySchema,
  leadTimeDays: z.number().positive().max(60),
  validUntil: instantSchema,
  /** Digest of everything above. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Quote = z.infer<typeof quoteSchema>;

/** Where a person said yes or no, when it was not in the app. */
export const screenSchema = z.enum(['app', 'tv', 'fridge']);
export type Screen = z.infer<typeof screenSchema>;

export const approverSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('mandate'), mandateId: mandateIdSchema }),
  z.strictObject({ kind: z.literal('person'), memberId: memberIdSchema, approvalId: approvalIdSchema, screen: screenSchema.optional() }),
]);
export type Approver = z.infer<typeof approverSchema>;

/**
 * Why a person wants an order cancelled: a choice, so that nobody's own words travel with it. `order-elsewhere`: of an order that nobody knows
 * anything of; its needs are ordered again, at another shop if there is one.
 */
export const cancelReasonSchema = z.enum(['not-needed', 'ordered-by-mistake', 'bought-elsewhere', 'takes-too-long', 'order-elsewhere', 'other']);
export type CancelReason = z.infer<typeof cancelReasonSchema>;

/** What a shop would send instead of one line of an order. */
export const substituteSchema = z.strictObject({
  gtin: gtinSchema,
  sku: z.string().min(1).max(64),
  title: z.string().min(1).max(120),
  brand: z.string().min(1).max(60).optional(),
  pack: baseQuantitySchema,
  /** Per pack, tax included. */
  unitPrice: moneySchema,
  /** What is in it that a household may not want, in the words of offers: `nuts`, `pork` … */
  tags: z.array(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)).max(20),
});
export type Substitute = z.infer<typeof substituteSchema>;

/** Why a line does not come as it was ordered, after the order response of GS1. */
export const lineReasonSchema = z.enum(['out-of-stock', 'discontinued', 'unknown-article', 'pack-differs', 'durability-too-short', 'other']);
export type LineReason = z.infer<typeof lineReasonSchema>;

/** Why a shop could not charge the account: a choice, so that nothing more of anybody's finances travels with it. */
export const paymentRefusalSchema = z.enum(['declined', 'expired', 'insufficient-funds', 'other']);
export type PaymentRefusal = z.infer<typeof paymentRefusalSchema>;

/** Who said yes or no to a substitute; the end of the time can only say no. */
export const substitutionAnswererSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), memberId: memberIdSchema }),
  // Which rule is not told: what a household does not eat says something of its health or faith.
  z.strictObject({ kind: z.literal('rule') }),
  z.strictObject({ kind: z.literal('time') }),
]);
export type SubstitutionAnswerer = z.infer<typeof substitutionAnswererSchema>;

export const caseKindSchema = z.enum(['missing', 'damaged', 'wrong', 'late', 'other']);
export type CaseKind = z.infer<typeof caseKindSchema>;

/** A rule of the mandate decision with the figures it compared, so that a person can check it. */
export const ruleResultSchema = z.strictObject({
  rule: z.string().max(64),
  passed: z.boolean(),
  expected: z.string().max(200),
  actual: z.string().max(200),
});
export type RuleResult = z.infer<typeof ruleResultSchema>;

/** Who or what ended a mandate: a member in the app, whoever held the signed link, or that its granter left the household. */
export const mandateEndSchema = z.enum(['member', 'signed-link', 'member-left']);
