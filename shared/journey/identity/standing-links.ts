/** Which links stand, once everything that was noted is read; and which were never taken, with the reason. */
import type { Instant } from '../../values.ts';
import { saysNothing } from './id-type.ts';
import { compare, inOrder, linksIn, nameOf, type IdentityRecord, type Link, type Node } from './identity-record.ts';

/** From `since` on, and until then when it has ended. */
export interface Membership {
  readonly member: string;
  readonly householdId: string;
  readonly since: Instant;
  readonly until?: Instant;
}
export interface Refused {
  readonly recordId: string;
  readonly reason: string;
}
export interface Standing {
  /** Between ids of persons, in the order in which they are to be taken. */
  readonly ids: readonly Link[];
  /** From a browser's or an app's id to the device that it runs on. */
  readonly devices: ReadonlyMap<string, readonly string[]>;
  /** Between households that somebody has decided to be one. */
  readonly households: readonly Link[];
  readonly memberships: readonly Membership[];
  readonly refused: readonly Refused[];
  readonly isBlocked: (name: string) => boolean;
}

type Kind = 'ids' | 'device' | 'households' | 'membership';
const pairOf = (a: Node, b: Node): string => [nameOf(a), nameOf(b)].sort(compare).join(' ');

function kindOf({ from, to }: Pick<Link, 'from' | 'to'>): Kind | undefined {
  const kinds = [from.node, to.node].sort(compare).join('–');
  if (kinds === 'id–id') return 'ids';
  if (kinds === 'device–id') return [from, to].some((node) => node.node === 'id' && node.type === 'anonymousId') ? 'device' : undefined;
  if (kinds === 'household–household') return 'households';
  return kinds === 'device–household' || kinds === 'household–id' ? 'membership' : undefined;
}

function reasonAgainst(link: Link, blocked: ReadonlySet<string>): string | undefined {
  const kind = kindOf(link);
  if (kind === undefined) return `a ${link.from.node} and a ${link.to.node} are never linked`;
  if (nameOf(link.from) === nameOf(link.to)) return 'a link to itself';
  for (const node of [link.from, link.to]) {
    const nothing = node.node === 'id' ? saysNothing(node) : undefined;
    if (nothing !== undefined) return nothing;
    if (blocked.has(nameOf(node))) return `${nameOf(node)} is blocked`;
  }
  if (blocked.has(pairOf(link.from, link.to))) return 'the two are blocked from each other';
  return kind === 'households' && link.evidence.kind !== 'decided' ? 'households become one only by somebody’s decision' : undefined;
}

export function standingLinks(records: readonly IdentityRecord[]): Standing {
  const blocked = new Set(
    records.flatMap((record) => (record.record !== 'block' ? [] : [record.to === undefined ? nameOf(record.from) : pairOf(record.from, record.to)])),
  );
  const refused: Refused[] = [];
  const links = records.flatMap(linksIn).filter((link) => {
    const reason = reasonAgainst(link, blocked);
    if (reason !== undefined) refused.push({ recordId: link.recordId, reason });
    return reason === undefined;
  });
  const ends = records.flatMap((record) => (record.record === 'unlink' ? [record] : []));
  const lastOf = new Map<string, Link | (typeof ends)[number]>();
  for (const record of inOrder([...links, ...ends])) lastOf.set(pairOf(record.from, record.to), record);
  const standing = [...lastOf.values()].flatMap((record) => (record.record === 'link' ? [record] : []));
  const devices = new Map<string, string[]>();
  for (const { from, to } of standing.filter((link) => kindOf(link) === 'device')) {
    const [id, device] = from.node === 'device' ? [to, from] : [from, to];
    devices.set(nameOf(id), [...(devices.get(nameOf(id)) ?? []), nameOf(device)].sort(compare));
  }
  return {
    ids: inOrder(standing.filter((link) => kindOf(link) === 'ids')),
    households: inOrder(standing.filter((link) => kindOf(link) === 'households')),
    memberships: membershipsOf(inOrder([...links.filter((link) => kindOf(link) === 'membership'), ...ends])),
    ...{ devices, refused: inRecordOrder(refused), isBlocked: (name: string) => blocked.has(name) },
  };
}

const inRecordOrder = (refused: readonly Refused[]): Refused[] => [...refused].sort((a, b) => compare(a.recordId, b.recordId));

/** A device is in one household at a time: who has it next ends what was before. A person may be in several. */
function membershipsOf(records: readonly (Link | Extract<IdentityRecord, { record: 'unlink' }>)[]): Membership[] {
  const open = new Map<string, Membership>();
  const ended: Membership[] = [];
  const end = (key: string, until: Instant): void => {
    const membership = open.get(key);
    if (membership !== undefined && membership.since < until) ended.push({ ...membership, until });
    open.delete(key);
  };
  for (const record of records) {
    const [household, member] = record.from.node === 'household' ? [record.from, record.to] : [record.to, record.from];
    if (household.node !== 'household' || member.node === 'household') continue;
    const key = pairOf(household, member);
    if (record.record === 'unlink') end(key, record.at);
    else if (!open.has(key)) {
      if (member.node === 'device') for (const [other, { member: name }] of open) if (name === nameOf(member)) end(other, record.at);
      open.set(key, { member: nameOf(member), householdId: household.householdId, since: record.at });
    }
  }
  return [...ended, ...open.values()].sort((a, b) => compare(a.member, b.member) || compare(a.since, b.since) || compare(a.householdId, b.householdId));
}
