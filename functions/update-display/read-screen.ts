/** What a household's screens are about: the orders that wait for a person, and the last messages. */
import { notesFor, type DisplayContent } from '../../shared/device/display-content.ts';
import type { EventEnvelope } from '../../shared/events.ts';
import type { OrderIn } from '../../shared/order/order-state.ts';
import type { DeviceType, HouseholdId } from '../../shared/values.ts';
import { findRetailerName } from '../notify-household/retailer-name.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { load } from '../runtime/store.ts';

export interface Waiting {
  readonly order: OrderIn<'awaiting-approval'>;
  readonly shop: string;
  /** Everything that was said of it. */
  readonly events: readonly EventEnvelope[];
}
export interface Screen extends DisplayContent {
  readonly waiting: readonly Waiting[];
}

/**
 * Reads consistently. The basket knows every order that has not ended, so no order of the past is read.
 * @param type of the screen: what is meant for another kind of them does not stand on it
 */
export async function readScreen(householdId: HouseholdId, type: DeviceType): Promise<Screen> {
  const [household, basket, notes] = await Promise.all([
    load(kinds.household, keys.household(householdId)),
    load(kinds.basket, keys.basket(householdId)),
    load(kinds.notes, keys.notes(householdId)),
  ]);
  if (household === undefined) throw new Error(`a device belongs to ${householdId}, which does not exist`);
  const orders = await Promise.all((basket?.state.plans ?? []).map(({ orderId }) => load(kinds.order, keys.order(householdId, orderId))));
  const waiting = orders.flatMap((stored) => {
    if (stored?.state.order.status !== 'awaiting-approval') return [];
    return [{ order: stored.state.order, events: stored.events }];
  });
  const named = await Promise.all(waiting.map(async (one) => ({ ...one, shop: await findRetailerName(one.order.retailerId) })));
  return { waiting: named, notes: notesFor(notes?.state.notes ?? [], type), language: household.state.language };
}
