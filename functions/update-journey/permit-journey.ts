/** Who has objected to a profile has none (GDPR Art. 21): what was made of the touchpoints goes; the touchpoints stay, for they are what happened. */
import { isNewer, type Permission } from '../../shared/household/permission.ts';
import { newSummary } from '../../shared/journey/fold/summary.ts';
import { ignored, type HouseholdId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { asItStands } from '../runtime/put.ts';
import { change } from '../runtime/store.ts';
import { forgetTraces } from './forget-traces.ts';
import { refold } from './refold.ts';

/** A repeat after a crash does what is left. The summary is marked first, so that whoever folds meanwhile finds the objection and forgets too. */
export async function permitJourney(householdId: HouseholdId, profiling: Permission): Promise<void> {
  const result = await change(kinds.journey, keys.journey(householdId), (summary) => {
    if (!isNewer(profiling, summary?.profiling)) return ignored('obeyed');
    const kept = profiling.allowed ? (summary ?? newSummary(householdId)) : newSummary(householdId);
    return { kind: 'changed', state: { ...kept, profiling }, events: [] };
  });
  const summary = asItStands(result);
  if (summary?.profiling?.allowed === false) await forgetTraces(householdId);
  else if (summary !== undefined && Object.keys(summary.days).length === 0) await refold(householdId);
}
