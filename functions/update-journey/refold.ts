/** A household's journey folded once more from all its touchpoints: after an objection was taken back. A repeat changes nothing. */
import { touchpointSchema, type Touchpoint } from '../../shared/journey/touchpoint.ts';
import type { HouseholdId } from '../../shared/values.ts';
import { householdPk } from '../runtime/aggregates.ts';
import { readItems } from '../runtime/partition.ts';
import { foldTouchpoints } from './fold-touchpoints.ts';

const ITEMS_AT_ONCE = 500;
const TOUCHPOINT = 'TP#';

export async function refold(householdId: HouseholdId): Promise<void> {
  for await (const touchpoints of allTouchpoints(householdPk(householdId))) await foldTouchpoints(householdId, touchpoints);
}

/** Page by page, in the order of their own time. @param pk the partition of a node */
export async function* allTouchpoints(pk: string): AsyncGenerator<Touchpoint[]> {
  let after = TOUCHPOINT;
  for (let more = true; more;) {
    const page = await readItems({ table: 'JOURNEYS_TABLE', pk }, after, ITEMS_AT_ONCE);
    const touchpoints = page.filter(({ sk }) => sk.startsWith(TOUCHPOINT));
    if (touchpoints.length > 0) yield touchpoints.map(({ state }) => touchpointSchema.parse(state));
    more = touchpoints.length === ITEMS_AT_ONCE;
    after = touchpoints.at(-1)?.sk ?? after;
  }
}
