/** All touchpoints of a household, in whatever partitions they stand. */
import { touchpointSchema, type Touchpoint } from '../../shared/journey/touchpoint.ts';
import type { HouseholdId } from '../../shared/values.ts';
import { householdPk } from '../runtime/aggregates.ts';
import { readItems } from '../runtime/partition.ts';

const ITEMS_AT_ONCE = 500;
const TOUCHPOINT = 'TP#';

export async function journeyOf(householdId: HouseholdId): Promise<Touchpoint[]> {
  return touchpointsIn(householdPk(householdId));
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
