/** Nobody answered in time. */
import type { HouseholdId, Instant, OrderId } from '../../shared/values.ts';
import { commandOrder } from '../runtime/order.ts';

export async function expireOrder(about: { householdId: HouseholdId; orderId: OrderId }, now: Instant): Promise<void> {
  await commandOrder(about, { type: 'expire', now }, now);
}
