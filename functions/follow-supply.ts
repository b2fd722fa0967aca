/** Stage 7. What became of an order → what is on the way to each of its supplies, what has arrived, and what went back; and how often goods come. */
import { viewsForSupplies } from '../shared/order/order-for-supply.ts';
import { followOrder, type OrderForSupply } from '../shared/supply/follow-order.ts';
import { noteGoods } from './follow-supply/note-goods.ts';
import { noteReceived } from './follow-supply/note-received.ts';
import { takeBack } from './follow-supply/take-back.ts';
import { keys, kinds } from './runtime/aggregates.ts';
import { productNow } from './runtime/clock.ts';
import { householdWait } from './runtime/household-wait.ts';
import { aboutOrder } from './runtime/order-event.ts';
import { change, load } from './runtime/store.ts';
import { queueWorker } from './runtime/worker.ts';

export const handler = queueWorker(async (work) => {
  if (work.kind === 'event' && work.event.type === 'contract.withdrawn') {
    await takeBack(work.event.data, productNow());
    return;
  }
  const { householdId, orderId } = aboutOrder(work);
  const stored = await load(kinds.order, keys.order(householdId, orderId));
  if (stored === undefined) throw new Error(`an event speaks of ${orderId}, which does not exist`);
  const now = productNow();
  await noteReceived(stored.state.order, now);
  await noteGoods(stored.state.order);
  const views = viewsForSupplies(stored.state.order, stored.version);
  const timeZone = needsNights([...views.values()]) ? (await load(kinds.household, keys.household(householdId)))?.state.timeZone : undefined;
  // Once for each order, with its first question: what the household has learnt about other items stands for these too.
  const wait = isAsked([...views.values()]) ? await householdWait(householdId) : undefined;
  // The order as it is now, not as the event says: events come late and out of order, versions do not.
  for (const [supplyId, view] of views) {
    await change(kinds.supply, keys.supply(householdId, supplyId), (supply) =>
      supply === undefined ? { kind: 'ignored', reason: 'no-such-supply' } : followOrder(supply, view, now, timeZone, wait),
    );
  }
});

/** Only how long people took to answer is told in their waking hours. */
const needsNights = (views: readonly OrderForSupply[]): boolean => views.some(({ by, standing }) => by === 'person' || standing === 'expired');
const isAsked = (views: readonly OrderForSupply[]): boolean => views.some(({ standing }) => standing === 'asking');
