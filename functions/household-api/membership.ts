/** The way from a person to their households: a pointer per household, which only says where to look. What counts is the member item. */
import { isMember, type Household, type Member } from '../../shared/household/household.ts';
import type { HouseholdId, MemberId } from '../../shared/values.ts';
import { keys, kinds, memberPk } from '../runtime/aggregates.ts';
import { createOnce, list, load } from '../runtime/store.ts';

/** For whoever lets somebody in, after the member item is written. A repeat changes nothing and mends what a crash left out. */
export async function pointToHousehold(memberId: MemberId, householdId: HouseholdId): Promise<void> {
  await createOnce(kinds.membership, keys.membership(memberId, householdId), { memberId, householdId });
}

export async function householdsOf(memberId: MemberId): Promise<readonly { household: Household; member: Member }[]> {
  const pointers = await list(kinds.membership, memberPk(memberId), 'HH#');
  const found = await Promise.all(
    pointers.map(async ({ state: { householdId } }) => {
      const [household, member] = await Promise.all([
        load(kinds.household, keys.household(householdId)),
        load(kinds.member, keys.member(householdId, memberId)),
      ]);
      return household !== undefined && isMember(member?.state) ? [{ household: household.state, member: member.state }] : [];
    }),
  );
  return found.flat();
}
