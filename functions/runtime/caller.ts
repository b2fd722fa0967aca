/** Who calls: from the verified token and never from the payload. The gateway has checked the token and the scope; we check again. */
import { z } from 'zod';
import { isMember, type Member } from '../../shared/household/household.ts';
import { AGENTS, scopes, type Route } from '../../shared/api/routes.ts';
import { memberIdSchema, retailerIdSchema, staffIdSchema, type HouseholdId, type MemberId, type RetailerId, type StaffId } from '../../shared/values.ts';
import { keys, kinds } from './aggregates.ts';
import { environment } from './environment.ts';
import { load } from './store.ts';
import { notFound, VisibleError } from './visible-error.ts';

const claimsSchema = z.looseObject({
  /** An ID token says who somebody is, not what its bearer may do. */
  token_use: z.literal('access'),
  scope: z.string().default(''),
  username: z.string().optional(),
  /** The gateway hands a list on as `[a b]`. */
  'cognito:groups': z.string().default(''),
  client_id: z.string().optional(),
});
const eventSchema = z.object({ requestContext: z.object({ authorizer: z.object({ jwt: z.object({ claims: claimsSchema }) }) }) });

/** Of a request, what says who calls; each API's own context has more. */
interface Asked {
  readonly env: { readonly event: unknown };
}

const claimsOf = (context: Asked) => {
  const event = eventSchema.safeParse(context.env.event);
  if (!event.success) throw new VisibleError(401, 'unauthorized', 'expected an access token');
  return event.data.requestContext.authorizer.jwt.claims;
};

/** Who is signed in, wherever that person belongs. */
export function callingPerson(context: Asked, route: Route): MemberId {
  const memberId = memberIdSchema.safeParse(demandScope(context, route).username);
  if (!memberId.success) throw new VisibleError(403, 'forbidden', 'only a person may do this');
  return memberId.data;
}

/** Whose token it is, whether or not it is good for anything here; undefined for a machine's. */
export function callingMember(context: Asked): string | undefined {
  const event = eventSchema.safeParse(context.env.event);
  return event.success ? event.data.requestContext.authorizer.jwt.claims.username : undefined;
}

export function demandScope(context: Asked, route: Route) {
  const claims = claimsOf(context);
  const granted = new Set(claims.scope.split(' '));
  if (!route.scopes.some((scope) => granted.has(scope))) throw new VisibleError(403, 'forbidden', `expected the scope ${route.scopes.join(' or ')}`);
  return claims;
}

export type Caller = { readonly kind: 'operator' } | { readonly kind: 'member'; readonly member: Member };

/** Membership is read on every request: who was removed a second ago is a stranger now. What belongs to others does not exist (404). */
export async function demandAccess(context: Asked, route: Route, householdId: HouseholdId): Promise<Caller> {
  const claims = demandScope(context, route);
  if (route.caller !== 'member' && claims.scope.split(' ').includes(scopes.operate)) return { kind: 'operator' };
  const memberId = memberIdSchema.safeParse(claims.username);
  if (!memberId.success) throw notFound('household');
  const member = (await load(kinds.member, keys.member(householdId, memberId.data)))?.state;
  if (!isMember(member)) throw notFound('household');
  return { kind: 'member', member };
}

/** For routes that only a member may use. */
export async function demandMember(context: Asked, route: Route, householdId: HouseholdId): Promise<Member> {
  const caller = await demandAccess(context, route, householdId);
  if (caller.kind !== 'member') throw new VisibleError(403, 'forbidden', 'only a member of the household may do this');
  return caller.member;
}

/**
 * For the company's side: the scope, which anybody may ask for at sign-in, and the group, which an operator fills, and an account of its own.
 * One of the three alone is refused.
 */
export function demandAgent(context: Asked, route: Route): StaffId {
  const claims = demandScope(context, route);
  const groups = claims['cognito:groups'].replace(/^\[|\]$/g, '').split(/[ ,]+/);
  const staffId = staffIdSchema.safeParse(claims.username);
  if (!groups.includes(AGENTS) || !staffId.success) throw new VisibleError(403, 'forbidden', 'only those who look after households may do this');
  return staffId.data;
}

/** Whether the token may operate the product; whoever asks has demanded a route's scope before. */
export const isOperator = (context: Asked): boolean => claimsOf(context).scope.split(' ').includes(scopes.operate);

const retailerClientsSchema = z.record(retailerIdSchema, z.string().min(1));

/** A shop's machine is its app client; the template says which is whose. Other shops do not exist for it (404). */
export function demandRetailer(context: Asked, route: Route, retailerId: RetailerId): void {
  const { client_id: clientId } = demandScope(context, route);
  if (route.caller === 'retailer-or-operator' && isOperator(context)) return;
  const clients = retailerClientsSchema.parse(JSON.parse(environment('RETAILER_CLIENTS')));
  if (clientId === undefined || clients[retailerId] !== clientId) throw notFound('retailer');
}
