/** A member who may change something in the house: guests look on. */
import type { Route } from '../../shared/api/routes.ts';
import { mayApprove, type Member } from '../../shared/household/household.ts';
import type { HouseholdId } from '../../shared/values.ts';
import { demandMember } from '../runtime/caller.ts';
import type { ApiContext } from '../runtime/http.ts';
import { VisibleError } from '../runtime/visible-error.ts';

export async function demandActor(context: ApiContext, route: Route, householdId: HouseholdId): Promise<Member> {
  const member = await demandMember(context, route, householdId);
  if (!mayApprove(member)) throw new VisibleError(403, 'forbidden', 'guests may look, and change nothing');
  return member;
}

export async function demandOwner(context: ApiContext, route: Route, householdId: HouseholdId): Promise<Member> {
  const member = await demandMember(context, route, householdId);
  if (member.role !== 'owner') throw new VisibleError(403, 'forbidden', 'only an owner of the household may do this');
  return member;
}
