/** Everything that a run knows about the way of one order: its tables, its functions' logs and their journal of readings. */
import type { StoredOrder } from '../../../functions/runtime/aggregates.ts';
import type { EventEnvelope } from '../../../shared/events.ts';
import type { Touchpoint } from '../../../shared/journey/touchpoint.ts';
import type { Delivery } from '../../../shared/retailer/delivery.ts';
import { keptEvents } from '../auditor/kept-events.ts';
import { tableFacts } from '../auditor/tables.ts';
import { readEvents } from '../bus/kept-events.ts';
import { findOrder } from '../why/find-order.ts';
import { readItems } from '../why/read-items.ts';
import { appliedReadings, logLines, type AppliedReading, type LogLine } from './log-lines.ts';

export interface Gathered {
  readonly stored: StoredOrder;
  /** All that the bus has taken, and what the tables keep that it has not. */
  readonly events: readonly EventEnvelope[];
  readonly delivery: Delivery | undefined;
  readonly touchpoints: readonly Touchpoint[];
  readonly log: readonly LogLine[];
  readonly readings: readonly AppliedReading[];
}

/** @throws UsageError when there is no run, or no such order in it */
export async function gather(data: string, orderId: string): Promise<Gathered> {
  const items = await readItems(data);
  const stored = findOrder(items, orderId);
  const { deliveries, touchpoints, items: all } = tableFacts(items);
  const { lineItems } = stored.order.quote;
  return {
    stored,
    events: [...new Map([...(await readEvents(data)), ...keptEvents(all)].map((event) => [event.id, event])).values()],
    delivery: deliveries.map(({ state }) => state).find((delivery) => delivery.orderId === orderId),
    touchpoints: touchpoints.map(({ state }) => state),
    log: await logLines(
      data,
      lineItems.map(({ needId }) => needId),
    ),
    readings: await appliedReadings(
      data,
      lineItems.map(({ supplyId }) => supplyId),
    ),
  };
}
