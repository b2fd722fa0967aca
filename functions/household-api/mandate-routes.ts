/** Mandates: granted by a person under the button that the law asks for, ended by any member who may approve. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { mayApprove, type Member } from '../../shared/household/household.ts';
import { mandateSchema, mandateTermsSchema, mandateTermsHash, type MandateGrant } from '../../shared/order/mandate.ts';
import { decideSpend, emptySpend, type SpendCommand } from '../../shared/order/spend.ts';
import { isOrderButtonText } from '../../shared/order/order-button.ts';
import { languageSchema, wordingVersionSchema } from '../../shared/order/wording.ts';
import { householdIdSchema, mandateIdSchema, type HouseholdId, type MandateId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandMember } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands } from '../runtime/put.ts';
import { change } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';

const params = z.object({ householdId: householdIdSchema, mandateId: mandateIdSchema });

const grantBody = z.strictObject({
  ...mandateTermsSchema.shape,
  /** What the person saw and pressed; the hash is made from the terms that were shown. */
  evidence: z.strictObject({
    wordingVersion: wordingVersionSchema,
    language: languageSchema,
    buttonText: z.string().max(80),
    termsHash: z.string().regex(/^[0-9a-f]{64}$/),
  }),
});

export const mandateRoutes = {
  grantMandate: createRoute({
    method: 'put',
    path: routes.grantMandate.path,
    request: { params, ...takes(grantBody) },
    responses: gives(mandateSchema, 'The mandate as it stands now'),
  }),
  endMandate: createRoute({
    method: 'delete',
    path: routes.endMandate.path,
    request: { params },
    responses: gives(mandateSchema, 'The mandate, ended'),
  }),
};

export function addMandateRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(mandateRoutes.grantMandate, async (context) => {
    const { householdId, mandateId } = context.req.valid('param');
    const member = mustApprove(await demandMember(context, routes.grantMandate, householdId));
    const { evidence, ...terms } = context.req.valid('json');
    if (!isOrderButtonText(evidence.language, evidence.buttonText)) {
      throw new VisibleError(422, 'wrong-button', 'a mandate is granted under a button with the words that the law asks for');
    }
    if (evidence.termsHash !== mandateTermsHash(terms)) throw new VisibleError(409, 'terms-changed', 'these are not the terms that were shown');
    const { wordingVersion, language, termsHash } = evidence;
    const { memberId } = member;
    const mandate: MandateGrant = {
      ...{ mandateId, householdId, grantedBy: memberId, ...terms },
      evidence: { wordingVersion, language, termsHash, memberId, grantedAt: productNow() },
    };
    return context.json(await decide(householdId, mandateId, { type: 'grant', mandate }), 200);
  });

  api.openapi(mandateRoutes.endMandate, async (context) => {
    const { householdId, mandateId } = context.req.valid('param');
    const { memberId } = mustApprove(await demandMember(context, routes.endMandate, householdId));
    return context.json(await decide(householdId, mandateId, { type: 'end', mandateId, memberId }), 200);
  });
}

async function decide(householdId: HouseholdId, mandateId: MandateId, command: SpendCommand) {
  const result = await change(kinds.spend, keys.spend(householdId), (spend) => decideSpend(spend ?? emptySpend(householdId), command));
  if (result.kind === 'rejected') {
    if (result.reason === 'unknown-mandate') throw notFound('mandate');
    throw new VisibleError(422, result.reason, `the mandate was refused: ${result.reason}`);
  }
  return mandateSchema.parse(asItStands(result)?.mandates[mandateId]);
}

export function mustApprove(member: Member): Member {
  if (!mayApprove(member)) throw new VisibleError(403, 'forbidden', 'guests may look but not buy');
  return member;
}
