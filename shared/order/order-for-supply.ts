/** An order as others see it: its supplies (what is on its way, what has come) and SPEND (does it still hold money). */
import type { OrderForSupply } from '../supply/follow-order.ts';
import type { OrderStanding } from '../supply/supply.ts';
import { daysBetween, euros, type SupplyId } from '../values.ts';
import { isSent } from './answer-order.ts';
import { amountOf } from './order-news.ts';
import type { Order } from './order-state.ts';
import type { OrderSeen } from './mandate/spend.ts';

/**
 * Taking an order back is a no to its needs, like declining it; what could not be placed in time was not left unanswered by a person. What the shop
 * could not be paid for is not ordered again at once: first somebody has to put the payment right.
 */
export function standingOf(order: Order): OrderStanding {
  if (order.status === 'expired') return order.approval ? 'nothing' : 'expired';
  if (order.status === 'cancelled' && order.cancelRequest !== undefined && order.cancelRequest.reason !== 'order-elsewhere') return 'declined';
  if (order.status === 'cancelled' && order.progress.payment !== undefined) return 'expired';
  return STANDINGS[order.status];
}
const STANDINGS: Record<Exclude<Order['status'], 'expired'>, OrderStanding> = {
  proposed: 'proposed',
  'awaiting-approval': 'asking',
  approved: 'on-order',
  placing: 'on-order',
  placed: 'on-order',
  accepted: 'on-order',
  shipped: 'on-order',
  delivered: 'received',
  declined: 'declined',
  withdrawn: 'declined',
  rejected: 'nothing',
  cancelled: 'nothing',
};

/** @param version of the order's item; amounts are in the supply's base unit, summed over its lines */
export function viewsForSupplies(order: Order, version: number): Map<SupplyId, OrderForSupply> {
  const standing = standingOf(order);
  const views = new Map<SupplyId, OrderForSupply>();
  for (const [index, { supplyId, needId, quantity, pack, unitPrice }] of order.quote.lineItems.entries()) {
    const line = isSent(order) ? order.progress.lines[index] : undefined;
    const earlier = views.get(supplyId);
    const other = line?.substitute;
    const instead = (packs: (line: { current: number; fulfilled: number; returned?: number | undefined }) => number) =>
      other ? amountOf(other.pack.amount, packs(other)) : 0;
    const missing = (packs: { current: number; fulfilled: number }) => Math.max(0, packs.current - packs.fulfilled);
    const outstanding = standing === 'on-order' ? amountOf(pack.amount, missing(line ?? { current: quantity, fulfilled: 0 })) + instead(missing) : 0;
    // What has gone back is in the house no longer.
    const kept = (packs: { fulfilled: number; returned?: number | undefined }) => packs.fulfilled - (packs.returned ?? 0);
    const hasCome = standing === 'received' || standing === 'on-order';
    const received = hasCome ? amountOf(pack.amount, line ? kept(line) : 0) + instead(kept) : 0;
    views.set(supplyId, {
      orderId: order.orderId,
      orderVersion: version,
      needId: earlier?.needId ?? needId,
      standing,
      outstanding: amountOf(1, (earlier?.outstanding ?? 0) + outstanding),
      received: amountOf(1, (earlier?.received ?? 0) + received),
      ...('approval' in order && order.approval && { approvedAt: order.approval.at, by: order.approval.by.kind }),
      ...(isSent(order) && order.progress.deliveredAt !== undefined && { receivedAt: order.progress.deliveredAt }),
      proposedAt: order.proposedAt,
      ...(other === undefined && unitPrice.amountMinor > 0 && { price: { priceMinor: unitPrice.amountMinor, pack: pack.amount } }),
      ...slotOf(order),
      ...refusalOf(order, standing),
    });
  }
  // A need that people took out was declined for itself, whatever becomes of the rest; to what only came along nobody has said no.
  for (const { needId, supplyId, cameAlong } of order.dropped ?? []) {
    if (views.has(supplyId)) continue;
    const nobodys = cameAlong === undefined ? 'declined' : 'nothing';
    views.set(supplyId, { orderId: order.orderId, orderVersion: version, needId, standing: nobodys, outstanding: 0, received: 0 });
  }
  return views;
}

/** It would not, or did not in time: for the same need others are asked first. */
const refusalOf = (order: Order, standing: OrderStanding): Pick<OrderForSupply, 'refusedBy'> =>
  standing === 'nothing' && isSent(order) ? { refusedBy: order.retailerId } : {};

/** The shop names the day when it accepts: what lies between that and the lead time that it had quoted is the wait for a delivery day. */
function slotOf(order: Order): Pick<OrderForSupply, 'slotDays'> {
  if (!isSent(order) || order.progress.deliveryAt === undefined) return {};
  return { slotDays: Math.max(0, daysBetween(order.approval.at, order.progress.deliveryAt) - order.quote.leadTimeDays) };
}

/** What the sweep of SPEND asks about an order. */
export function seenBySpend(order: Order): OrderSeen {
  const by = 'approval' in order ? order.approval?.by : undefined;
  return {
    standing: standingOf(order),
    ...(by?.kind === 'mandate' && { mandateId: by.mandateId }),
    // What a person agreed to beyond the quote was that person's to allow, and counts against no mandate.
    ...(isSent(order) && order.progress.total && { total: euros(Math.min(order.progress.total.amountMinor, order.quote.total.amountMinor)) }),
  };
}
