/** What all journeys together say: read from the counters, so that it costs the same however many households there are. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { bucketsOfReport, periodSchema, reportOf, type JourneyReport } from '../../shared/journey/report/report.ts';
import { demandAgent } from '../runtime/caller.ts';
import { gives, type ApiEnvironment } from '../runtime/http.ts';
import { readCounters } from '../runtime/tally.ts';

/** Ours, made of whole numbers a moment ago: checked where it is made. */
const reportSchema = z.custom<JourneyReport>((report) => typeof report === 'object' && report !== null);

export const reportRoutes = {
  readReport: createRoute({
    method: 'get',
    path: routes.readReport.path,
    request: { query: periodSchema },
    responses: gives(reportSchema, 'The period in figures'),
  }),
};

export function addReportRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(reportRoutes.readReport, async (context) => {
    demandAgent(context, routes.readReport);
    const period = context.req.valid('query');
    return context.json(reportOf(period, await readCounters(bucketsOfReport(period))), 200);
  });
}
