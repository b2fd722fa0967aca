/** Who belongs to a household: an operator lets people in, an operator or an owner shows them out. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import type { DomainEvent } from '../../shared/events.ts';
import { isMember, memberSchema, type Member } from '../../shared/household/household.ts';
import { householdIdSchema, ignored, memberIdSchema, type HouseholdId, type MemberId, type Outcome } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { demandAccess, demandScope } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands, put } from '../runtime/put.ts';
import { change, list, load } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';
import { pointToHousehold } from './membership.ts';

const memberBody = memberSchema.pick({ name: true, role: true });
const params = z.object({ householdId: householdIdSchema, memberId: memberIdSchema });
type Who = z.infer<typeof params>;

export const memberRoutes = {
  addMember: createRoute({
    method: 'put',
    path: routes.addMember.path,
    request: { params, ...takes(memberBody) },
    responses: gives(memberSchema, 'The member as it stands now'),
  }),
  removeMember: createRoute({
    method: 'delete',
    path: routes.removeMember.path,
    request: { params },
    responses: gives(memberSchema, 'The member, who has left'),
  }),
};

export function addMemberRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(memberRoutes.addMember, async (context) => {
    demandScope(context, routes.addMember);
    const who = context.req.valid('param');
    if ((await load(kinds.household, keys.household(who.householdId))) === undefined) throw notFound('household');
    const body = context.req.valid('json');
    const result = await change(kinds.member, memberKey(who), (before) => letIn(before, { ...who, ...body }));
    await pointToHousehold(who.memberId, who.householdId);
    return context.json(memberSchema.parse(asItStands(result)), 200);
  });

  api.openapi(memberRoutes.removeMember, async (context) => {
    const who = context.req.valid('param');
    const caller = await demandAccess(context, routes.removeMember, who.householdId);
    // Everybody may leave by themselves.
    const mayRemove = caller.kind === 'operator' || caller.member.role === 'owner' || caller.member.memberId === who.memberId;
    if (!mayRemove) throw new VisibleError(403, 'forbidden', 'only an owner may remove a member');
    return context.json(memberSchema.parse(await remove(who)), 200);
  });
}

const memberKey = ({ householdId, memberId }: Who) => keys.member(householdId, memberId);

/** Whoever has left and comes back joins anew. */
export function letIn(before: Member | undefined, { householdId, memberId, ...body }: Who & Pick<Member, 'name' | 'role'>): Outcome<Member, DomainEvent> {
  const known = isMember(before) ? before : undefined;
  const joined = { type: 'member.joined', data: { householdId, memberId } } as const;
  return put(known, { ...(known ?? { householdId, memberId, joinedAt: productNow() }), ...body }, joined);
}

async function remove(who: Who): Promise<Member> {
  const stored = (await load(kinds.member, memberKey(who)))?.state;
  if (stored === undefined) throw notFound('member');
  if (isMember(stored) && stored.role === 'owner' && !(await hasOwner(who.householdId, who.memberId))) throw lastOwner();
  const leftAt = productNow();
  const left = { type: 'member.left', data: who } as const;
  const result = await change(kinds.member, memberKey(who), (member) => {
    if (member === undefined) throw notFound('member');
    return isMember(member) ? { kind: 'changed', state: { ...member, leftAt }, events: [left] } : ignored('has-left');
  });
  // Two owners may have removed each other at the same moment. Each looks once more, and whoever finds nobody left steps back.
  if (result.kind === 'changed' && result.state.role === 'owner' && !(await hasOwner(who.householdId))) {
    await change(kinds.member, memberKey(who), (member) =>
      member === undefined ? ignored('gone') : letIn(member, { ...who, name: member.name, role: member.role }),
    );
    throw lastOwner();
  }
  return asItStands(result) ?? stored;
}

export async function hasOwner(householdId: HouseholdId, except?: MemberId): Promise<boolean> {
  const members = await list(kinds.member, householdPk(householdId), 'MEMBER#');
  return members.some(({ state }) => isMember(state) && state.role === 'owner' && state.memberId !== except);
}

export const lastOwner = () => new VisibleError(409, 'last-owner', 'a household keeps at least one owner: make somebody else an owner first');
