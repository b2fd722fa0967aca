/** What our own events say of who belongs to whom: devices and people move into a household and out of it. */
import { digest } from '../../digest.ts';
import type { EventEnvelope } from '../../events.ts';
import type { IdentityRecord, Node } from './identity-record.ts';

export function recordsOfEvent(event: EventEnvelope): IdentityRecord[] {
  // The event's own id is longer than a record's may be.
  const noted = { recordId: digest(event.id), at: event.time };
  const evidence = { kind: 'said', source: 'events' } as const;
  switch (event.type) {
    case 'device.added':
    case 'device.paired':
      return [{ record: 'link', ...noted, from: { node: 'device', thing: event.data.thing }, to: householdOf(event.data), evidence }];
    case 'device.removed':
      return [{ record: 'unlink', ...noted, from: { node: 'device', thing: event.data.thing }, to: householdOf(event.data) }];
    case 'member.joined':
      return [{ record: 'link', ...noted, from: personOf(event.data), to: householdOf(event.data), evidence }];
    case 'member.left':
      return [{ record: 'unlink', ...noted, from: personOf(event.data), to: householdOf(event.data) }];
    default:
      return [];
  }
}

const householdOf = ({ householdId }: { readonly householdId: Extract<Node, { node: 'household' }>['householdId'] }): Node => ({
  node: 'household',
  householdId,
});
/** Members sign in, and trackers know them by the same name. */
const personOf = ({ memberId }: { readonly memberId: string }): Node => ({ node: 'id', type: 'userId', value: memberId });
