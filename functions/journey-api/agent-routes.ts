/** The agent's page: one answer with everything known, given after it is noted who asked for it and why. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes, type Route } from '../../shared/api/routes.ts';
import { lookPurposeSchema, lookSchema } from '../../shared/support/look.ts';
import { caseIdSchema, householdIdSchema, instantOf, type HouseholdId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, type ApiEnvironment } from '../runtime/http.ts';
import { load } from '../runtime/store.ts';
import { notFound } from '../runtime/visible-error.ts';
import { householdViewSchema, viewHousehold } from './agent-view.ts';
import { touchpointsBetween } from '../update-journey/journey-of.ts';
import { journeyViewSchema, pageOf, pageOfTouchpoints, TOUCHPOINTS_SHOWN, viewJourney } from './journey-view.ts';
import { readLately } from './lately.ts';
import { nextBestViewSchema, viewNextBest } from './next-best-view.ts';
import { noteLook } from './note-look.ts';
import { chapterSchema, namesOf, readChapters } from './story-view.ts';

const why = z.object({
  // Without one it is refused, after it is known who asks.
  purpose: lookPurposeSchema.optional(),
  caseId: caseIdSchema.optional(),
  reason: z.string().max(120).optional(),
  /** Of whoever reads, not of the household. */
  language: z.enum(['de', 'en']).default('en'),
});
type Reason = Omit<z.infer<typeof why>, 'language'>;
const page = why.extend({ span: z.enum(['lately', 'all']).default('lately') });
const older = why.extend({ before: z.string().max(100) });
const chapters = why.extend({ before: z.string().max(12).optional() });
const agentPageSchema = z.object({ look: lookSchema, about: householdViewSchema, journey: journeyViewSchema, nextBest: nextBestViewSchema });

export const agentRoutes = {
  readAgentPage: createRoute({
    method: 'get',
    path: routes.readAgentPage.path,
    request: { params: z.object({ householdId: householdIdSchema }), query: page },
    responses: gives(agentPageSchema, 'Everything known of the household'),
  }),
  readStory: createRoute({
    method: 'get',
    path: routes.readStory.path,
    request: { params: z.object({ householdId: householdIdSchema }), query: chapters },
    responses: gives(z.object({ chapters: z.array(chapterSchema), earlier: z.string().optional() }), 'Some chapters, the oldest first'),
  }),
  listTouchpoints: createRoute({
    method: 'get',
    path: routes.listTouchpoints.path,
    request: { params: z.object({ householdId: householdIdSchema }), query: older },
    responses: gives(pageOfTouchpoints, 'Touchpoints before a place, the newest first'),
  }),
};

const CHAPTERS_AT_ONCE = 3;

export function addAgentRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  const looked = async (context: Parameters<typeof noteLook>[0], route: Route, householdId: HouseholdId, reason: Reason) => {
    const look = await noteLook(context, { route, householdId, kind: 'page' }, reason);
    const household = (await load(kinds.household, keys.household(householdId)))?.state;
    if (household === undefined) throw notFound('household');
    return { look, household, now: productNow() };
  };

  api.openapi(agentRoutes.readAgentPage, async (context) => {
    const { householdId } = context.req.valid('param');
    const { language, span, ...reason } = context.req.valid('query');
    const { look, household, now } = await looked(context, routes.readAgentPage, householdId, reason);
    const lately = await readLately(householdId, now, span === 'all');
    const about = await viewHousehold(household, lately.steps, now);
    const journey = await viewJourney(about, lately, language, now);
    return context.json(agentPageSchema.parse({ look, about, journey, nextBest: await viewNextBest(householdId, language) }), 200);
  });

  api.openapi(agentRoutes.readStory, async (context) => {
    const { householdId } = context.req.valid('param');
    const { language, before, ...reason } = context.req.valid('query');
    const { household, now } = await looked(context, routes.readStory, householdId, reason);
    const summary = (await load(kinds.journey, keys.journey(householdId)))?.state;
    const names = await namesOf(household);
    const told = { household, names, language, now, summary: summary?.profiling?.allowed === false ? undefined : summary };
    return context.json(await readChapters(told, CHAPTERS_AT_ONCE, before), 200);
  });

  api.openapi(agentRoutes.listTouchpoints, async (context) => {
    const { householdId } = context.req.valid('param');
    const { language, before, ...reason } = context.req.valid('query');
    const { household } = await looked(context, routes.listTouchpoints, householdId, reason);
    const [page, names] = await Promise.all([touchpointsBetween(householdId, { from: instantOf(0), before, most: TOUCHPOINTS_SHOWN }), namesOf(household)]);
    return context.json(pageOf(page.touchpoints, page.older, names, language), 200);
  });
}
