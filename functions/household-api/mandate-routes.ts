/** Mandates: granted by a person under the button that the law asks for; paused, resumed and ended by any member who may approve. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes, type Route } from '../../shared/api/routes.ts';
import { mayApprove, type Member } from '../../shared/household/household.ts';
import { mandateSchema, mandateTermsSchema, mandateTermsHash, namesSomething, type MandateGrant } from '../../shared/order/mandate/mandate.ts';
import { decideSpend, emptySpend, type SpendCommand } from '../../shared/order/mandate/spend.ts';
import { isOrderButtonText } from '../../shared/order/order-button.ts';
import { languageSchema, wordingVersionSchema } from '../../shared/order/wording.ts';
import { householdIdSchema, mandateIdSchema, type HouseholdId, type MandateId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandMember } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiContext, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands } from '../runtime/put.ts';
import { change } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';

const params = z.object({ householdId: householdIdSchema, mandateId: mandateIdSchema });

const grantBody = z
  .strictObject({
    ...mandateTermsSchema.shape,
    /** What the person saw and pressed; the hash is made from the terms that were shown. */
    evidence: z.strictObject({
      wordingVersion: wordingVersionSchema,
      language: languageSchema,
      buttonText: z.string().max(80),
      termsHash: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  })
  .refine(namesSomething, 'expected products or categories');

const asItIs = (description: string) => ({ request: { params }, responses: gives(mandateSchema, description) });

export const mandateRoutes = {
  grantMandate: createRoute({
    method: 'put',
    path: routes.grantMandate.path,
    request: { params, ...takes(grantBody) },
    responses: gives(mandateSchema, 'The mandate as it stands now'),
  }),
  endMandate: createRoute({ method: 'delete', path: routes.endMandate.path, ...asItIs('The mandate, ended') }),
  pauseMandate: createRoute({ method: 'post', path: routes.pauseMandate.path, ...asItIs('The mandate, paused') }),
  resumeMandate: createRoute({ method: 'post', path: routes.resumeMandate.path, ...asItIs('The mandate, which buys again') }),
};

export function addMandateRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(mandateRoutes.grantMandate, async (context) => {
    const { householdId, mandateId } = context.req.valid('param');
    const { memberId } = await memberWhoMayApprove(context, routes.grantMandate, householdId);
    const { evidence, ...terms } = context.req.valid('json');
    if (!isOrderButtonText(evidence.language, evidence.buttonText)) {
      throw new VisibleError(422, 'wrong-button', 'a mandate is granted under a button with the words that the law asks for');
    }
    if (evidence.termsHash !== mandateTermsHash(terms)) throw new VisibleError(409, 'terms-changed', 'these are not the terms that were shown');
    const { wordingVersion, language, termsHash } = evidence;
    const mandate: MandateGrant = {
      ...{ mandateId, householdId, grantedBy: memberId, ...terms },
      evidence: { wordingVersion, language, termsHash, memberId, grantedAt: productNow() },
    };
    return context.json(await decide(householdId, mandateId, { type: 'grant', mandate }), 200);
  });

  api.openapi(mandateRoutes.endMandate, async (context) => {
    const { householdId, mandateId } = context.req.valid('param');
    const { memberId } = await memberWhoMayApprove(context, routes.endMandate, householdId);
    const ending = { at: productNow(), memberId, because: 'member' } as const;
    return context.json(await decide(householdId, mandateId, { type: 'end', mandateId, ending }), 200);
  });

  api.openapi(mandateRoutes.pauseMandate, async (context) => {
    const { householdId, mandateId } = context.req.valid('param');
    const { memberId } = await memberWhoMayApprove(context, routes.pauseMandate, householdId);
    return context.json(await decide(householdId, mandateId, { type: 'pause', mandateId, memberId }), 200);
  });

  api.openapi(mandateRoutes.resumeMandate, async (context) => {
    const { householdId, mandateId } = context.req.valid('param');
    const { memberId } = await memberWhoMayApprove(context, routes.resumeMandate, householdId);
    return context.json(await decide(householdId, mandateId, { type: 'resume', mandateId, memberId }), 200);
  });
}

async function decide(householdId: HouseholdId, mandateId: MandateId, command: SpendCommand) {
  return mandateSchema.parse((await decideOnSpend(householdId, command))?.mandates[mandateId]);
}

/** SPEND after the decision; what may not be is told, and a repeat answers as the first time did. */
export async function decideOnSpend(householdId: HouseholdId, command: SpendCommand) {
  const result = await change(kinds.spend, keys.spend(householdId), (spend) => decideSpend(spend ?? emptySpend(householdId), command));
  if (result.kind === 'rejected') {
    if (result.reason === 'unknown-mandate') throw notFound('mandate');
    throw new VisibleError(422, result.reason, `the mandate was refused: ${result.reason}`);
  }
  return asItStands(result);
}

export const memberWhoMayApprove = async (context: ApiContext, route: Route, householdId: HouseholdId): Promise<Member> =>
  mustApprove(await demandMember(context, route, householdId));

export function mustApprove(member: Member): Member {
  if (!mayApprove(member)) throw new VisibleError(403, 'forbidden', 'guests may look but not buy');
  return member;
}
