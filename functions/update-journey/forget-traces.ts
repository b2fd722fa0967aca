/** Takes away what was made of a household's touchpoints. */
import { newStanding } from '../../shared/journey/standing/standing.ts';
import { ignored, type HouseholdId } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { readItems, removeItem } from '../runtime/partition.ts';
import { change } from '../runtime/store.ts';

const MADE_OF_TOUCHPOINTS = ['DAY#', 'PROCESS#', 'TOUCHPATHS#', 'EXPOSURE#', 'NEXT-'];
const ITEMS_AT_ONCE = 100;

export async function forgetTraces(householdId: HouseholdId): Promise<void> {
  await change(kinds.standing, keys.standing(householdId), (before) =>
    before === undefined ? ignored('none') : { kind: 'changed', state: newStanding(householdId), events: [] },
  );
  const partition = { table: 'JOURNEYS_TABLE', pk: householdPk(householdId) } as const;
  for (const prefix of MADE_OF_TOUCHPOINTS) {
    let after = prefix;
    for (let more = true; more;) {
      const page = await readItems(partition, after, ITEMS_AT_ONCE);
      const made = page.filter(({ sk }) => sk.startsWith(prefix));
      for (const item of made) await removeItem(partition.table, item);
      more = made.length === ITEMS_AT_ONCE;
      after = made.at(-1)?.sk ?? after;
    }
  }
}
