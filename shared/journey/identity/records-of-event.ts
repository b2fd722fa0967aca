/** What our own events say of who belongs to whom: devices and people move into a household and out of it. */
import { digest } from '../../digest.ts';
import type { EventEnvelope } from '../../events.ts';
import type { IdentityRecord, Node } from './identity-record.ts';

type Moving = Extract<EventEnvelope, { type: 'device.added' | 'device.paired' | 'device.removed' | 'member.joined' | 'member.left' }>;
const movesIn: Readonly<Record<Moving['type'], boolean>> = {
  ...{ 'device.added': true, 'device.paired': true, 'device.removed': false },
  ...{ 'member.joined': true, 'member.left': false },
};
const isMoving = (event: EventEnvelope): event is Moving => event.type in movesIn;

export function recordsOfEvent(event: EventEnvelope): IdentityRecord[] {
  if (!isMoving(event)) return [];
  // The event's own id is longer than a record's may be.
  const noted = { recordId: digest(event.id), at: event.time, from: whoOf(event), to: householdOf(event.data) };
  return [movesIn[event.type] ? { record: 'link', ...noted, evidence: { kind: 'said', source: 'events' } } : { record: 'unlink', ...noted }];
}

const whoOf = ({ data }: Moving): Node => ('thing' in data ? { node: 'device', thing: data.thing } : personOf(data));
const householdOf = ({ householdId }: { readonly householdId: Extract<Node, { node: 'household' }>['householdId'] }): Node => ({
  node: 'household',
  householdId,
});
/** Members sign in, and trackers know them by the same name. */
const personOf = ({ memberId }: { readonly memberId: string }): Node => ({ node: 'id', type: 'userId', value: memberId });
