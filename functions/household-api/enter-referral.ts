/** The code with which a household says who has brought it: checked against itself, wherever it is entered. */
import type { Household } from '../../shared/household/household.ts';
import { enterCode, noReferralYet, type Home, type Referral, type Refusal } from '../../shared/household/referral.ts';
import { householdsIn } from '../../shared/journey/identity/circle.ts';
import { nameOf } from '../../shared/journey/identity/identity-record.ts';
import type { HouseholdId } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { change, list, load } from '../runtime/store.ts';
import { knownAround } from '../runtime/who-is-who.ts';

const TOLD = ['own-code', 'too-late', 'entered-already', 'too-many'] as const;
/** Which of the likenesses it was tells nobody anything of the other household. */
export type EnteredAs = 'entered' | 'no-such-code' | 'same-home' | (typeof TOLD)[number];

export async function enterReferralCode(householdId: HouseholdId, code: string): Promise<EnteredAs> {
  const by = (await load(kinds.referralCode, keys.referralCode(code)))?.state.householdId;
  if (by === undefined) return 'no-such-code';
  const [home, referrer] = await Promise.all([homeOf(householdId), homeOf(by)]);
  if (home === undefined || referrer === undefined) return 'no-such-code';
  const entering = { home, referrer, together: await belongTogether(householdId, by), theirs: await referralOf(by) };
  const result = await change(kinds.referral, keys.referral(householdId), (before) => enterCode(before, entering, productNow()));
  if (result.kind !== 'rejected') return 'entered';
  return TOLD.find((one) => one === (result.reason as Refusal)) ?? 'same-home';
}

export const referralOf = async (householdId: HouseholdId): Promise<Referral> =>
  (await load(kinds.referral, keys.referral(householdId)))?.state ?? noReferralYet(householdId);

async function homeOf(householdId: HouseholdId): Promise<Home | undefined> {
  const household: Household | undefined = (await load(kinds.household, keys.household(householdId)))?.state;
  if (household === undefined) return undefined;
  const pk = householdPk(householdId);
  const [members, devices] = await Promise.all([list(kinds.member, pk, 'MEMBER#'), list(kinds.device, pk, 'DEVICE#')]);
  const { createdAt, address, shops } = household;
  return {
    ...{ householdId, createdAt, street: address.street, postalCode: address.postalCode },
    members: members.map(({ state }) => state.memberId),
    accounts: shops.map(({ retailerId, account }) => `${retailerId} ${account}`),
    things: devices.map(({ state }) => state.thing),
  };
}

async function belongTogether(one: HouseholdId, other: HouseholdId): Promise<boolean> {
  const known = await knownAround([nameOf({ node: 'household', householdId: one })]);
  return known.some(({ records }) => householdsIn(records).includes(other));
}
