/** Consent is asked of the household under whose name something came, never of the one that it has become a part of: nobody inherits a consent. */
import type { Touchpoint } from '../../shared/journey/touchpoint.ts';
import type { HouseholdId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { load } from '../runtime/store.ts';

/** Without those that came in the name of another household which has objected to a profile. @param home to which they all belong now */
export async function withoutObjected(touchpoints: readonly Touchpoint[], home: HouseholdId): Promise<Touchpoint[]> {
  const others = [...new Set(touchpoints.flatMap(({ householdId }) => (householdId === undefined || householdId === home ? [] : [householdId])))];
  const answers = await Promise.all(
    others.map(async (householdId) => [householdId, (await load(kinds.journey, keys.journey(householdId)))?.state.profiling] as const),
  );
  const objected = new Set(answers.flatMap(([householdId, profiling]) => (profiling?.allowed === false ? [householdId] : [])));
  return touchpoints.filter(({ householdId }) => householdId === undefined || !objected.has(householdId));
}
