/**
 * A circle: everything that was ever noted about ids, devices and households that some record ties together. Circles only ever join; who is who
 * inside one is read anew each time (identity.ts), so that an unlink parts people without parting a circle. One circle is one item of the store:
 * a touchpoint is resolved with two reads.
 */
import { z } from 'zod';
import { canonicalJson } from '../../digest.ts';
import { monthOf } from '../fold/trace.ts';
import { householdIdSchema, instantSchema, type HouseholdId } from '../../values.ts';
import { identityOf, type Identity } from './identity.ts';
import { recordOfTouchpoint } from './touchpoint-record.ts';
import { compare, householdNamed, identityRecordSchema, inOrder, linksIn, nameOf, type IdentityRecord, type Link } from './identity-record.ts';

/** Far more than a household ever has; more of them are a broken tracker that names everybody at once. */
export const RECORDS_MAX = 2_000;
export const circleSchema = z.strictObject({
  records: z.array(identityRecordSchema).max(RECORDS_MAX),
  /** It has joined that one, which holds its records now. */
  joined: z.string().max(80).optional(),
});
export type Circle = z.infer<typeof circleSchema>;

/** What a record ties together. */
export function namesIn(record: IdentityRecord): string[] {
  if (record.record === 'unlink') return [nameOf(record.from), nameOf(record.to)];
  if (record.record === 'block') return [record.from, ...(record.to === undefined ? [] : [record.to])].map(nameOf);
  return [...new Set(linksIn(record).flatMap(({ from, to }) => [nameOf(from), nameOf(to)]))];
}

/** What is worth keeping of a record: its links, and what takes links back. A touchpoint itself stays where it stands. */
export const keptOf = (record: IdentityRecord): IdentityRecord[] => (record.record === 'unlink' || record.record === 'block' ? [record] : linksIn(record));

/**
 * The same link is said again with every visit: of a month the first stands for all, which is the same whatever order they come in, and keeps a
 * circle as small as the calendar is.
 */
export function withRecords(records: readonly IdentityRecord[], came: readonly IdentityRecord[]): IdentityRecord[] {
  const kept = new Map<string, IdentityRecord>();
  for (const record of inOrder([...records, ...came])) {
    const name = record.record === 'link' && record.evidence.kind !== 'decided' ? pairInMonth(record) : record.recordId;
    if (!kept.has(name)) kept.set(name, record);
  }
  return [...kept.values()];
}
const pairInMonth = (link: Link): string => `${[nameOf(link.from), nameOf(link.to)].sort(compare).join(' ')} ${monthOf(link.at)}`;

/** All ids, devices and households that the records name. */
export const namesAround = (records: readonly IdentityRecord[]): string[] => [...new Set(records.flatMap(namesIn))].sort(compare);

/** Who is who, without anybody's touchpoints: what has to be different for a touchpoint to change hands. */
const whoIsWho = ({ persons, shared, households }: Identity): string => canonicalJson({ persons, shared, households });

/** Ids of the households that the records name. */
export const householdsIn = (records: readonly IdentityRecord[]): string[] => namesAround(records).flatMap((name) => householdNamed(name) ?? []);

/** The households of a circle, if who is who is no longer what it was. */
export function movedHouseholds(before: readonly IdentityRecord[], after: readonly IdentityRecord[]): HouseholdId[] {
  const named = [...new Set([...householdsIn(before), ...householdsIn(after)])].sort(compare).map((name) => householdIdSchema.parse(name));
  // One in which nothing has happened and nobody lives would not be there.
  const present = named.map((householdId) => recordOfTouchpoint({ touchpointId: `in ${householdId}`, at: LONG_AGO, householdId }));
  const [was, is] = [identityOf([...before, ...present]), identityOf([...after, ...present])];
  return whoIsWho(was) === whoIsWho(is) ? [] : named;
}
const LONG_AGO = instantSchema.parse('1970-01-01T00:00:00.000Z');
