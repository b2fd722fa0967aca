/** Anna's order: two packs of milk and one of butter at Frischhof, 7.66 € with delivery. */
import type { Approver, Quote } from '../../../shared/event-parts.ts';
import type { EventOf } from '../../../shared/events.ts';
import type { Offer, Terms } from '../../../shared/retailer/offer.ts';
import { gtinCheckDigit } from '../../../shared/gtin.ts';
import { mandateTermsHash, type MandateGrant, type MandateTerms } from '../../../shared/order/mandate/mandate.ts';
import type { OrderStatus } from '../../../shared/order/order-state.ts';
import { quoteHash, type Wanted } from '../../../shared/order/quote.ts';
import { answerSchema, type Answer } from '../../../shared/order/response.ts';
import {
  approvalIdSchema,
  baseUnitSchema,
  euros,
  gtinSchema,
  householdIdSchema,
  instantSchema,
  mandateIdSchema,
  memberIdSchema,
  messageIdSchema,
  needIdSchema,
  orderIdSchema,
  retailerIdSchema,
  supplyIdSchema,
  type Instant,
} from '../../../shared/values.ts';

export const instant = (text: string): Instant => instantSchema.parse(text);
export const gtinOf = (number: number) => {
  const digits = String(400_000_000_000 + number);
  return gtinSchema.parse(`${digits}${String(gtinCheckDigit(digits))}`);
};
export const householdId = householdIdSchema.parse('hh_anna');
export const anna = memberIdSchema.parse('mem_anna');
export const orderId = orderIdSchema.parse('ord_1');
export const frischhof = retailerIdSchema.parse('rt_frischhof');
export const mandateId = mandateIdSchema.parse('man_kitchen');
export const messageId = messageIdSchema.parse('msg_place');
export const milk = gtinOf(1);
export const butter = gtinOf(2);
export const timeZone = 'Europe/Berlin';

export const proposedAt = instant('2026-03-02T08:00:00.000Z');
export const soon = instant('2026-03-02T09:00:00.000Z');
export const expiresAt = instant('2026-03-03T08:00:00.000Z');
export const quoteEndsAt = instant('2026-03-03T20:00:00.000Z');
export const acceptBefore = instant('2026-03-03T10:00:00.000Z');
export const deliveryAt = instant('2026-03-04T12:00:00.000Z');
export const muchLater = instant('2026-03-06T08:00:00.000Z');

export const supplyOf = (name: string) => supplyIdSchema.parse(`sup_${name}`);
export const needOf = (name: string) => needIdSchema.parse(`need_${name}`);

export const seal = (content: Omit<Quote, 'hash'>): Quote => ({ ...content, hash: quoteHash(content) });
const line = (name: string, gtin: typeof milk, quantity: number, packAmount: number, unit: 'ml' | 'g', cents: number) => ({
  needId: needOf(name),
  supplyId: supplyOf(name),
  gtin,
  sku: `FH-${name}`,
  title: name,
  quantity,
  pack: { amount: packAmount, unit: baseUnitSchema.parse(unit) },
  unitPrice: euros(cents),
  lineTotal: euros(cents * quantity),
});
export const quote = seal({
  retailerId: frischhof,
  lineItems: [line('milk', milk, 2, 1_000, 'ml', 129), line('butter', butter, 1, 250, 'g', 218)],
  subtotal: euros(476),
  deliveryFee: euros(290),
  total: euros(766),
  leadTimeDays: 1.2,
  validUntil: quoteEndsAt,
});

export const byMandate: Approver = { kind: 'mandate', mandateId };
export const byAnna: Approver = { kind: 'person', memberId: anna, approvalId: approvalIdSchema.parse('apr_1') };

const about = { householdId, orderId, retailerId: frischhof };
export const facts = {
  proposed: { type: 'order.proposed', data: { ...about, round: 1, quote } },
  asked: { type: 'order.approval-requested', data: { ...about, quoteHash: quote.hash, total: quote.total, expiresAt, rulesFailed: [] } },
  approved: { type: 'order.approved', data: { ...about, by: byAnna, quoteHash: quote.hash, total: quote.total } },
  approvedByMandate: { type: 'order.approved', data: { ...about, by: byMandate, quoteHash: quote.hash, total: quote.total } },
  declined: { type: 'order.declined', data: { ...about, memberId: anna, reason: 'enough milk' } },
  expired: { type: 'order.expired', data: about },
  withdrawn: { type: 'order.withdrawn', data: { ...about, memberId: anna, reason: 'going away' } },
  placing: { type: 'order.placing', data: { ...about, messageId, acceptBefore } },
  placed: { type: 'order.placed', data: { ...about, messageId } },
  accepted: { type: 'order.accepted', data: { ...about, deliveryAt } },
  rejected: { type: 'order.rejected', data: { ...about, reason: 'sold out' } },
  cancelled: { type: 'order.cancelled', data: { ...about, reason: 'van broke down' } },
  lapsed: { type: 'order.cancelled', data: { ...about, reason: 'the shop never knew it' } },
  shipped: { type: 'order.shipped', data: { ...about, tracking: 'T1' } },
  delivered: {
    type: 'order.delivered',
    data: {
      ...about,
      lines: [
        { supplyId: supplyOf('milk'), gtin: milk, packs: 2, quantity: { amount: 2_000, unit: 'ml' } },
        { supplyId: supplyOf('butter'), gtin: butter, packs: 1, quantity: { amount: 250, unit: 'g' } },
      ],
      total: quote.total,
    },
  },
} as const satisfies Record<string, EventOf<'order'>>;

