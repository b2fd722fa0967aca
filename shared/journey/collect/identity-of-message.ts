/** What `identify`, `alias` and `group` say of who belongs to whom, as records of the identity log; addresses and numbers are hidden. */
import type { Id } from '../identity/id-type.ts';
import { nameOf, type IdentityRecord, type Node } from '../identity/identity-record.ts';
import type { Touchpoint } from '../touchpoint.ts';
import type { CollectedMessage } from './message.ts';
import { userIdOf, type Hide } from './named-by.ts';

/** @param touchpoint as it is kept: its moment and its id make the records' own, so that a repeat says the same */
export function identityOfMessage(message: CollectedMessage, touchpoint: Touchpoint, hide: Hide): IdentityRecord[] {
  const { ids = [], householdId } = touchpoint;
  if (message.type === 'identify') return identified(touchpoint, ids);
  if (message.type === 'group') return householdId === undefined ? [] : ids.map((id) => linkOf(touchpoint, nodeOf(id), { node: 'household', householdId }));
  if (message.type !== 'alias' || message.previousId === undefined) return [];
  const before = previous(message.previousId, hide);
  const [now] = ids;
  return before === undefined || now === undefined ? [] : [linkOf(touchpoint, nodeOf(now), nodeOf(before))];
}

/** Segment says of the earlier id only that it was used: what looks like one of a person's is one, everything else was a browser's. */
const previous = (id: string, hide: Hide): Id | undefined => {
  const person = userIdOf(id, hide);
  return person?.type === 'email' ? person : hide({ type: 'anonymousId', value: id });
};

function identified(touchpoint: Touchpoint, ids: readonly Id[]): IdentityRecord[] {
  const { touchpointId, at, source, householdId } = touchpoint;
  const valueOf = (type: Id['type']) => ids.find((id) => id.type === type)?.value;
  const [userId, anonymousId] = [valueOf('userId'), valueOf('anonymousId')];
  const [first, ...rest] = ids;
  if (first === undefined) return [];
  // Without an id of the person's own the first that was named speaks for them.
  if (userId === undefined) {
    const home: Node[] = householdId === undefined ? [] : [{ node: 'household', householdId }];
    return [...rest.map(nodeOf), ...home].map((to) => linkOf(touchpoint, nodeOf(first), to));
  }
  const [email, phone, customerNumber] = [valueOf('email'), valueOf('phone'), valueOf('customerNumber')];
  const traits = { ...(email && { email }), ...(phone && { phone }), ...(customerNumber && { customerNumber }) };
  return [
    {
      ...{ record: 'identify', recordId: touchpointId, at, source, userId },
      ...(anonymousId && { anonymousId }),
      ...(Object.keys(traits).length > 0 && { traits }),
      ...(householdId && { householdId }),
    },
  ];
}

const nodeOf = (id: Id): Node => ({ node: 'id', ...id });

/** A record's id has at most a hundred characters, and a node's name may have more: its end tells two apart. */
const linkOf = ({ touchpointId, at, source }: Touchpoint, from: Node, to: Node): IdentityRecord => ({
  ...{ record: 'link', recordId: `${touchpointId}/${nameOf(to).slice(-60)}`, at, from, to },
  evidence: { kind: 'said', source },
});
