/** What an order's own events say happened to it, and when. */
import type { Approver } from '../../../shared/event-parts.ts';
import type { EventEnvelope, EventOf, EventType } from '../../../shared/events.ts';
import type { Instant, Money } from '../../../shared/values.ts';
import type { Item, OrderItem } from './facts.ts';
import { agreedTotal } from '../../../shared/order/substitution.ts';
import type { Household } from '../../../shared/household/household.ts';

export const isOrderEvent = (event: EventEnvelope): event is EventEnvelope & EventOf<'order'> => event.type.startsWith('order.');

export const momentOf = ({ events }: OrderItem, type: EventType): Instant | undefined => events.find((event) => event.type === type)?.time;

export const hasHappened = (item: OrderItem, type: EventType): boolean => momentOf(item, type) !== undefined;

/** When it came to nothing; an order that was delivered, or is still on its way, has not. */
export function cameToNothingAt({ events, state: { order } }: OrderItem): Instant | undefined {
  if (!['rejected', 'cancelled', 'declined', 'expired', 'withdrawn'].includes(order.status)) return undefined;
  return events.at(-1)?.time;
}

export interface Approved {
  readonly at: Instant;
  readonly by: Approver;
  readonly total: Money;
}
export function approvalOf({ events }: OrderItem): Approved | undefined {
  for (const event of events) if (event.type === 'order.approved') return { at: event.time, by: event.data.by, total: event.data.total };
  return undefined;
}

/** What the order cost in the end, or will: what was charged when it was delivered, else what was agreed to. */
export const costMinor = ({ state: { order } }: OrderItem): number =>
  ('progress' in order ? order.progress.total?.amountMinor : undefined) ?? order.quote.total.amountMinor;

/** Cents that a person has agreed to beyond the quote, for something else that costs more. */
export const agreedBeyondMinor = ({ state: { order } }: OrderItem): number =>
  'substitutions' in order && order.substitutions ? agreedTotal(order.quote, order.substitutions).amountMinor - order.quote.total.amountMinor : 0;

export const timeZoneOf = (households: readonly Item<Household>[], householdId: string): string =>
  households.find(({ state }) => state.householdId === householdId)?.state.timeZone ?? 'Europe/Berlin';

export const byProposal = (a: OrderItem, b: OrderItem): number =>
  a.state.order.proposedAt < b.state.order.proposedAt || (a.state.order.proposedAt === b.state.order.proposedAt && a.key < b.key) ? -1 : 1;
