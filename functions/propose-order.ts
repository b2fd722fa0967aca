/** Stage 3. Needs gather in the household's basket; when its time has come they become proposals at the shops that serve them best. */
import { decideBasket, newBasket, type BasketCommand } from '../shared/supply/basket.ts';
import { householdIdSchema, type HouseholdId } from '../shared/values.ts';
import { createPlannedOrders } from './propose-order/create-orders.ts';
import { planBasket } from './propose-order/plan-basket.ts';
import { keys, kinds } from './runtime/aggregates.ts';
import { productNow } from './runtime/clock.ts';
import { logger } from './runtime/log.ts';
import { aboutOrder } from './runtime/order-event.ts';
import { change, load } from './runtime/store.ts';
import { queueWorker, type Work } from './runtime/worker.ts';

export const handler = queueWorker(async (work) => {
  if (work.kind === 'due') {
    const householdId = householdIdSchema.parse(work.due.pk.slice('HH#'.length));
    await planBasket(householdId, productNow());
    await createPlannedOrders(householdId, productNow());
  } else {
    await tellBasket(...(await gathered(work)));
  }
});

/** A need goes in; an order that has ended gives its needs back, and one that people changed those that they took out. */
async function gathered(work: Extract<Work, { kind: 'event' }>): Promise<[HouseholdId, BasketCommand]> {
  if (work.event.type === 'supply.low') {
    const { householdId, needId, supplyId, cycle, round } = work.event.data;
    return [householdId, { type: 'add-need', need: { needId, supplyId, cycle, round }, now: productNow() }];
  }
  const { householdId, orderId } = aboutOrder(work);
  if (work.event.type === 'order.requoted') {
    // The order as it is now: an older change that comes late must not take out what a newer one put back.
    const order = (await load(kinds.order, keys.order(householdId, orderId)))?.state.order;
    if (order === undefined) throw new Error(`an event speaks of ${orderId}, which does not exist`);
    return [householdId, { type: 'keep', orderId, needIds: order.quote.lineItems.map(({ needId }) => needId) }];
  }
  return [householdId, { type: 'free', orderId }];
}

async function tellBasket(householdId: HouseholdId, command: BasketCommand): Promise<void> {
  const result = await change(kinds.basket, keys.basket(householdId), (basket) => decideBasket(basket ?? newBasket(householdId), command));
  if (result.kind === 'rejected') logger.error('the basket refused', { householdId, command: command.type, reason: result.reason });
}
