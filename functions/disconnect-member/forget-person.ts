/** Whoever has left leaves their name and what they had begun; what they approved keeps their opaque id, because it is evidence of others too. */
import { isMember } from '../../shared/household/household.ts';
import { ignored, type HouseholdId, type MemberId } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { change, list } from '../runtime/store.ts';

const NO_NAME = '–';

/** Who has come back meanwhile has a name again, and keeps it. */
export async function forgetPerson(householdId: HouseholdId, memberId: MemberId): Promise<void> {
  const result = await change(kinds.member, keys.member(householdId, memberId), (member) =>
    member?.leftAt === undefined || member.name === NO_NAME ? ignored('nothing-to-forget') : changed({ ...member, name: NO_NAME }),
  );
  if (result.kind !== 'changed' && isMember(result.stored?.state)) return;
  for (const { state } of await list(kinds.draft, householdPk(householdId), `DRAFT#${memberId}#`)) {
    await change(kinds.draft, keys.draft(householdId, memberId, state.draftId), (draft) => {
      if (draft?.content === undefined) return ignored('empty');
      const { content: _, ...empty } = draft;
      return changed(empty);
    });
  }
}

const changed = <State>(state: State) => ({ kind: 'changed', state, events: [] }) as const;
