/** Every event that our items still hold, once. */
import type { EventEnvelope } from '../../../shared/events.ts';
import type { Item } from './facts.ts';

export function keptEvents(items: readonly Item<unknown>[]): EventEnvelope[] {
  const byId = new Map<string, EventEnvelope>();
  for (const { events } of items) for (const event of events) byId.set(event.id, event);
  return [...byId.values()];
}
