/** What has come makes the household's tier. Each order counts once, however often its delivery is told. */
import { isSent } from '../../shared/order/answer-order.ts';
import type { Order } from '../../shared/order/order-state.ts';
import { withReceived } from '../../shared/household/tier.ts';
import { ignored, type Instant } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { change } from '../runtime/store.ts';

export async function noteReceived(order: Order, now: Instant): Promise<void> {
  if (!isSent(order) || order.status !== 'delivered') return;
  const { householdId, orderId } = order;
  const at = order.progress.deliveredAt ?? now;
  await change(kinds.rhythm, keys.rhythm(householdId), (stored) => {
    const state = withReceived(stored, householdId, { orderId, at }, now);
    return state === undefined ? ignored('counted') : { kind: 'changed', state, events: [] };
  });
}
