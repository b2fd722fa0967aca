/** Finds an order among all items of a run. */
import { z } from 'zod';
import { kinds, type StoredOrder } from '../../../functions/runtime/aggregates.ts';
import { UsageError } from '../options.ts';

const orderItemSchema = z.object({ sk: z.string().startsWith('ORDER#'), state: kinds.order.schema });

/** A run of a month has hundreds; whoever asks means a recent one. */
const LISTED_MAX = 10;

/** @throws UsageError that lists the latest orders, when this one is not among them */
export function findOrder(items: readonly unknown[], orderId: string): StoredOrder {
  const orders = items.flatMap((item) => {
    const parsed = orderItemSchema.safeParse(item);
    return parsed.success ? [parsed.data.state] : [];
  });
  const found = orders.find(({ order }) => order.orderId === orderId);
  if (found !== undefined) return found;
  const known = orders
    .sort((a, b) => (a.order.proposedAt < b.order.proposedAt ? -1 : 1))
    .slice(-LISTED_MAX)
    .map(({ order }) => `${order.orderId} (${order.status})`)
    .join(', ');
  const which = orders.length > LISTED_MAX ? `the latest of ${orders.length} are` : 'the known ones are';
  throw new UsageError(`There is no order ${orderId}; ${known === '' ? 'no order has been made yet' : `${which} ${known}`}.`);
}
