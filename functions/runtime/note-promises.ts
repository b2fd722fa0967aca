/** Notes for the shop, beside why its offers won or lost, what of its promises came true. An answer never waits for it: what fails is logged and lost. */
import { digest } from '../../shared/digest.ts';
import type { Order } from '../../shared/order/order-state.ts';
import { promiseFatesOf, promiseKept } from '../../shared/order/promise-kept.ts';
import { withDelivery } from '../../shared/retailer/lateness.ts';
import { withPromises } from '../../shared/retailer/lost-offers.ts';
import { ignored, type Instant } from '../../shared/values.ts';
import { keys, kinds } from './aggregates.ts';
import { logger } from './log.ts';
import { change, load } from './store.ts';

/** @param now of the day that is counted: a day that is over does not change */
export async function notePromises(order: Order, now: Instant): Promise<void> {
  const { householdId, retailerId } = order;
  const day = now.slice(0, 10);
  try {
    const household = (await load(kinds.household, keys.household(householdId)))?.state;
    const told = promiseFatesOf(order, household?.timeZone ?? 'UTC');
    const written = await change(kinds.offerFates, keys.offerFates(retailerId, day, digest([retailerId, day, householdId])), (stored) => {
      const state = withPromises(stored, day, told);
      return state === undefined ? ignored('known') : { kind: 'changed', state, events: [] };
    });
    if (written.kind === 'changed') await noteLateness(order, household?.timeZone ?? 'UTC', now);
  } catch (error) {
    logger.warn('what a shop kept of its promises was not noted', { orderId: order.orderId, error: String(error) });
  }
}

/** Once for each household, day and shop: what two writers fight over for too long is lost, which moves no share. */
async function noteLateness(order: Order, timeZone: string, now: Instant): Promise<void> {
  const kept = promiseKept(order, timeZone);
  if (kept === undefined) return;
  const { retailerId } = order;
  await change(kinds.lateness, keys.lateness(retailerId), (before) => ({
    kind: 'changed',
    state: withDelivery(before, retailerId, { at: now, daysLate: kept.daysLate }),
    events: [],
  }));
}
