/** The order that a message is about. */
import type { EventOf } from '../../shared/events.ts';
import type { HouseholdId, OrderId } from '../../shared/values.ts';
import type { Work } from './worker.ts';

export const isOrderEvent = (event: { type: string }): event is EventOf<'order'> => event.type.startsWith('order.');

/** Throws for any other message: the template's rule would be wrong. */
export function aboutOrder(work: Work): { householdId: HouseholdId; orderId: OrderId } {
  if (work.kind === 'event' && isOrderEvent(work.event)) return work.event.data;
  throw new Error(`expected an event of an order, got ${work.kind === 'due' ? `${work.due.sk} which is due` : work.event.type}`);
}
