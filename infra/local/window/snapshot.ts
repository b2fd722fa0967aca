/** What the window shows at one moment: the contract between the running system, the page and the terminal. */
import { z } from 'zod';
import { quotePerkSchema } from '../../../shared/event-parts.ts';
import { channelSchema, initiatorSchema, phaseSchema } from '../../../shared/journey/words.ts';
import { orderSchema } from '../../../shared/order/order-state.ts';
import {
  baseUnitSchema,
  householdIdSchema,
  instantSchema,
  mandateIdSchema,
  memberIdSchema,
  moneySchema,
  orderIdSchema,
  supplyIdSchema,
  timeZoneSchema,
} from '../../../shared/values.ts';

/** Every sentence comes in both languages; the reader's screen chooses. */
export const bilingualSchema = z.strictObject({ en: z.string(), de: z.string() });
export type Bilingual = z.infer<typeof bilingualSchema>;

const amount = z.number().min(0);
const count = z.int().min(0);
const orderStatusSchema = z.enum(orderSchema.options.map(({ shape }) => shape.status.value));
const approvedBySchema = z.enum(['mandate', 'person']);

const supplyCardSchema = z.strictObject({
  supplyId: supplyIdSchema,
  name: z.string(),
  /** Of every amount of this card. */
  unit: baseUnitSchema,
  inHouse: amount,
  onOrder: amount,
  reorderPoint: amount,
  orderUpTo: amount,
  perDay: amount,
  /** Until it runs out: 80 % of runs end between p10 and p90. */
  daysLeft: z.strictObject({ p10: amount, median: amount, p90: amount }),
  leadTimeDays: amount,
  isLow: z.boolean(),
  /** The order that is to refill it, if there is one. */
  order: z
    .strictObject({ orderId: orderIdSchema, status: orderStatusSchema, shop: z.string(), total: moneySchema, approvedBy: approvedBySchema.optional() })
    .optional(),
});
export type SupplyCard = z.infer<typeof supplyCardSchema>;

const openOrderSchema = z.strictObject({
  orderId: orderIdSchema,
  quoteHash: z.string(),
  shop: z.string(),
  lines: z.array(
    z.strictObject({
      title: z.string(),
      quantity: z.int().min(1),
      unitPrice: moneySchema,
      lineTotal: moneySchema,
      /** PAngV §4: the price per litre, kilogram or piece stands beside the total. */
      basePrice: z.strictObject({ amountMinor: count, per: z.enum(['1 l', '1 kg', '1 piece']) }),
    }),
  ),
  deliveryFee: moneySchema,
  /** What is taken off; absent where there is nothing. */
  perks: z.array(quotePerkSchema.pick({ kind: true, fundedBy: true, saves: true })).optional(),
  total: moneySchema,
  leadTimeDays: amount,
  expiresAt: instantSchema,
  /** Why no mandate bought it alone. */
  reasons: z.array(bilingualSchema),
});
export type OpenOrder = z.infer<typeof openOrderSchema>;

const orderLineSchema = z.strictObject({
  orderId: orderIdSchema,
  proposedAt: instantSchema,
  status: orderStatusSchema,
  shop: z.string(),
  goods: z.string(),
  total: moneySchema,
  approvedBy: approvedBySchema.optional(),
});

const mandateSchema = z.strictObject({
  mandateId: mandateIdSchema,
  state: z.enum(['active', 'paused', 'ended']),
  month: z.string(),
  /** Settled or reserved in that month. */
  spent: moneySchema,
  perMonthMax: moneySchema,
  perOrderMax: moneySchema,
  endsAt: instantSchema,
});

const touchpointLineSchema = z.strictObject({
  touchpointId: z.string(),
  at: instantSchema,
  channel: channelSchema,
  initiator: initiatorSchema,
  phase: phaseSchema,
  sentence: bilingualSchema,
});

const noteSchema = z.strictObject({ name: z.string(), since: instantSchema, because: z.string() });

export const householdViewSchema = z.strictObject({
  householdId: householdIdSchema,
  name: z.string(),
  timeZone: timeZoneSchema,
  /** Who may say yes: the window leads them to the question in the app. */
  approvers: z.array(memberIdSchema).default([]),
  supplies: z.array(supplyCardSchema),
  openOrders: z.array(openOrderSchema),
  /** The newest first. */
  orders: z.array(orderLineSchema),
  mandate: mandateSchema.optional(),
  journey: z.strictObject({ touchpoints: count, latest: z.array(touchpointLineSchema), phases: z.array(noteSchema), segments: z.array(noteSchema) }),
});
export type HouseholdView = z.infer<typeof householdViewSchema>;

/** The stages of the flow, in its order. */
export const STAGES = ['device', 'ingest', 'propose', 'decide', 'place', 'follow', 'restock', 'journey', 'understand', 'act'] as const;
export const FIGURES = [
  'readings',
  'applied',
  'unchanged',
  'quarantined',
  'low',
  'proposed',
  'by-mandate',
  'by-person',
  'declined',
  'expired',
  'placed',
  'accepted',
  'changed',
  'shipped',
  'delivered',
  'rejected',
  'cancelled',
  'restocked',
  'refilled',
  'touchpoints',
  'phases',
  'segments',
  'reminders',
] as const;
export type Figure = (typeof FIGURES)[number];
const stageSchema = z.strictObject({ stage: z.enum(STAGES), figures: z.array(z.strictObject({ figure: z.enum(FIGURES), count })) });
export type Stage = z.infer<typeof stageSchema>;

const datedSchema = z.strictObject({ at: instantSchema, sentence: bilingualSchema });
export type Dated = z.infer<typeof datedSchema>;

export const snapshotSchema = z.strictObject({
  now: instantSchema,
  mode: z.enum(['real-time', 'jump', 'paused']),
  /** Product milliseconds per wall millisecond; 0 while time stands or jumps. */
  rate: z.number().min(0),
  households: z.array(householdViewSchema),
  /** Households that live here and are not shown. */
  moreHouseholds: z.boolean(),
  /** What the shop's own book says, the newest first. */
  receipts: z.array(datedSchema),
  flow: z.array(stageSchema),
  alerts: z.array(datedSchema),
});
export type Snapshot = z.infer<typeof snapshotSchema>;
