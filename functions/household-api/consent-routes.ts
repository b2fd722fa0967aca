/** What people have agreed to, purpose by purpose. A yes and a no are the same call with another word, so that both take as many taps (GDPR Art. 7 (3)). */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { screenSchema } from '../../shared/event-parts.ts';
import { mayApprove, type Member } from '../../shared/household/household.ts';
import {
  consentEntrySchema,
  consentWordingVersionSchema,
  decidePrivacy,
  historyFor,
  lastAnswer,
  noPrivacyYet,
  purposeSchema,
  standing,
} from '../../shared/household/privacy.ts';
import type { Privacy } from '../../shared/household/privacy.ts';
import { purposeNames, purposes, type ConsentAnswer, type Purpose } from '../../shared/household/purposes.ts';
import { householdIdSchema, instantSchema } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandMember } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands } from '../runtime/put.ts';
import { change, load } from '../runtime/store.ts';
import { VisibleError } from '../runtime/visible-error.ts';

const params = z.object({ householdId: householdIdSchema });
const answerBody = z.strictObject({
  purpose: purposeSchema,
  /** Of the text that was on the screen. */
  wordingVersion: consentWordingVersionSchema,
  language: z.enum(['de', 'en']),
  screen: screenSchema.default('app'),
});

const purposeView = z.object({
  purpose: purposeSchema,
  scope: z.enum(['household', 'person']),
  basis: z.enum(['consent', 'objection']),
  standing: z.enum(['given', 'withdrawn']),
  /** Absent: nobody has answered yet. */
  since: instantSchema.optional(),
  /** The yes was given to a text before this one: what this one adds is not covered. */
  olderText: z.boolean().optional(),
  /** Of the text to show now. */
  wordingVersion: consentWordingVersionSchema,
  actions: z.array(z.object({ action: z.enum(['give', 'withdraw']), allowed: z.boolean(), reason: z.string().optional() })),
});
export const consentsView = z.object({ purposes: z.array(purposeView), history: z.array(consentEntrySchema) });

const answers = (path: string, description: string) =>
  ({ method: 'post', path, request: { params, ...takes(answerBody) }, responses: gives(consentsView, description) }) as const;

export const consentRoutes = {
  readConsents: createRoute({
    method: 'get',
    path: routes.readConsents.path,
    request: { params },
    responses: gives(consentsView, 'What stands now, and every answer so far, the oldest first'),
  }),
  giveConsent: createRoute(answers(routes.giveConsent.path, 'What stands now')),
  withdrawConsent: createRoute(answers(routes.withdrawConsent.path, 'What stands now')),
};

export function addConsentRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(consentRoutes.readConsents, async (context) => {
    const { householdId } = context.req.valid('param');
    const member = await demandMember(context, routes.readConsents, householdId);
    const privacy = (await load(kinds.privacy, keys.privacy(householdId)))?.state ?? noPrivacyYet(householdId);
    return context.json(viewFor(privacy, member), 200);
  });
  api.openapi(consentRoutes.giveConsent, async (context) => {
    const member = await demandMember(context, routes.giveConsent, context.req.valid('param').householdId);
    return context.json(await answer(member, 'given', context.req.valid('json')), 200);
  });
  api.openapi(consentRoutes.withdrawConsent, async (context) => {
    const member = await demandMember(context, routes.withdrawConsent, context.req.valid('param').householdId);
    return context.json(await answer(member, 'withdrawn', context.req.valid('json')), 200);
  });
}

async function answer(member: Member, given: ConsentAnswer, body: z.infer<typeof answerBody>) {
  if (!mayAnswer(member, body.purpose)) throw new VisibleError(403, 'forbidden', 'guests answer for themselves, not for the household');
  const { householdId, memberId } = member;
  const result = await change(kinds.privacy, keys.privacy(householdId), (privacy) =>
    decidePrivacy(privacy ?? noPrivacyYet(householdId), { type: 'answer', answer: given, memberId, ...body }, productNow()),
  );
  if (result.kind === 'rejected') throw new VisibleError(409, result.reason, `the answer was not taken: ${result.reason}`);
  return viewFor(asItStands(result) ?? noPrivacyYet(householdId), member);
}

const mayAnswer = (member: Member, purpose: Purpose): boolean => purposes[purpose].scope === 'person' || mayApprove(member);

function viewFor(privacy: Privacy, member: Member): z.infer<typeof consentsView> {
  const viewOf = (purpose: Purpose) => {
    const { scope, basis, wordingVersion } = purposes[purpose];
    const stands = standing(privacy, purpose, member.memberId);
    const last = lastAnswer(privacy, purpose, member.memberId);
    const since = last?.at;
    const olderText = basis === 'consent' && last?.answer === 'given' && last.wordingVersion !== wordingVersion;
    const action = stands === 'given' ? 'withdraw' : 'give';
    const allowed = mayAnswer(member, purpose);
    const actions = [{ action, allowed, ...(!allowed && { reason: 'guests-may-look' }) }];
    return { purpose, scope, basis, standing: stands, wordingVersion, actions, ...(since !== undefined && { since }), ...(olderText && { olderText }) };
  };
  return consentsView.parse({ purposes: purposeNames.map(viewOf), history: historyFor(privacy, member.memberId) });
}
