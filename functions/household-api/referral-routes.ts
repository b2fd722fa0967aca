/** Recommending us: a household's code, and the code with which a new one says who has brought it. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import type { Household } from '../../shared/household/household.ts';
import { codeFrom, enterCode, noReferralYet, referralCodeSchema, referralViewSchema, type Home, type Referral } from '../../shared/household/referral.ts';
import { householdsIn } from '../../shared/journey/identity/circle.ts';
import { nameOf } from '../../shared/journey/identity/identity-record.ts';
import { householdIdSchema, ignored, type HouseholdId } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { demandMember } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { change, createOnce, list, load } from '../runtime/store.ts';
import { VisibleError } from '../runtime/visible-error.ts';
import { knownAround } from '../runtime/who-is-who.ts';
import { demandActor } from './actor.ts';
import { takeTryOf } from './take-try.ts';

const params = z.object({ householdId: householdIdSchema });
const shown = ({ code, invited, freeUntil, entered }: Referral) =>
  referralViewSchema.parse({ code: code && `${code.slice(0, 4)}-${code.slice(4)}`, brought: invited.length, freeUntil, hasEntered: entered !== undefined });

export const referralRoutes = {
  readReferral: createRoute({
    method: 'get',
    path: routes.readReferral.path,
    request: { params },
    responses: gives(referralViewSchema, 'Its code, if it has one'),
  }),
  shareReferral: createRoute({
    method: 'post',
    path: routes.shareReferral.path,
    request: { params },
    responses: gives(referralViewSchema, 'Its code, always the same'),
  }),
  enterReferral: createRoute({
    method: 'post',
    path: routes.enterReferral.path,
    request: { params, ...takes(z.strictObject({ code: referralCodeSchema })) },
    responses: gives(referralViewSchema, 'As it stands now'),
  }),
};

const REFUSED: Readonly<Record<string, string>> = {
  'own-code': 'this is the household’s own code',
  'too-late': 'a code can be entered within thirty days after a household began',
  'entered-already': 'this household has entered another code',
  'too-many': 'whoever gave you this code has brought as many as count in a year',
};
/** Which of the likenesses it was tells nobody anything of the other household. */
const SAME_HOME = 'the two seem to be one household';
const NO_CODE = new VisibleError(404, 'no-such-code', 'nobody has this code');

export function addReferralRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(referralRoutes.readReferral, async (context) => {
    const { householdId } = context.req.valid('param');
    await demandMember(context, routes.readReferral, householdId);
    return context.json(shown(await referralOf(householdId)), 200);
  });

  api.openapi(referralRoutes.shareReferral, async (context) => {
    const { householdId } = context.req.valid('param');
    await demandActor(context, routes.shareReferral, householdId);
    const code = (await referralOf(householdId)).code ?? codeFrom(randomUUID());
    await change(kinds.referral, keys.referral(householdId), (before) =>
      before?.code === undefined ? { kind: 'changed', state: { ...(before ?? noReferralYet(householdId)), code }, events: [] } : ignored('has-one'),
    );
    const state = await referralOf(householdId);
    // After the code stands, so that a repeat finishes what the first began.
    if (state.code !== undefined) await createOnce(kinds.referralCode, keys.referralCode(state.code), { code: state.code, householdId });
    return context.json(shown(state), 200);
  });

  api.openapi(referralRoutes.enterReferral, async (context) => {
    const { householdId } = context.req.valid('param');
    await takeTryOf(await demandActor(context, routes.enterReferral, householdId), 'referral');
    const { code } = context.req.valid('json');
    const by = (await load(kinds.referralCode, keys.referralCode(code)))?.state.householdId;
    if (by === undefined) throw NO_CODE;
    const [home, referrer] = await Promise.all([homeOf(householdId), homeOf(by)]);
    if (home === undefined || referrer === undefined) throw NO_CODE;
    const entering = { home, referrer, together: await belongTogether(householdId, by), theirs: await referralOf(by) };
    const result = await change(kinds.referral, keys.referral(householdId), (before) => enterCode(before, entering, productNow()));
    if (result.kind === 'rejected') throw new VisibleError(409, result.reason in REFUSED ? result.reason : 'same-home', REFUSED[result.reason] ?? SAME_HOME);
    return context.json(shown(await referralOf(householdId)), 200);
  });
}

const referralOf = async (householdId: HouseholdId): Promise<Referral> =>
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
