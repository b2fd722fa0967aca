/**
 * One supply of a household, for example Anna's milk: what is left, what is on its way, how fast it goes, and whether a need is open.
 * Amounts are in the supply's base unit (ml, g, piece). What happens to it: new-supply.ts,
 * observe.ts (readings), review.ts (time), follow-order.ts (orders).
 */
import { z } from 'zod';
import { baseQuantitySchema } from '../event-parts.ts';
import { substituteRuleSchema } from '../order/substitution.ts';
import { dearerAtMostSchema, neverBrandsSchema } from '../order/substitution-limits.ts';
import {
  AMOUNT_MAX,
  baseUnitSchema,
  deviceTypeSchema,
  gtinSchema,
  householdIdSchema,
  instantSchema,
  needIdSchema,
  retailerIdSchema,
  slotSchema,
  supplyIdSchema,
  thingNameSchema,
  orderIdSchema,
} from '../values.ts';
import { demandSchema } from './demand.ts';
import { regretSchema } from './automation/regret.ts';
import { automationSchema, shadowSchema } from './automation/shadow.ts';
import { firstGuessSchema } from './prior/prior.ts';
import { trustSchema } from './trust/trust.ts';
import { heatSchema } from './heat/heat.ts';
import { leadTimeSchema } from './reorder/lead-time.ts';
import { levelSchema } from './level/level.ts';
import { paidSchema } from './reorder/newsvendor.ts';

export const amountSchema = z.number().min(0).max(AMOUNT_MAX);
export const positiveAmountSchema = amountSchema.positive();

export const supplySettingsSchema = z.strictObject({
  /** How often it must not run out while an order is on its way. */
  serviceLevel: z.number().min(0.5).max(0.999),
  /** How long an order should last after it has come. */
  coverDays: z.number().positive().max(90),
  shelfLifeDays: z.number().positive().max(3_650).optional(),
  /** What the slot holds. */
  capacity: positiveAmountSchema.optional(),
  /** The step in which the sensor counts; 0 when it is finer than its uncertainty. */
  resolution: amountSchema.optional(),
  /** Per order. */
  packsMax: z.int().min(1).max(99),
  /** A person wants none of it bought: it makes no need, however low it is. */
  neverBuy: z.literal(true).optional(),
  /** More than usual of it may be bought while it is cheap. */
  stockUpWhenCheap: z.literal(true).optional(),
  /** Only these may be asked for it; absent: all that the household has linked. */
  shops: z.array(retailerIdSchema).min(1).max(10).optional(),
  /** Whoever takes something says so: what is left is known, and silence means that nothing was used. Only where nothing senses it. */
  everyUseTold: z.literal(true).optional(),
  /** What may come instead; absent: somebody is asked. */
  substitute: substituteRuleSchema.optional(),
  /** Another of the item's own products may come without a question, if it is not dearer than `dearerAtMost` allows. */
  ownProductsAlone: z.literal(true).optional(),
  /** More than this above what it replaces is a no without a question; absent: nothing is too dear to ask. */
  dearerAtMost: dearerAtMostSchema.optional(),
  /** Makers that may never come instead. */
  neverBrands: neverBrandsSchema.optional(),
  /** When buying it by itself is offered; absent: when four of the last four cycles were right. */
  automation: automationSchema.optional(),
});
export type SupplySettings = z.infer<typeof supplySettingsSchema>;

/** In the order in which the household prefers them. */
export const productsSchema = z
  .array(z.strictObject({ gtin: gtinSchema, pack: baseQuantitySchema.extend({ amount: positiveAmountSchema }) }))
  .min(1)
  .max(8);

/** Made in the browser of whoever counts, so that the same tap sent twice is one. */
export const handIdSchema = z.string().regex(/^(cnt|ent)_[a-z0-9]{4,32}$/, 'expected an id such as cnt_4f2a91');

export const descriptionFields = {
  supplyId: supplyIdSchema,
  householdId: householdIdSchema,
  /** Absent: nothing senses it, the model alone says when it is low. */
  thing: thingNameSchema.optional(),
  slot: slotSchema.optional(),
  /** As a person calls it, for example milk. */
  name: z.string().min(1).max(60),
  productLine: z.string().min(1).max(40),
  unit: baseUnitSchema,
  products: productsSchema,
  settings: supplySettingsSchema,
};

/** Where an order stands for one supply. */
export const orderStandingSchema = z.enum(['proposed', 'asking', 'on-order', 'received', 'declined', 'expired', 'nothing']);
export type OrderStanding = z.infer<typeof orderStandingSchema>;

