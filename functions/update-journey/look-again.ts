/** Where a household stands when nothing has come: time alone ends a phase and begins another. */
import { ignored } from '../../shared/values.ts';
import { keys, kinds, type Key } from '../runtime/aggregates.ts';
import { change, load } from '../runtime/store.ts';
import { closePaths } from './close-paths.ts';
import { readHome } from './read-home.ts';
import { stand } from './stand.ts';

export async function lookAgain(key: Key): Promise<void> {
  const standing = await load(kinds.standing, key);
  if (standing === undefined) return;
  const summary = await load(kinds.journey, keys.journey(standing.state.householdId));
  if (summary !== undefined && summary.state.profiling?.allowed !== false) {
    await stand(summary.state, [], await readHome(standing.state.householdId, standing.state.home));
    await closePaths(standing.state.householdId);
  }
  // Who has objected is not looked at again.
  else
    await change(kinds.standing, key, (state) =>
      state?.lookAgainAt === undefined ? ignored('not-due') : { kind: 'changed', state: { ...state, lookAgainAt: undefined }, events: [] },
    );
}
