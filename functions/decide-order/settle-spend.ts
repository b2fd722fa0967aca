/** SPEND follows its orders: what was delivered is settled, what came to nothing is released, and what a crash left behind is swept. */
import { seenBySpend } from '../../shared/order/order-for-supply.ts';
import { decideSpend, emptySpend, type OrderSeen } from '../../shared/order/mandate/spend.ts';
import { orderIdSchema, type HouseholdId, type Instant, type OrderId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { change, load } from '../runtime/store.ts';

export async function settleSpend({ householdId, orderId }: { householdId: HouseholdId; orderId: OrderId }, now: Instant): Promise<void> {
  const spend = (await load(kinds.spend, keys.spend(householdId)))?.state;
  if (spend === undefined) return;
  const holding = new Set([orderId, ...Object.keys(spend.open).map((id) => orderIdSchema.parse(id))]);
  const orders: Record<OrderId, OrderSeen> = {};
  for (const id of holding) {
    const order = (await load(kinds.order, keys.order(householdId, id)))?.state.order;
    if (order !== undefined) orders[id] = seenBySpend(order);
  }
  await change(kinds.spend, keys.spend(householdId), (current) => decideSpend(current ?? emptySpend(householdId), { type: 'sweep', orders, now }));
}
