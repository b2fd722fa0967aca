/** Who may leave, why, and how far that can be believed: figures of all households from the counters, and, for a reason that stands with each, who they are. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { churnReportIn, type ChurnReport } from '../../shared/journey/churn/churn-counters.ts';
import { fittedModelSchema, modelToBeginWith } from '../../shared/journey/churn/fitted-model.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandAgent } from '../runtime/caller.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { load } from '../runtime/store.ts';
import { readCounters } from '../runtime/tally.ts';
import { leavingList, leavingListSchema } from './leaving-list.ts';

const language = z.enum(['de', 'en']).default('en');
const churnSchema = z.object({
  /** Ours, made of whole numbers a moment ago: checked where it is made. */
  report: z.custom<ChurnReport>((report) => typeof report === 'object' && report !== null),
  model: fittedModelSchema,
});
const listBody = z.strictObject({
  /** Why this list is looked at: it stands with each household that is in it. */
  reason: z.string().trim().min(3).max(120),
  from: z.int().min(0).max(10_000).default(0),
  language,
});

export const churnRoutes = {
  readChurn: createRoute({ method: 'get', path: routes.readChurn.path, responses: gives(churnSchema, 'How many may leave, why, and whether that comes true') }),
  listLeaving: createRoute({
    method: 'post',
    path: routes.listLeaving.path,
    request: takes(listBody),
    responses: gives(leavingListSchema, 'Those likely to leave'),
  }),
};

export function addChurnRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(churnRoutes.readChurn, async (context) => {
    demandAgent(context, routes.readChurn);
    const [{ now = {} }, model] = await Promise.all([readCounters(['now']), load(kinds.purchaseModel, keys.purchaseModel())]);
    return context.json({ report: churnReportIn(now), model: model?.state ?? modelToBeginWith }, 200);
  });

  api.openapi(churnRoutes.listLeaving, async (context) => {
    demandAgent(context, routes.listLeaving);
    return context.json(await leavingList(context, context.req.valid('json')), 200);
  });
}