const sent = [facts.proposed, facts.asked, facts.approved, facts.placing, facts.placed];
/** A history that ends in each status. */
export const historyOf: Record<OrderStatus, readonly EventOf<'order'>[]> = {
  proposed: [facts.proposed],
  'awaiting-approval': [facts.proposed, facts.asked],
  approved: [facts.proposed, facts.asked, facts.approved],
  placing: [facts.proposed, facts.asked, facts.approved, facts.placing],
  placed: sent,
  accepted: [...sent, facts.accepted],
  shipped: [...sent, facts.accepted, facts.shipped],
  delivered: [...sent, facts.accepted, facts.shipped, facts.delivered],
  rejected: [...sent, facts.rejected],
  cancelled: [...sent, facts.lapsed],
  declined: [facts.proposed, facts.asked, facts.declined],
  expired: [facts.proposed, facts.asked, facts.expired],
  withdrawn: [facts.proposed, facts.asked, facts.withdrawn],
};

const saidAt = instant('2026-03-02T10:00:00.000Z');
export const answer = (type: Answer['type'], sequence: number, data: Record<string, unknown> = {}): Answer =>
  answerSchema.parse({ type, timestamp: saidAt, data: { orderId, sequence, ...data } });
export const heardAt = instant('2026-03-02T10:00:01.000Z');
export const accepts = (sequence: number) => answer('order.accepted', sequence, { deliveryAt });
export const changes = (sequence: number, ...lines: [typeof milk, number][]) =>
  answer('order.changed', sequence, { lines: lines.map(([gtin, quantity]) => ({ gtin, quantity })), reason: 'out of stock', deliveryAt });
export const rejects = (sequence: number) => answer('order.rejected', sequence, { reason: 'sold out' });
export const cancels = (sequence: number) => answer('order.cancelled', sequence, { reason: 'van broke down' });
export const ships = (sequence: number) => answer('order.shipped', sequence, { tracking: 'T1' });
export const delivers = (sequence: number, totalMinor = 766, milkPacks = 2, butterPacks = 1) =>
  answer('order.delivered', sequence, {
    lines: [
      { gtin: milk, quantity: milkPacks },
      { gtin: butter, quantity: butterPacks },
    ],
    totalMinor,
  });

export const terms: Terms = { deliveryFee: euros(290), freeDeliveryFrom: euros(2_500), minimumOrder: euros(0), leadTimeDays: 1.2 };
export const offerOf = (changes: Partial<Offer> = {}): Offer => ({
  retailerId: frischhof,
  gtin: milk,
  sku: 'FH-1001',
  title: 'Fresh milk 3.5 %',
  pack: { amount: 1_000, unit: 'ml' },
  price: euros(129),
  vatPercent: 7,
  available: true,
  validUntil: quoteEndsAt,
  publishedAt: instant('2026-03-01T20:00:00.000Z'),
  ...changes,
});
export const wantedOf = (changes: Partial<Wanted> = {}): Wanted => ({
  needId: needOf('milk'),
  supplyId: supplyOf('milk'),
  products: [{ gtin: milk }],
  amount: { amount: 1_500, unit: 'ml' },
  packsMax: 6,
  ...changes,
});

export const mandateTerms: MandateTerms = {
  gtins: [milk, butter],
  retailers: [frischhof],
  perOrderMax: euros(2_000),
  perMonthMax: euros(6_000),
  ordersPerWeekMax: 3,
  validFrom: instant('2026-03-01T00:00:00.000Z'),
  endsAt: instant('2026-09-01T00:00:00.000Z'),
};
export const grantOf = (changes: Partial<MandateTerms> = {}, id = mandateId): MandateGrant => {
  const shown = { ...mandateTerms, ...changes };
  return {
    mandateId: id,
    householdId,
    grantedBy: anna,
    ...shown,
    evidence: {
      wordingVersion: '2026-03',
      language: 'de',
      grantedAt: instant('2026-03-01T08:00:00.000Z'),
      memberId: anna,
      termsHash: mandateTermsHash(shown),
    },
  };
};
