/** Stage 7. What became of an order → what is on the way to each of its supplies, and what has arrived. */
import { viewsForSupplies } from '../shared/order/order-for-supply.ts';
import { followOrder } from '../shared/supply/follow-order.ts';
import { keys, kinds } from './runtime/aggregates.ts';
import { productNow } from './runtime/clock.ts';
import { aboutOrder } from './runtime/order-event.ts';
import { change, load } from './runtime/store.ts';
import { queueWorker } from './runtime/worker.ts';

export const handler = queueWorker(async (work) => {
  const { householdId, orderId } = aboutOrder(work);
  const stored = await load(kinds.order, keys.order(householdId, orderId));
  if (stored === undefined) throw new Error(`an event speaks of ${orderId}, which does not exist`);
  const now = productNow();
  // The order as it is now, not as the event says: events come late and out of order, versions do not.
  for (const [supplyId, view] of viewsForSupplies(stored.state.order, stored.version)) {
    await change(kinds.supply, keys.supply(householdId, supplyId), (supply) =>
      supply === undefined ? { kind: 'ignored', reason: 'no-such-supply' } : followOrder(supply, view, now),
    );
  }
});
