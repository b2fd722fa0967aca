/** The agent's page: one answer with everything known, given after it is noted who asked for it and why. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { lookPurposeSchema, lookSchema } from '../../shared/support/look.ts';
import { caseIdSchema, householdIdSchema } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, type ApiEnvironment } from '../runtime/http.ts';
import { load } from '../runtime/store.ts';
import { notFound } from '../runtime/visible-error.ts';
import { householdViewSchema, viewHousehold } from './agent-view.ts';
import { journeyViewSchema, viewJourney } from './journey-view.ts';
import { nextBestViewSchema, viewNextBest } from './next-best-view.ts';
import { noteLook } from './note-look.ts';

const why = z.object({
  // Without one it is refused, after it is known who asks.
  purpose: lookPurposeSchema.optional(),
  caseId: caseIdSchema.optional(),
  reason: z.string().max(120).optional(),
  /** Of whoever reads, not of the household. */
  language: z.enum(['de', 'en']).default('en'),
});
const agentPageSchema = z.object({ look: lookSchema, about: householdViewSchema, journey: journeyViewSchema, nextBest: nextBestViewSchema });

export const agentRoutes = {
  readAgentPage: createRoute({
    method: 'get',
    path: routes.readAgentPage.path,
    request: { params: z.object({ householdId: householdIdSchema }), query: why },
    responses: gives(agentPageSchema, 'Everything known of the household'),
  }),
};

export function addAgentRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(agentRoutes.readAgentPage, async (context) => {
    const { householdId } = context.req.valid('param');
    const { language, ...reason } = context.req.valid('query');
    const look = await noteLook(context, { route: routes.readAgentPage, householdId, kind: 'page' }, reason);
    const household = (await load(kinds.household, keys.household(householdId)))?.state;
    if (household === undefined) throw notFound('household');
    const now = productNow();
    const about = await viewHousehold(household, now);
    return context.json(
      agentPageSchema.parse({ look, about, journey: await viewJourney(about, language, now), nextBest: await viewNextBest(householdId, language) }),
      200,
    );
  });
}
