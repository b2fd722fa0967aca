/** All touchpoints of a household, in whatever partitions they stand: its own, and those of people, things and visitors who turned out to belong to it. */
import { householdsIn, namesAround } from '../../shared/journey/identity/circle.ts';
import { identityOf } from '../../shared/journey/identity/identity.ts';
import { deviceNamed, householdNamed, nameOf, type IdentityRecord } from '../../shared/journey/identity/identity-record.ts';
import { recordOfTouchpoint } from '../../shared/journey/identity/touchpoint-record.ts';
import { nodeOfKey, touchpointSchema, type Touchpoint } from '../../shared/journey/touchpoint.ts';
import type { HouseholdId, Instant } from '../../shared/values.ts';
import { kinds } from '../runtime/aggregates.ts';
import { readItems } from '../runtime/partition.ts';
import { listNewest } from '../runtime/store.ts';
import { withoutObjected } from './objected.ts';
import { knownAround } from '../runtime/who-is-who.ts';

const ITEMS_AT_ONCE = 500;
const TOUCHPOINT = 'TP#';

export async function journeyOf(householdId: HouseholdId): Promise<Touchpoint[]> {
  const records = (await knownAround([nameOf({ node: 'household', householdId })])).flatMap((known) => known.records);
  const found = await touchpointsAround(records, [nameOf({ node: 'household', householdId })]);
  const home = new Map(identityOf([...records, ...found.map(recordOfTouchpoint)]).touchpoints.map((resolved) => [resolved.recordId, resolved.householdId]));
  return withoutObjected(
    found.filter(({ touchpointId }) => home.get(touchpointId) === householdId),
    householdId,
  );
}

export interface Stretch {
  readonly from: Instant;
  /** The moment at which it ends, or the place of a touchpoint before which it ends. */
  readonly before: string;
  /** All nodes together. */
  readonly most: number;
}
/**
 * The household's touchpoints of a stretch of time, the newest first: however much stands before or after it, no more of each node is read.
 * @returns with the place from which to read on, where more may stand
 */
export async function touchpointsBetween(
  householdId: HouseholdId,
  { from, before, most }: Stretch,
): Promise<{ readonly touchpoints: Touchpoint[]; readonly older?: string }> {
  if (before <= from) return { touchpoints: [] };
  const name = nameOf({ node: 'household', householdId });
  const records = (await knownAround([name])).flatMap((known) => known.records);
  const nodes = [...new Set([nodeNamed(name), ...nodesAround(records)])];
  // The one at whose place it ends, and one more, which says whether there are any left.
  const range = { from: `${TOUCHPOINT}${from}`, to: `${TOUCHPOINT}${before}`, limit: most + 2 };
  const read = (await Promise.all(nodes.map((pk) => listNewest(kinds.touchpoint, pk, range)))).flat().map(({ state }) => state);
  const ordered = read.filter((one) => placeOf(one) < before).sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1));
  const found = ordered.slice(0, most);
  const home = new Map(identityOf([...records, ...found.map(recordOfTouchpoint)]).touchpoints.map((resolved) => [resolved.recordId, resolved.householdId]));
  const touchpoints = await withoutObjected(
    found.filter(({ touchpointId }) => home.get(touchpointId) === householdId),
    householdId,
  );
  const last = found.at(-1);
  return { touchpoints, ...(ordered.length > most && last !== undefined && { older: placeOf(last) }) };
}

/** Where it stands among those of its node, by its own time. */
export const placeOf = ({ at, touchpointId }: Pick<Touchpoint, 'at' | 'touchpointId'>): string => `${at}#${touchpointId}`;

/** Of everything that the records name, whosesoever they are. @param more names beside */
export async function touchpointsAround(records: readonly IdentityRecord[], more: readonly string[] = []): Promise<Touchpoint[]> {
  const nodes = [...new Set([...more.map(nodeNamed), ...nodesAround(records)])];
  return (await Promise.all(nodes.map((node) => touchpointsIn(node)))).flat();
}

/** Whether anybody's touchpoints could change hands at all: most households have none but their own. */
export async function standsElsewhere(records: readonly IdentityRecord[]): Promise<boolean> {
  const elsewhere = nodesAround(records).filter((node) => !node.startsWith('HH#'));
  const isMerged = householdsIn(records).length > 1;
  if (isMerged) return true;
  const firsts = await Promise.all(elsewhere.map((pk) => readItems({ table: 'JOURNEYS_TABLE', pk }, TOUCHPOINT, 1)));
  return firsts.some(([first]) => first?.sk.startsWith(TOUCHPOINT) === true);
}

/** The partitions in which touchpoints of whatever the records name may stand. */
export const nodesAround = (records: readonly IdentityRecord[]): string[] => namesAround(records).map(nodeNamed);

function nodeNamed(name: string): string {
  const [householdId, thing] = [householdNamed(name), deviceNamed(name)];
  if (householdId !== undefined) return `HH#${householdId}`;
  return thing === undefined ? nodeOfKey(name) : `THING#${thing}`;
}

/** In the order of their own time. @param pk the partition of a node */
async function touchpointsIn(pk: string): Promise<Touchpoint[]> {
  const found: Touchpoint[] = [];
  let after = TOUCHPOINT;
  for (let more = true; more;) {
    const page = await readItems({ table: 'JOURNEYS_TABLE', pk }, after, ITEMS_AT_ONCE);
    const touchpoints = page.filter(({ sk }) => sk.startsWith(TOUCHPOINT));
    found.push(...touchpoints.map(({ state }) => touchpointSchema.parse(state)));
    more = touchpoints.length === ITEMS_AT_ONCE;
    after = touchpoints.at(-1)?.sk ?? after;
  }
  return found;
}
