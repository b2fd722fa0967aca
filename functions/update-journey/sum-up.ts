/** Writes a household's summary, read anew from the days below it. */
import { canonicalJson } from '../../shared/digest.ts';
import { newSummary, type Summary } from '../../shared/journey/fold/summary.ts';
import { ignored, type HouseholdId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { change, load } from '../runtime/store.ts';

const ROUNDS_MAX = 8;

/**
 * @param read what the days come to; it is asked after the summary was read, and again when somebody else has written the summary meanwhile, so
 *   that nobody's older look at a day takes the place of a newer one
 * @returns the summary as it stands afterwards; undefined when the household has objected to having one
 */
export async function sumUp(householdId: HouseholdId, read: (before: Summary) => Promise<Summary>): Promise<Summary | undefined> {
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const stored = await load(kinds.journey, keys.journey(householdId));
    const before = stored?.state ?? newSummary(householdId);
    if (before.profiling?.allowed === false) return undefined;
    const after = await read(before);
    if (canonicalJson(after) === canonicalJson(before)) return before;
    const result = await change(kinds.journey, keys.journey(householdId), (_, current) =>
      current?.version === stored?.version ? { kind: 'changed', state: after, events: [] } : ignored('written-by-somebody-else'),
    );
    if (result.kind === 'changed') return after;
  }
  throw new Error(`the summary of ${householdId} was written by others ${ROUNDS_MAX} times in a row`);
}
