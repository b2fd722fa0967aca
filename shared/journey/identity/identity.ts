/**
 * To whom each touchpoint belongs. It is never rewritten: it names the ids that its message named, and is read through what stands now, so that
 * a merge and its unlink move whole stories there and back. Whatever a person has consented to is asked of the id under which it was said, never
 * of the cluster: nobody inherits a consent.
 */
import { canonicalJson } from '../../digest.ts';
import { groupBy } from '../../group.ts';
import type { Instant } from '../../values.ts';
import { clustersOf, type Person, type Shared } from './clusters.ts';
import { keyOf, priorityOf, saysNothing, typeOfKey } from './id-type.ts';
import { compare, inOrder, type IdentityRecord, nameOf, type TouchpointRecord } from './identity-record.ts';
import { standingLinks, type Membership, type Refused } from './standing-links.ts';

/** Whose a touchpoint is: as far as anybody knows. */
export interface Resolved {
  readonly recordId: string;
  readonly person?: string;
  readonly device?: string;
  /** A browser's or an app's own id, where neither a person nor a device is known for it. */
  readonly visitor?: string;
  readonly householdId?: string;
}
export interface Household {
  readonly householdId: string;
  /** Those that somebody has decided to be this one. */
  readonly also: readonly string[];
  readonly members: readonly Membership[];
}
export interface Identity {
  readonly persons: readonly Person[];
  readonly shared: readonly Shared[];
  readonly households: readonly Household[];
  readonly refused: readonly Refused[];
  /** Of a person, a device, a visitor or a household: its touchpoints in the order of their own time. */
  readonly timelines: Readonly<Record<string, readonly string[]>>;
  readonly touchpoints: readonly Resolved[];
}

/** The same record twice is one. Of two that differ under one id the same stays, whichever came first, and the other is named. */
function oncePerId(records: readonly IdentityRecord[]): { records: IdentityRecord[]; refused: Refused[] } {
  const texts = new Map<string, Map<string, IdentityRecord>>();
  for (const record of records) {
    const same = texts.get(record.recordId) ?? new Map<string, IdentityRecord>();
    texts.set(record.recordId, same.set(canonicalJson(record), record));
  }
  const sorted = [...texts].map(([recordId, same]) => ({ recordId, same: [...same].sort(([a], [b]) => compare(a, b)) }));
  return {
    records: inOrder(sorted.flatMap(({ same }) => same[0]?.[1] ?? [])),
    refused: sorted.filter(({ same }) => same.length > 1).map(({ recordId }) => ({ recordId, reason: 'two records that differ have this id' })),
  };
}

/** Households that were decided to be one, by the name of each: the first by its letters stands for all. */
function oneHousehold(links: readonly { readonly from: Parameters<typeof nameOf>[0]; readonly to: Parameters<typeof nameOf>[0] }[]): (name: string) => string {
  const groups = new Map<string, Set<string>>();
  for (const { from, to } of links) {
    const [a, b] = [nameOf(from), nameOf(to)];
    const joined = new Set([...(groups.get(a) ?? [a]), ...(groups.get(b) ?? [b])]);
    for (const name of joined) groups.set(name, joined);
  }
  return (householdId) => {
    const [first = `household:${householdId}`] = [...(groups.get(`household:${householdId}`) ?? [])].sort(compare);
    return first.slice('household:'.length);
  };
}

