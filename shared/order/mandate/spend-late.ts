/**
 * Goods that come after the money of their order was released, or a corrected bill: a shop that had cancelled delivers after all. The mandate is
 * charged what the order comes to in the end, in the month in which its money was reserved, whatever was said in which order. Only goods in the
 * house change closed books, for they are never taken back: a reader who is late with anything else must not.
 */
import { z } from 'zod';
import { euros, instantSchema, mandateIdSchema, moneySchema, orderIdSchema, type Money, type OrderId } from '../../values.ts';
import type { Mandate, SpendView } from './mandate.ts';

export const closedAsSchema = z.record(
  orderIdSchema,
  z.strictObject({
    mandateId: mandateIdSchema,
    month: z.string().max(7),
    reservedAt: instantSchema,
    /** Never counted above. */
    reserved: moneySchema,
    /** As it stands in `settled` now; 0 for what was released. */
    counted: moneySchema,
  }),
);
export type ClosedAs = z.infer<typeof closedAsSchema>;

interface Booked extends Pick<SpendView, 'settled' | 'recentApprovals'> {
  readonly closedAs?: ClosedAs | undefined;
}
interface SeenLate {
  readonly standing: string;
  readonly mandateId?: Mandate['mandateId'];
  readonly total?: Money;
}

/** What changes in the books, or undefined when they are right. An order that was closed before this was kept stays as it is. */
export function corrected<Spend extends Booked>(spend: Spend, orderId: OrderId, order: SeenLate | undefined): Spend | undefined {
  const closed = spend.closedAs?.[orderId];
  if (closed === undefined || order?.standing !== 'received') return undefined;
  const { mandateId, month, reservedAt, reserved, counted } = closed;
  if (order.mandateId !== mandateId) return undefined;
  const now = Math.min(order.total?.amountMinor ?? reserved.amountMinor, reserved.amountMinor);
  if (now === counted.amountMinor) return undefined;
  const months = spend.settled[mandateId] ?? {};
  const sum = euros(Math.max(0, (months[month]?.amountMinor ?? 0) + now - counted.amountMinor));
  const approvals = spend.recentApprovals[mandateId] ?? [];
  return {
    ...spend,
    settled: withMonths(spend.settled, mandateId, { ...months, [month]: sum }),
    recentApprovals: { ...spend.recentApprovals, [mandateId]: approvals.includes(reservedAt) ? approvals : [...approvals, reservedAt].sort() },
    closedAs: { ...spend.closedAs, [orderId]: { ...closed, counted: euros(now) } },
  };
}

/** A month in which nothing was charged in the end is as if nothing had been bought in it. */
export function withMonths(settled: Booked['settled'], mandateId: Mandate['mandateId'], months: Booked['settled'][Mandate['mandateId']]): Booked['settled'] {
  const charged = Object.entries(months).filter(([, { amountMinor }]) => amountMinor > 0);
  const { [mandateId]: _, ...others } = settled;
  return charged.length === 0 ? others : { ...others, [mandateId]: Object.fromEntries(charged) };
}
