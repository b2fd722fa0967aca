/** Finds an order among all items of the households' table. */
import { z } from 'zod';
import { kinds, type StoredOrder } from '../../../functions/runtime/aggregates.ts';
import { UsageError } from '../options.ts';

const orderItemSchema = z.object({ sk: z.string().startsWith('ORDER#'), state: kinds.order.schema });

/** @throws UsageError that lists the orders there are, when this one is not among them */
export function findOrder(items: readonly unknown[], orderId: string): StoredOrder {
  const orders = items.flatMap((item) => {
    const parsed = orderItemSchema.safeParse(item);
    return parsed.success ? [parsed.data.state] : [];
  });
  const found = orders.find(({ order }) => order.orderId === orderId);
  if (found !== undefined) return found;
  const known = orders
    .sort((a, b) => (a.order.proposedAt < b.order.proposedAt ? -1 : 1))
    .map(({ order }) => `${order.orderId} (${order.status})`)
    .join(', ');
  throw new UsageError(`There is no order ${orderId}; ${known === '' ? 'no order has been made yet' : `the known ones are ${known}`}.`);
}