/** A pure function of the set of records: not of their order, nor of how often each of them came. */
export function identityOf(given: readonly IdentityRecord[]): Identity {
  const { records, refused: twice } = oncePerId(given);
  const standing = standingLinks(records);
  const clusters = clustersOf(standing);
  const householdOf = oneHousehold(standing.households);
  const memberships = standing.memberships.map((one) => ({ ...one, member: clusters.personOf.get(one.member) ?? one.member }));
  const heldBy = groupBy(memberships, ({ member }) => member);
  const touchpoints = records.flatMap((record) => (record.record === 'touchpoint' ? [resolve(record)] : []));
  return {
    persons: clusters.persons,
    shared: clusters.shared,
    households: householdsOf(memberships, touchpoints, householdOf),
    refused: [...twice, ...standing.refused, ...clusters.refused].sort((a, b) => compare(a.recordId, b.recordId)),
    timelines: timelinesOf(touchpoints),
    touchpoints,
  };

  function resolve({ recordId, at, ids, thing, householdId }: TouchpointRecord): Resolved {
    const [key] = ids
      .filter((id) => saysNothing(id) === undefined)
      .map(keyOf)
      .filter((one) => !standing.isBlocked(one))
      .sort((a, b) => priorityOf(typeOfKey(a)) - priorityOf(typeOfKey(b)));
    const isAnybodys = key !== undefined && (clusters.personOf.has(key) || typeOfKey(key) !== 'anonymousId');
    const person = isAnybodys ? (clusters.personOf.get(key) ?? key) : undefined;
    const device = thing === undefined ? (key === undefined ? undefined : clusters.deviceOf.get(key)) : `device:${thing}`;
    const visitor = person === undefined && device === undefined ? key : undefined;
    const of = householdId ?? onlyOne(heldBy.get(device ?? ''), at) ?? onlyOne(heldBy.get(person ?? ''), at) ?? firstHome(heldBy.get(person ?? ''), at);
    return {
      recordId,
      ...(person !== undefined && { person: `person:${person}` }),
      ...(device !== undefined && { device }),
      ...(visitor !== undefined && { visitor: `visitor:${visitor}` }),
      ...(of !== undefined && { householdId: householdOf(of) }),
    };
  }
}

/** Of somebody in two households nobody knows in which it was. */
function onlyOne(memberships: readonly Membership[] = [], at: Instant): string | undefined {
  const then = new Set(memberships.filter(({ since, until }) => since <= at && (until === undefined || at < until)).map(({ householdId }) => householdId));
  return then.size === 1 ? [...then][0] : undefined;
}

/** What somebody did before they lived in any household is how their first one came to us. A device has no such past: it was somebody else's. */
function firstHome(memberships: readonly Membership[] = [], at: Instant): string | undefined {
  if (memberships.length === 0 || memberships.some(({ since }) => since <= at)) return undefined;
  const [first = ''] = memberships.map(({ since }) => since).sort(compare);
  const homes = new Set(memberships.filter(({ since }) => since === first).map(({ householdId }) => householdId));
  return homes.size === 1 ? [...homes][0] : undefined;
}

function householdsOf(memberships: readonly Membership[], touchpoints: readonly Resolved[], householdOf: (name: string) => string): Household[] {
  const names = new Set([...memberships.map(({ householdId }) => householdId), ...touchpoints.flatMap(({ householdId }) => householdId ?? [])]);
  const byFirst = groupBy([...names].sort(compare), householdOf);
  return [...byFirst].map(([householdId, all]) => ({
    householdId,
    also: all.filter((name) => name !== householdId),
    members: memberships.filter((one) => householdOf(one.householdId) === householdId),
  }));
}

function timelinesOf(touchpoints: readonly Resolved[]): Record<string, string[]> {
  const timelines: Record<string, string[]> = {};
  for (const { recordId, person, device, visitor, householdId } of touchpoints) {
    const household = householdId === undefined ? undefined : `household:${householdId}`;
    for (const name of [person, device, visitor, household]) if (name !== undefined) (timelines[name] ??= []).push(recordId);
  }
  return Object.fromEntries(Object.entries(timelines).sort(([a], [b]) => compare(a, b)));
}

export interface Change {
  readonly recordId: string;
  readonly before: Omit<Resolved, 'recordId'>;
  readonly after: Omit<Resolved, 'recordId'>;
}
/** What would change if these records were added: shown before somebody decides. */
export function preview(records: readonly IdentityRecord[], added: readonly IdentityRecord[]): { changes: Change[]; refused: Refused[] } {
  const [before, after] = [identityOf(records), identityOf([...records, ...added])];
  const stood = new Map(before.touchpoints.map(({ recordId, ...whose }) => [recordId, whose]));
  const refusedBefore = new Set(before.refused.map(canonicalJson));
  return {
    changes: after.touchpoints.flatMap(({ recordId, ...whose }) => {
      const was = stood.get(recordId) ?? {};
      return canonicalJson(was) === canonicalJson(whose) ? [] : [{ recordId, before: was, after: whose }];
    }),
    refused: after.refused.filter((one) => !refusedBefore.has(canonicalJson(one))),
  };
}
