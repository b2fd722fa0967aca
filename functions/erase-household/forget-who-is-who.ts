/** Who belonged to an erased household, and what people, visitors and things did there before it was known whose they were. */
import { householdsIn, namesAround, namesIn } from '../../shared/journey/identity/circle.ts';
import { nameOf } from '../../shared/journey/identity/identity-record.ts';
import { ignored, type HouseholdId } from '../../shared/values.ts';
import { keys, kinds, type Key } from '../runtime/aggregates.ts';
import { readItems, removeItem } from '../runtime/partition.ts';
import { change } from '../runtime/store.ts';
import { nodesAround } from '../update-journey/journey-of.ts';
import { knownAround } from '../runtime/who-is-who.ts';

const ITEMS_AT_ONCE = 100;

/** Somebody who lives in another household too keeps what is theirs; the erased one is no longer named. A repeat does what is left. */
export async function forgetWhoIsWho(householdId: HouseholdId): Promise<void> {
  const name = nameOf({ node: 'household', householdId });
  for (const { circle, records } of await knownAround([name])) {
    const isAlone = householdsIn(records).every((other) => other === householdId);
    if (isAlone) {
      for (const pk of nodesAround(records)) await removePartition(pk);
      for (const other of namesAround(records).filter((one) => one !== name)) await remove(keys.who(other));
      await remove(keys.circle(circle));
    } else {
      await change(kinds.circle, keys.circle(circle), (known) => {
        const left = known?.records.filter((record) => !namesIn(record).includes(name)) ?? [];
        return known === undefined || left.length === known.records.length
          ? ignored('not-named')
          : { kind: 'changed', state: { ...known, records: left }, events: [] };
      });
    }
    // Last: it is the way back here after a crash.
    await remove(keys.who(name));
  }
}

const remove = (key: Key): Promise<void> => removeItem('JOURNEYS_TABLE', key);

async function removePartition(pk: string): Promise<void> {
  const partition = { table: 'JOURNEYS_TABLE', pk } as const;
  for (let items = await readItems(partition, undefined, ITEMS_AT_ONCE); items.length > 0; items = await readItems(partition, undefined, ITEMS_AT_ONCE))
    for (const item of items) await remove(item);
}
