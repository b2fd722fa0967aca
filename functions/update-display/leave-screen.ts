/** A thing has left its household: its screen goes dark, or shows what concerns whoever has it by now. */
import type { HouseholdId, ThingName } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { load } from '../runtime/store.ts';
import { refreshDisplay } from './refresh-display.ts';

export async function leaveScreen(householdId: HouseholdId, thing: ThingName): Promise<void> {
  const owner = (await load(kinds.thingOwner, keys.thingOwner(thing)))?.state.householdId;
  await refreshDisplay(owner ?? householdId, thing);
}
