/** What came of a household's parts in experiments: noted with each touchpoint, once. */
import { withOutcomes, withOutcomesAnew, type Exposure } from '../../shared/journey/experiment/exposure.ts';
import { withTaken } from '../../shared/journey/next-best/action-log.ts';
import type { Traces } from '../../shared/journey/fold/trace.ts';
import { canonicalJson } from '../../shared/digest.ts';
import { ignored, type HouseholdId } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { change, list, load } from '../runtime/store.ts';

const EXPOSURES = 'EXPOSURE#';

export async function noteOutcomes(householdId: HouseholdId, came: Traces): Promise<void> {
  await noteTaken(householdId, came);
  await eachExposure(householdId, (exposure) => withOutcomes(exposure, came));
}

/** After it has become known whose a touchpoint is. @param days `YYYY-MM-DD` → its traces, all that stand */
export async function noteOutcomesAnew(householdId: HouseholdId, days: Readonly<Record<string, Traces>>): Promise<void> {
  const all: Traces = Object.fromEntries(Object.values(days).flatMap((traces) => Object.entries(traces)));
  await eachExposure(householdId, (exposure) => {
    const after = withOutcomesAnew(exposure, all);
    return canonicalJson(after) === canonicalJson(exposure) ? undefined : after;
  });
}

/** What was recommended and has been taken up. */
async function noteTaken(householdId: HouseholdId, came: Traces): Promise<void> {
  const actions = (await load(kinds.nextBest, keys.nextBest(householdId)))?.state;
  if (actions === undefined || withTaken(actions, came) === undefined) return;
  await change(kinds.nextBest, keys.nextBest(householdId), (stored) => {
    const after = stored === undefined ? undefined : withTaken(stored, came);
    return after === undefined ? ignored('nothing-new') : { kind: 'changed', state: after, events: [] };
  });
}

async function eachExposure(householdId: HouseholdId, decide: (exposure: Exposure) => Exposure | undefined): Promise<void> {
  for (const { state } of await list(kinds.exposure, householdPk(householdId), EXPOSURES)) {
    if (decide(state) === undefined) continue;
    await change(kinds.exposure, keys.exposure(householdId, state.experiment, state.round), (stored) => {
      const after = stored === undefined ? undefined : decide(stored);
      return after === undefined ? ignored('nothing-new') : { kind: 'changed', state: after, events: [] };
    });
  }
}
