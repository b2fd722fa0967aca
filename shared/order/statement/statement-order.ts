/** An order as the statement reads it, with the words that its figures share. */
import { z } from 'zod';
import type { LineItem } from '../../event-parts.ts';
import type { EventEnvelope, EventType } from '../../events.ts';
import { euros, instantSchema, moneySchema, orderIdSchema, retailerIdSchema, type Instant, type Money } from '../../values.ts';
import { isSent } from '../answer-order.ts';
import type { Order } from '../order-state.ts';
import type { DecisionRecord } from '../record.ts';

export interface StatementOrder {
  readonly order: Order;
  readonly record: Pick<DecisionRecord, 'proposal' | 'decision'>;
  readonly events: readonly Pick<EventEnvelope, 'type' | 'time'>[];
}

/** What makes an order count in a figure; the app has a sentence for each. */
export const statementReasonSchema = z.enum([
  ...(['charged', 'on-the-way'] as const),
  ...(['came-in-time', 'came-too-late', 'not-ordered', 'not-delivered'] as const),
  ...(['brought', 'bundled', 'came-along'] as const),
  ...(['voucher', 'free-delivery', 'buy-one-get-one', 'several-perks'] as const),
  ...(['came-late', 'came-short'] as const),
  ...(['cancelled', 'taken-back', 'returned', 'spoiled', 'overstocked'] as const),
  ...(['declined', 'expired', 'too-dear', 'stopped'] as const),
]);

export const statementItemSchema = z.strictObject({
  orderId: orderIdSchema,
  retailerId: retailerIdSchema,
  at: instantSchema,
  amount: moneySchema,
  /** Goods, as the shop calls them. */
  title: z.string().max(300),
  because: statementReasonSchema,
  /** What bought it: a member, or a mandate. */
  by: z.string().max(80).optional(),
  /** When it would have been gone without the delivery, by the forecast of that time. */
  outAt: instantSchema.optional(),
});
export type StatementItem = z.infer<typeof statementItemSchema>;

/** How the month is cut out of time. */
export interface StatementTime {
  readonly isIn: (at: Instant) => boolean;
  readonly now: Instant;
  readonly timeZone: string;
}

export const itemOf = ({ orderId, retailerId, quote }: Order, fields: Pick<StatementItem, 'at' | 'because'> & Partial<StatementItem>): StatementItem => ({
  ...{ orderId, retailerId, amount: euros(0), title: titleOf(quote.lineItems) },
  ...fields,
});

export const titleOf = (lines: readonly Pick<LineItem, 'title'>[]): string =>
  lines
    .map(({ title }) => title)
    .join(', ')
    .slice(0, 300);

export const momentOf = ({ events }: StatementOrder, type: EventType): Instant | undefined => events.find((event) => event.type === type)?.time;

/** When goods came, and which lines: of a line that was not delivered nothing came. */
export function deliveryOf({ order }: StatementOrder): { readonly at: Instant; readonly lines: readonly LineItem[] } | undefined {
  if (!isSent(order) || order.status !== 'delivered' || order.progress.deliveredAt === undefined) return undefined;
  const { lines } = order.progress;
  return { at: order.progress.deliveredAt, lines: order.quote.lineItems.filter((_, index) => (lines[index]?.fulfilled ?? 0) > 0) };
}

/** What was charged less what was paid back, or will be charged at most. */
export function costOf(order: Order): Money {
  if (!isSent(order) || order.status !== 'delivered') return order.quote.total;
  const { total = order.quote.total, refunded } = order.progress;
  return euros(Math.max(0, total.amountMinor - (refunded?.total.amountMinor ?? 0)));
}

/** Approved, and not ended without goods. */
export const isBought = ({ status }: Order): boolean => ['approved', 'placing', 'placed', 'accepted', 'shipped', 'delivered'].includes(status);
