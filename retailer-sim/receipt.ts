/** Whether the shop takes an order that comes in: once, in time, and not after it has said that it never came. */
import type { Books } from './books.ts';
import type { PlacedOrder } from './order.ts';

/** How far the platform's clock and ours may disagree about `acceptBefore`: the tolerance of Standard Webhooks. */
const CLOCK_TOLERANCE = 5 * 60_000;

export type Receipt = { readonly kind: 'received' | 'repeated' } | { readonly kind: 'refused'; readonly status: 409 | 422; readonly reason: string };

/** @param now product milliseconds */
export function receiptFor(books: Books, order: PlacedOrder, webhookId: string, now: number): Receipt {
  const { orderId, acceptBefore } = order;
  const before = books.orderOfWebhook.get(webhookId);
  if (before !== undefined && before !== orderId) return { kind: 'refused', status: 409, reason: `message ${webhookId} was about ${before}` };
  const known = books.orders.get(orderId);
  if (known && JSON.stringify(known.order) !== JSON.stringify(order)) return { kind: 'refused', status: 409, reason: `${orderId} is another order here` };
  if (known) return { kind: 'repeated' };
  if (now >= Date.parse(acceptBefore)) return { kind: 'refused', status: 422, reason: `${orderId} had to be accepted before ${acceptBefore}` };
  const askedAt = books.askedInVainAt.get(orderId);
  if (askedAt !== undefined && Date.parse(askedAt) >= Date.parse(acceptBefore) - CLOCK_TOLERANCE) {
    return { kind: 'refused', status: 409, reason: `${orderId} was asked for too late to be taken now` };
  }
  return { kind: 'received' };
}
