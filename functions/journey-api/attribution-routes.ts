/** Which channels earned the orders of some months: read from the counters, so that it costs the same however many journeys there were. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { orders } from '../../shared/journey/attribution/graph.ts';
import { attributionIn, bucketsToRead, type AttributionReport } from '../../shared/journey/attribution/report.ts';
import { demandAgent } from '../runtime/caller.ts';
import { gives, type ApiEnvironment } from '../runtime/http.ts';
import { readCounters } from '../runtime/tally.ts';
import { areMonths, MONTHS_WANTED, monthSchema } from './months-query.ts';

const querySchema = z
  .strictObject({ from: monthSchema, to: monthSchema, order: z.enum(['1', '2', '3', '4']).optional(), nulls: z.enum(['with', 'without']).optional() })
  .refine(areMonths, MONTHS_WANTED);

/** Ours, made of whole numbers a moment ago: checked where it is made. */
const reportSchema = z.custom<AttributionReport>((report) => typeof report === 'object' && report !== null);

export const attributionRoutes = {
  readAttribution: createRoute({
    method: 'get',
    path: routes.readAttribution.path,
    request: { query: querySchema },
    responses: gives(reportSchema, 'Seven models, and how channels influence each other'),
  }),
};

export function addAttributionRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(attributionRoutes.readAttribution, async (context) => {
    demandAgent(context, routes.readAttribution);
    const { from, to, order: text, nulls } = context.req.valid('query');
    const order = orders.find((one) => String(one) === text);
    const asked = { from, to, withNulls: nulls !== 'without', ...(order !== undefined && { order }) };
    return context.json(attributionIn(await readCounters(bucketsToRead(asked)), asked), 200);
  });
}
