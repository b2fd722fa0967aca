/** An owner lets people in, and says what they may do. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import type { DomainEvent } from '../../shared/events.ts';
import { isMember, memberSchema, type Member } from '../../shared/household/household.ts';
import { invitationIdSchema, invitedRoleSchema, MEMBERS_MAX, newMemberId, type Invitation } from '../../shared/household/invitation.ts';
import { householdIdSchema, ignored, memberIdSchema, type HouseholdId, type Outcome } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands } from '../runtime/put.ts';
import { change, createOnce, list, load } from '../runtime/store.ts';
import { memberWithEmail } from '../runtime/user-pool.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';
import { demandOwner } from './actor.ts';
import { hasOwner, lastOwner, letIn } from './member-routes.ts';
import { pointToHousehold } from './membership.ts';
import { takeTryOf } from './take-try.ts';

const invitationBody = z.strictObject({
  invitationId: invitationIdSchema,
  name: memberSchema.shape.name,
  email: z.email().max(120),
  role: invitedRoleSchema,
});
/** The same for an address that can sign in already and for one that cannot: whoever invites learns nothing about it. */
const invitedSchema = invitationBody.omit({ email: true });
const roleBody = memberSchema.pick({ role: true });

export const invitationRoutes = {
  inviteMember: createRoute({
    method: 'post',
    path: routes.inviteMember.path,
    request: { params: z.object({ householdId: householdIdSchema }), ...takes(invitationBody) },
    responses: gives(invitedSchema, 'The person belongs to the household now'),
  }),
  changeRole: createRoute({
    method: 'put',
    path: routes.changeRole.path,
    request: { params: z.object({ householdId: householdIdSchema, memberId: memberIdSchema }), ...takes(roleBody) },
    responses: gives(memberSchema, 'The member with the new role'),
  }),
};

export function addInvitationRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(invitationRoutes.inviteMember, async (context) => {
    const { householdId } = context.req.valid('param');
    const owner = await demandOwner(context, routes.inviteMember, householdId);
    await takeTryOf(owner, 'invitation');
    const { email, ...invited } = context.req.valid('json');
    const { memberId, role, at } = await invite(owner, email, invited);
    const who = { householdId, memberId, name: invited.name, role };
    await change(kinds.member, keys.member(householdId, memberId), (before) => {
      // Whoever belongs to the household already is not made less by an invitation, and a late repeat brings nobody back who has left since.
      const leftAt = before?.leftAt;
      if (isMember(before)) return ignored('member-already');
      return leftAt !== undefined && leftAt >= at ? ignored('has-left-since') : letIn(before, who);
    });
    await pointToHousehold(memberId, householdId);
    return context.json(invitedSchema.parse({ ...invited, role }), 200);
  });

  api.openapi(invitationRoutes.changeRole, async (context) => {
    const who = context.req.valid('param');
    const { memberId: by } = await demandOwner(context, routes.changeRole, who.householdId);
    const { role } = context.req.valid('json');
    return context.json(memberSchema.parse(await changeRole(who, role, by)), 200);
  });
}

/** Its record says once who was invited; a repeat of the same invitation finds them there. */
async function invite(owner: Member, email: string, { invitationId, name, role }: z.infer<typeof invitedSchema>): Promise<Invitation> {
  const { householdId } = owner;
  const key = keys.invitation(householdId, invitationId);
  const before = (await load(kinds.invitation, key))?.state;
  if (before !== undefined) return before;
  if ((await membersOf(householdId)).length >= MEMBERS_MAX) throw new VisibleError(409, 'too-many-members', `a household has at most ${MEMBERS_MAX} members`);
  const memberId = await memberWithEmail({ email, name, newId: newMemberId(householdId, invitationId) });
  const invitation: Invitation = { householdId, invitationId, memberId, role, by: owner.memberId, at: productNow() };
  await createOnce(kinds.invitation, key, invitation, [{ type: 'member.invited', data: { householdId, memberId, role, by: owner.memberId } }]);
  return invitation;
}

const membersOf = async (householdId: HouseholdId): Promise<Member[]> =>
  (await list(kinds.member, householdPk(householdId), 'MEMBER#')).map(({ state }) => state).filter(isMember);

async function changeRole(who: Pick<Member, 'householdId' | 'memberId'>, role: Member['role'], by: Member['memberId']): Promise<Member> {
  const { householdId, memberId } = who;
  if (role !== 'owner' && !(await hasOwner(householdId, memberId))) throw lastOwner();
  const result = await change(kinds.member, keys.member(householdId, memberId), setRole(role, by));
  const member = asItStands(result);
  if (!isMember(member)) throw notFound('member');
  // Two owners may have stepped down at the same moment: each looks once more, and whoever finds nobody left steps back.
  if (result.kind === 'changed' && role !== 'owner' && !(await hasOwner(householdId))) {
    await change(kinds.member, keys.member(householdId, memberId), setRole('owner', by));
    throw lastOwner();
  }
  return member;
}

const setRole =
  (role: Member['role'], by: Member['memberId']) =>
  (member: Member | undefined): Outcome<Member, DomainEvent> => {
    if (!isMember(member)) throw notFound('member');
    if (member.role === role) return ignored('that-role-already');
    const { householdId, memberId } = member;
    return { kind: 'changed', state: { ...member, role }, events: [{ type: 'member.role-changed', data: { householdId, memberId, role, by } }] };
  };
