/** A person begins a household and is its owner. Two writes, each safe to repeat: whatever a crash left out, the same call sent again does. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { FOUNDED_MAX, foundHousehold, type Founding } from '../../shared/household/found.ts';
import { isMember, mayApprove, memberSchema, type Household, type Member } from '../../shared/household/household.ts';
import { householdIdSchema, ignored, memberIdSchema, type HouseholdId, type MemberId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandScope } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands } from '../runtime/put.ts';
import { change, load } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';
import { enterReferralCode } from './enter-referral.ts';
import { created, creating } from './household-routes.ts';
import { letIn } from './member-routes.ts';
import { householdsOf, pointToHousehold } from './membership.ts';
import { hasTryLeft } from './take-try.ts';

/** `member`: how the person is called there. */
const founding = z.strictObject({ ...creating.shape, member: memberSchema.shape.name });

export const foundingRoutes = {
  foundHousehold: createRoute({
    method: 'put',
    path: routes.foundHousehold.path,
    request: { params: z.object({ householdId: householdIdSchema }), ...takes(founding) },
    responses: gives(created, 'The household as it stands, to which the person belongs now'),
  }),
};

export function addFoundingRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(foundingRoutes.foundHousehold, async (context) => {
    const founder = memberIdSchema.safeParse(demandScope(context, routes.foundHousehold).username).data;
    // As everywhere where a household is named: to whoever could belong to none, there is none.
    if (founder === undefined) throw notFound('household');
    const { householdId } = context.req.valid('param');
    const { referralCode, member: name, ...wanted } = context.req.valid('json');
    const household = await found({ householdId, founder, wanted, foundedBefore: await foundedBy(founder) });
    const member = await join({ householdId, memberId: founder, name });
    const referral = referralCode === undefined ? undefined : await enter(member, referralCode);
    return context.json(created.parse({ ...household, ...(referral && { referral }) }), 200);
  });
}

/** Only those that they still belong to: an owner cannot leave one behind without a household having another, or being erased. */
const foundedBy = async (founder: MemberId): Promise<number> => (await householdsOf(founder)).filter(({ household }) => household.foundedBy === founder).length;

async function found(founding: Founding): Promise<Household> {
  const { householdId } = founding;
  // A call that was lost on the way for a while brings back nothing that was erased meanwhile.
  if ((await load(kinds.erasure, keys.erasure(householdId))) !== undefined) throw notFound('household');
  const result = await change(kinds.household, keys.household(householdId), (before) => foundHousehold(before, founding, productNow()));
  if (result.kind === 'rejected' && result.reason === 'too-many-households')
    throw new VisibleError(409, result.reason, `one person begins at most ${FOUNDED_MAX} households`);
  const household = asItStands(result);
  if (household === undefined || result.kind === 'rejected') throw notFound('household');
  return household;
}

/** Whoever has left since is not brought back by a repeat, and nobody's role is changed by one. */
async function join(who: { readonly householdId: HouseholdId; readonly memberId: MemberId; readonly name: string }): Promise<Member> {
  const result = await change(kinds.member, keys.member(who.householdId, who.memberId), (before) =>
    before === undefined ? letIn(before, { ...who, role: 'owner' }) : ignored('joined-already'),
  );
  const member = asItStands(result);
  if (!isMember(member)) throw notFound('household');
  await pointToHousehold(who.memberId, who.householdId);
  return member;
}

/** The household stands whatever becomes of the code; guessing codes by repeating is counted as anywhere else. */
async function enter(member: Member, code: string): Promise<string> {
  if (!mayApprove(member)) return 'not-allowed';
  return (await hasTryLeft(member, 'referral')) ? enterReferralCode(member.householdId, code) : 'too-many-tries';
}
