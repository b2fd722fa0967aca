/** A thing belongs to one household at a time: who claims it first holds it until they give it away. */
import { ignored, rejected, type HouseholdId, type ThingName } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { change, load } from '../runtime/store.ts';
import { VisibleError } from '../runtime/visible-error.ts';

/** @throws VisibleError when another household holds it */
export async function claimThing(thing: ThingName, householdId: HouseholdId): Promise<void> {
  const result = await change(kinds.thingOwner, keys.thingOwner(thing), (owner) => {
    if (owner?.householdId === householdId) return ignored('ours-already');
    if (owner?.householdId !== undefined) return rejected('thing-taken');
    return { kind: 'changed', state: { thing, householdId }, events: [] };
  });
  if (result.kind === 'rejected') throw new VisibleError(409, 'thing-taken', 'this thing belongs to another household');
}

export async function freeThing(thing: ThingName, householdId: HouseholdId): Promise<void> {
  await change(kinds.thingOwner, keys.thingOwner(thing), (owner) =>
    owner?.householdId === householdId ? { kind: 'changed', state: { thing }, events: [] } : ignored('not-ours'),
  );
}

export const holderOf = async (thing: ThingName): Promise<HouseholdId | undefined> => (await load(kinds.thingOwner, keys.thingOwner(thing)))?.state.householdId;
