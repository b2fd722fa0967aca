/** Who lives in no other household has nothing to sign in for any more: name and e-mail address go from the user pool with the household. */
import { AdminDeleteUserCommand, CognitoIdentityProviderClient, UserNotFoundException } from '@aws-sdk/client-cognito-identity-provider';
import { isMember } from '../../shared/household/household.ts';
import type { HouseholdId, MemberId } from '../../shared/values.ts';
import { householdPk, keys, kinds, memberPk } from '../runtime/aggregates.ts';
import { environment } from '../runtime/environment.ts';
import { list, load } from '../runtime/store.ts';

const pool = new CognitoIdentityProviderClient({});

/** Before the members' items go: they say who has to be looked at. A repeat finds an account gone, and that is fine. */
export async function removeAccounts(householdId: HouseholdId): Promise<void> {
  for (const { state } of await list(kinds.member, householdPk(householdId), 'MEMBER#')) {
    if (!(await livesElsewhere(state.memberId, householdId))) await removeAccount(state.memberId);
  }
}

async function livesElsewhere(memberId: MemberId, householdId: HouseholdId): Promise<boolean> {
  const others = (await list(kinds.membership, memberPk(memberId), 'HH#')).filter(({ state }) => state.householdId !== householdId);
  const members = await Promise.all(others.map(({ state }) => load(kinds.member, keys.member(state.householdId, memberId))));
  return members.some((stored) => isMember(stored?.state));
}

async function removeAccount(memberId: MemberId): Promise<void> {
  try {
    await pool.send(new AdminDeleteUserCommand({ UserPoolId: environment('USER_POOL_ID'), Username: memberId }));
  } catch (error) {
    if (!(error instanceof UserNotFoundException)) throw error;
  }
}
