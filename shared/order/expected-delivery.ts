/** When the goods of an order come, as far as anybody has said so. */
import { addDuration, duration, type Instant } from '../values.ts';
import type { Order } from './order-state.ts';

/** The shop's own promise, else its usual time from the yes; nothing for an order that nobody has said yes to. */
export function expectedDelivery(order: Order): { readonly expectedAt?: Instant; readonly deliveredAt?: Instant } {
  if ('progress' in order && order.progress.deliveredAt !== undefined) return { deliveredAt: order.progress.deliveredAt };
  if ('progress' in order && order.progress.deliveryAt !== undefined) return { expectedAt: order.progress.deliveryAt };
  if (!('approval' in order) || order.approval === undefined) return {};
  return { expectedAt: addDuration(order.approval.at, duration(order.quote.leadTimeDays, 'days')) };
}
