/** Recommending us: a household's code, and the code with which a new one says who has brought it. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { codeFrom, noReferralYet, referralCodeSchema, referralViewSchema, type Referral } from '../../shared/household/referral.ts';
import { householdIdSchema, ignored } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandMember } from '../runtime/caller.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { change, createOnce } from '../runtime/store.ts';
import { VisibleError } from '../runtime/visible-error.ts';
import { demandActor } from './actor.ts';
import { enterReferralCode, referralOf, type EnteredAs } from './enter-referral.ts';
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

const REFUSED: Readonly<Record<Exclude<EnteredAs, 'entered' | 'no-such-code'>, string>> = {
  'own-code': 'this is the household’s own code',
  'too-late': 'a code can be entered within thirty days after a household began',
  'entered-already': 'this household has entered another code',
  'too-many': 'whoever gave you this code has brought as many as count in a year',
  'same-home': 'the two seem to be one household',
};

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
    const entered = await enterReferralCode(householdId, context.req.valid('json').code);
    if (entered === 'no-such-code') throw new VisibleError(404, entered, 'nobody has this code');
    if (entered !== 'entered') throw new VisibleError(409, entered, REFUSED[entered]);
    return context.json(shown(await referralOf(householdId)), 200);
  });
}
