/** A shop goes live by a passed conformance run, which the operator's side made: the shop itself cannot tell us that it has passed. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { conformanceReportSchema, passConformance } from '../../shared/retailer/conformance.ts';
import { retailerSchema } from '../../shared/retailer/retailer.ts';
import { retailerIdSchema } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandScope } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands } from '../runtime/put.ts';
import { change } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';

const { retailerId: id, name, webhookUrl, apiUrl, conformance } = retailerSchema.shape;
const standingSchema = z.object({ retailerId: id, name, webhookUrl, apiUrl, conformance });

const passRun = createRoute({
  method: 'put',
  path: routes.passConformance.path,
  request: { params: z.object({ retailerId: retailerIdSchema }), ...takes(conformanceReportSchema) },
  responses: gives(standingSchema, 'The shop, which gets households’ orders from now on'),
});

const REFUSED: Readonly<Record<string, string>> = {
  'not-passed': 'a shop goes live when it has passed every check',
  'another-address': 'expected a run against the addresses that are registered',
};

export function addConformanceRoute(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(passRun, async (context) => {
    demandScope(context, routes.passConformance);
    const { retailerId } = context.req.valid('param');
    const report = context.req.valid('json');
    const result = await change(kinds.retailer, keys.retailer(retailerId), (retailer) => {
      if (retailer === undefined) throw notFound('retailer');
      return passConformance(retailer, report, productNow());
    });
    if (result.kind === 'rejected') throw new VisibleError(422, result.reason, REFUSED[result.reason] ?? result.reason);
    return context.json(standingSchema.parse(asItStands(result)), 200);
  });
}
