/** What of a message's names is there, and whether it may be kept. One for each request: a hundred messages of one household ask once. */
import { standing } from '../../shared/household/privacy.ts';
import type { Purpose } from '../../shared/household/purposes.ts';
import type { Named } from '../../shared/journey/collect/named-by.ts';
import type { Nodes } from '../../shared/journey/collect/touchpoint-of-message.ts';
import { memberIdSchema, type HouseholdId, type ThingName } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { load } from '../runtime/store.ts';

export type Found = { readonly kind: 'found'; readonly nodes: Nodes } | { readonly kind: 'unknown-household' } | { readonly kind: 'names-nobody' };

/** @returns the answer of `ask`, asked once for each key */
function once<Key extends string, Value>(ask: (key: Key) => Promise<Value>): (key: Key) => Promise<Value> {
  const asked = new Map<Key, Promise<Value>>();
  return (key) => {
    const known = asked.get(key) ?? ask(key);
    asked.set(key, known);
    return known;
  };
}

export function knownNodes() {
  const isHousehold = once(async (householdId: HouseholdId) => (await load(kinds.household, keys.household(householdId))) !== undefined);
  const ownerOf = once(async (thing: ThingName) => (await load(kinds.thingOwner, keys.thingOwner(thing)))?.state);
  const privacyOf = once(async (householdId: HouseholdId) => (await load(kinds.privacy, keys.privacy(householdId)))?.state);
  return {
    /** A household has to be there; whom or what else nobody knows yet is kept under its own name. */
    async find({ householdId, maybeThing, ids }: Named): Promise<Found> {
      if (householdId !== undefined && !(await isHousehold(householdId))) return { kind: 'unknown-household' };
      const isOurs = maybeThing !== undefined && (await ownerOf(maybeThing)) !== undefined;
      // Every telephone says what it is: where somebody is named as well, and it is none of our things, it says nothing more.
      const thing = isOurs || (householdId === undefined && ids.length === 0) ? maybeThing : undefined;
      if (householdId === undefined && thing === undefined && ids.length === 0) return { kind: 'names-nobody' };
      return { kind: 'found', nodes: { ...(householdId && { householdId }), ...(thing && { thing }), ...(ids.length > 0 && { ids: [...ids] }) } };
    },
    /** Nobody's yes can be asked for where no household is known: then it does not stand. */
    async mayKeep({ householdId, thing, ids = [] }: Nodes, purpose: Purpose | undefined): Promise<boolean> {
      if (purpose === undefined) return true;
      const whose = householdId ?? (thing === undefined ? undefined : (await ownerOf(thing))?.householdId);
      if (whose === undefined) return false;
      const memberId = memberIdSchema.safeParse(ids.find(({ type }) => type === 'userId')?.value).data;
      return standing(await privacyOf(whose), purpose, memberId) === 'given';
    },
  };
}