const followedOrderSchema = z.strictObject({
  orderVersion: z.int().min(1),
  standing: orderStandingSchema,
  outstanding: amountSchema,
  received: amountSchema,
  /** When it could no longer change; the oldest finished ones are dropped first. */
  finishedAt: instantSchema.optional(),
});
export type FollowedOrder = z.infer<typeof followedOrderSchema>;

const needSchema = z.strictObject({
  needId: needIdSchema,
  round: z.int().min(1).max(99),
  saidAt: instantSchema,
  standing: z.enum(['open', 'ordered', 'declined', 'expired']),
  /** The least that was in the house since it was said: only goods that came can lift it, not a sensor's noise or a changed forecast. */
  lowest: amountSchema,
  /** Its order has lifted the position over the reorder point. */
  lifted: z.boolean(),
  /** Once per depletion cycle. */
  askedAgain: z.boolean(),
  askAgainAt: instantSchema.optional(),
  askAgainAs: z.enum(['asked-again', 'not-delivered', 'next-cycle']).optional(),
  /** Shops that would not, or did not, in this cycle. */
  refusedBy: z.array(retailerIdSchema).max(10).optional(),
  /** It was not low: it came along with what was. */
  joined: z.literal(true).optional(),
});
export type Need = z.infer<typeof needSchema>;

/** The stored state; a handful of numbers, under 4 KB as JSON. */
export const supplySchema = z.strictObject({
  ...descriptionFields,
  /** Of the thing: the channel in which its news reaches the household's journey. Absent without one. */
  deviceType: deviceTypeSchema.optional(),
  demand: demandSchema,
  /** Nobody said how fast it goes: it began as in other households. */
  firstGuess: firstGuessSchema.optional(),
  /** How a heating's consumption follows the season; absent for everything else. */
  heat: heatSchema.optional(),
  leadTime: leadTimeSchema,
  /** In the slot when last sensed; without a sensor, in the house at `sampledAt`. */
  onHand: amountSchema,
  sampledAt: instantSchema,
  /** Delivered or assumed to stand outside the slot: the larder, the cellar. */
  pantry: amountSchema,
  /** Since when the slot has been empty although the pantry is not. */
  slotEmptySince: instantSchema.optional(),
  /** Already on the shelf out of orders that are not yet said to be delivered. */
  early: amountSchema,
  /** What the model believed to be in the house when goods came while the device was silent. */
  estimate: z.strictObject({ stock: amountSchema, asOf: instantSchema }).optional(),
  /** How fast the pack in use goes, where a sensor tells its level and no usage. */
  level: levelSchema.optional(),
  /** From where the fall of the level is measured, for devices that do not count usage. */
  slope: z.strictObject({ level: amountSchema, at: instantSchema }).optional(),
  lastReading: z
    .strictObject({
      bootId: z.int().min(1),
      seq: z.int().min(1),
      sampledAt: instantSchema,
      /** Standard deviation of its level. */
      uncertainty: amountSchema,
      /** Of this boot so far. */
      usage: z.number().min(0).optional(),
    })
    .optional(),
  /** What a person knows of a supply that nothing senses: counted at `asOf`, with what came and went by hand since, `used` of it in use. */
  counted: z.strictObject({ stock: z.number().min(-AMOUNT_MAX).max(AMOUNT_MAX), asOf: instantSchema, used: amountSchema }).optional(),
  countedAt: instantSchema.optional(),
  /** Whether its sensor is believed; absent until it has spoken. */
  trust: trustSchema.optional(),
  /** What we would have done beside what the household did, cycle by cycle. */
  shadow: shadowSchema.optional(),
  /** What was bought and then not wanted. */
  regret: regretSchema.optional(),
  /** What a pack cost when it last came; absent until one has. */
  paid: paidSchema.optional(),
  /** Goods that a shop's word or a sensor has told of lately: whoever scans them in afterwards tells nothing new. */
  arrived: z.strictObject({ amount: amountSchema, at: instantSchema }).optional(),
  /** Entries by hand that have been taken, the newest last. */
  handIds: z.array(handIdSchema).max(32).optional(),
  /** A person has taken it off: the item stays because it is what says so. */
  removedAt: instantSchema.optional(),
  orders: z.record(orderIdSchema, followedOrderSchema),
  /** Finished orders received up to here have been dropped from `orders`. */
  forgottenUpTo: instantSchema.optional(),
  /** Counts depletion cycles. */
  cycle: z.int().min(1),
  lowSampleTimes: z.array(instantSchema).max(3),
  lowSince: instantSchema.optional(),
  need: needSchema.optional(),
  /** It came along with an order that was not wanted, and is left out for a while. */
  notAlongBefore: instantSchema.optional(),
  /** The next moment at which time alone changes something. */
  dueAt: instantSchema.optional(),
});
export type Supply = z.infer<typeof supplySchema>;
