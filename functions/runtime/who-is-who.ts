/** Notes who belongs to whom, and finds everything that is known around an id, a device or a household: its circle (identity/circle.ts). */
import { digest } from '../../shared/digest.ts';
import { keptOf, namesIn, RECORDS_MAX, withRecords, type Circle } from '../../shared/journey/identity/circle.ts';
import type { IdentityRecord } from '../../shared/journey/identity/identity-record.ts';
import { ignored } from '../../shared/values.ts';
import { keys, kinds } from './aggregates.ts';
import { logger } from './log.ts';
import { asItStands } from './put.ts';
import { change, createOnce, load } from './store.ts';

const ROUNDS_MAX = 12;

/** Once, whatever order they come in and however often. */
export async function noteWhoIsWho(records: readonly IdentityRecord[]): Promise<void> {
  for (const record of records) {
    const names = namesIn(record);
    if (names.length > 0) await noteOne(names, keptOf(record));
  }
}

/** First the record stands in a circle, then each name leads there; a name that leads elsewhere joins the two. A repeat finishes what the first began. */
async function noteOne(names: readonly string[], kept: readonly IdentityRecord[]): Promise<void> {
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const known = await circlesOf(names);
    // The same for whoever notes at the same time, so that two who join two circles agree on which stays.
    const [into = `circle-${digest([...names].sort())}`, ...others] = known;
    for (const other of others) await join(other, into);
    if (!(await addTo(into, kept))) continue;
    const led = await Promise.all(names.map((name) => lead(name, into)));
    if (led.every(Boolean)) return;
  }
  throw new Error(`circles were joined by others ${ROUNDS_MAX} times in a row`);
}

/** Where names lead, each once, the first by its letters first. */
async function circlesOf(names: readonly string[]): Promise<string[]> {
  const led = await Promise.all(names.map(async (name) => (await load(kinds.who, keys.who(name)))?.state.circle));
  const stand = await Promise.all(led.flatMap((circle) => (circle === undefined ? [] : [whereItStands(circle)])));
  return [...new Set(stand)].sort();
}

async function whereItStands(circle: string): Promise<string> {
  let at = circle;
  for (let step = 1; step <= ROUNDS_MAX; step += 1) {
    const joined = (await load(kinds.circle, keys.circle(at)))?.state.joined;
    if (joined === undefined) return at;
    at = joined;
  }
  throw new Error(`${circle} has joined ${ROUNDS_MAX} circles in a row`);
}

/** False when the circle has joined another meanwhile. */
async function addTo(circle: string, records: readonly IdentityRecord[]): Promise<boolean> {
  const result = await change(kinds.circle, keys.circle(circle), (before) => {
    if (before?.joined !== undefined) return ignored('joined');
    const after = withRecords(before?.records ?? [], records);
    if (after.length === (before?.records.length ?? -1) && after.every((record, index) => record === before?.records[index])) return ignored('known');
    if (after.length > RECORDS_MAX) return ignored('too-many');
    return { kind: 'changed', state: { records: after }, events: [] };
  });
  if (result.kind === 'ignored' && result.reason === 'too-many') logger.error('a circle is full: who is who there is not noted any more', { circle });
  return asItStands(result)?.joined === undefined;
}

/** What comes into the one meanwhile is not left behind: it is marked only as it was when it was copied. */
async function join(one: string, into: string): Promise<void> {
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const stored = await load(kinds.circle, keys.circle(one));
    if (stored === undefined || stored.state.joined !== undefined) return;
    if (!(await addTo(into, stored.state.records))) return;
    const marked = await change(kinds.circle, keys.circle(one), (_, current) =>
      current?.version === stored.version ? { kind: 'changed', state: { records: [], joined: into }, events: [] } : ignored('changed-meanwhile'),
    );
    if (marked.kind === 'changed') return;
  }
  throw new Error(`${one} was written by others ${ROUNDS_MAX} times in a row`);
}

/** True when the name leads there now; false when it leads to another circle, which then has to be joined. */
async function lead(name: string, into: string): Promise<boolean> {
  if ((await createOnce(kinds.who, keys.who(name), { name, circle: into })) === 'created') return true;
  const circle = (await load(kinds.who, keys.who(name)))?.state.circle;
  if (circle === into) return true;
  if (circle !== undefined && (await whereItStands(circle)) !== into) return false;
  await change(kinds.who, keys.who(name), (who) =>
    who?.circle === circle ? { kind: 'changed', state: { name, circle: into }, events: [] } : ignored('led-elsewhere'),
  );
  return true;
}

export interface Known {
  readonly circle: string;
  readonly records: Circle['records'];
}
/** Everything that was noted around these names: mostly one circle, two reads. */
export async function knownAround(names: readonly string[]): Promise<Known[]> {
  const circles = await circlesOf([...new Set(names)]);
  return Promise.all(circles.map(async (circle) => ({ circle, records: (await load(kinds.circle, keys.circle(circle)))?.state.records ?? [] })));
}
