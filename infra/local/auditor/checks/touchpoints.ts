/** Every event that the catalogue marks left one touchpoint, and only one. */
import { touchpointOf } from '../../../../shared/journey/touchpoint.ts';
import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { keptEvents } from '../kept-events.ts';

const nameOf = (source: string, messageId: string): string => `${source}/${messageId}`;

export function eventsInJourney(facts: Facts): Finding[] {
  const left = new Set(facts.touchpoints.map(({ state }) => nameOf(state.source, state.messageId)));
  return keptEvents(facts.items).flatMap((event): Finding[] => {
    const touchpoint = touchpointOf(event, facts.now);
    if (touchpoint === undefined || left.has(nameOf(touchpoint.source, touchpoint.messageId))) return [];
    return [{ rule: 'touchpoint-missing', subject: event.id, at: event.time, expected: `a touchpoint for ${event.type}`, actual: 'none in the journey' }];
  });
}

export function touchpointsOnce({ touchpoints }: Facts): Finding[] {
  const first = new Map<string, string>();
  return touchpoints.flatMap(({ key, state }): Finding[] => {
    const name = nameOf(state.source, state.messageId);
    const other = first.get(name);
    first.set(name, other ?? key);
    if (other === undefined) return [];
    return [{ rule: 'touchpoint-doubled', subject: name, at: state.receivedAt, expected: 'one touchpoint', actual: `${other} and ${key}` }];
  });
}
