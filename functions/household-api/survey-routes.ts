/** The one question how it went that may wait for a household, and its answer in one tap. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { mayApprove } from '../../shared/household/household.ts';
import { surveyKindSchema } from '../../shared/journey/collect/survey-sentiment.ts';
import { answerSurvey, openSurvey, type Survey } from '../../shared/journey/survey/survey.ts';
import { caseIdSchema, householdIdSchema, orderIdSchema, surveyIdSchema } from '../../shared/values.ts';
import { isSomethingOpen } from '../run-automation/ask-how-it-went.ts';
import { mayAskOnTv } from '../update-display/tv-question.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandMember } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands } from '../runtime/put.ts';
import { change, load } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';
import { demandActor } from './actor.ts';

const params = z.object({ householdId: householdIdSchema });
/** By remote control, by whoever is signed in there; absent: in the app. */
const screen = { screen: z.literal('tv').optional() };
const answerBody = z.discriminatedUnion('answer', [
  z.strictObject({ answer: z.literal('score'), score: z.int().min(0).max(10), ...screen }),
  z.strictObject({ answer: z.literal('skip'), ...screen }),
]);

/** One shape whatever became of it: the app shows only what is open. */
const surveyView = z.strictObject({
  surveyId: surveyIdSchema,
  kind: surveyKindSchema,
  orderId: orderIdSchema.optional(),
  caseId: caseIdSchema.optional(),
  status: z.enum(['open', 'answered', 'skipped']),
  score: z.int().optional(),
});
const shown = ({ surveyId, kind, orderId, caseId, status, ...rest }: Survey) =>
  surveyView.parse({ surveyId, kind, orderId, caseId, status, ...('score' in rest && { score: rest.score }) });

export const surveyRoutes = {
  readSurvey: createRoute({
    method: 'get',
    path: routes.readSurvey.path,
    request: { params },
    responses: gives(z.object({ survey: surveyView.optional() }), 'The question that waits; none for guests, and mostly none at all'),
  }),
  answerSurvey: createRoute({
    method: 'post',
    path: routes.answerSurvey.path,
    request: { params: params.extend({ surveyId: surveyIdSchema }), ...takes(answerBody) },
    responses: gives(surveyView, 'The question with the answer that counts: the first one'),
  }),
};

const REFUSED: Readonly<Record<string, string>> = {
  'too-late': 'this question is over',
  'not-on-the-scale': 'expected 0 to 10 for nps, 1 to 5 for csat, 1 to 7 for ces',
};

export function addSurveyRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(surveyRoutes.readSurvey, async (context) => {
    const { householdId } = context.req.valid('param');
    const member = await demandMember(context, routes.readSurvey, householdId);
    const surveys = mayApprove(member) ? (await load(kinds.surveys, keys.surveys(householdId)))?.state : undefined;
    const now = productNow();
    // Whether something is open is asked only where there is something to show.
    const waits = openSurvey(surveys, { hasOpenCase: false, now });
    const survey = waits === undefined || (await isSomethingOpen(householdId)) ? undefined : waits;
    return context.json(survey === undefined ? {} : { survey: shown(survey) }, 200);
  });

  api.openapi(surveyRoutes.answerSurvey, async (context) => {
    const { householdId, surveyId } = context.req.valid('param');
    const { memberId } = await demandActor(context, routes.answerSurvey, householdId);
    const body = context.req.valid('json');
    if (body.screen === 'tv' && !(await mayAskOnTv(householdId))) throw new VisibleError(409, 'not-asked-there', 'this household is not asked on its TV');
    const given = { surveyId, memberId, screen: body.screen, ...(body.answer === 'score' && { score: body.score }) };
    const result = await change(kinds.surveys, keys.surveys(householdId), (surveys) => answerSurvey(surveys, given, productNow()));
    if (result.kind === 'rejected') throw new VisibleError(409, result.reason, REFUSED[result.reason] ?? result.reason);
    const survey = asItStands(result)?.asked.find((one) => one.surveyId === surveyId);
    if (survey === undefined) throw notFound('survey');
    return context.json(shown(survey), 200);
  });
}
