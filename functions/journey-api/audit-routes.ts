/** Our own book of who has looked at which household, for everybody who may look: colleagues see each other. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { lookEntrySchema } from '../../shared/support/look.ts';
import { kinds, lookBookPk } from '../runtime/aggregates.ts';
import { demandAgent } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, type ApiEnvironment } from '../runtime/http.ts';
import { list } from '../runtime/store.ts';

const LOOKS_MAX = 2_000;

export const auditRoutes = {
  readAudit: createRoute({
    method: 'get',
    path: routes.readAudit.path,
    request: {
      query: z.object({
        month: z
          .string()
          .regex(/^\d{4}-\d\d$/)
          .optional(),
      }),
    },
    responses: gives(z.object({ month: z.string(), looks: z.array(lookEntrySchema).max(LOOKS_MAX) }), 'The looks of a month, the newest first'),
  }),
};

export function addAuditRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(auditRoutes.readAudit, async (context) => {
    demandAgent(context, routes.readAudit);
    const month = context.req.valid('query').month ?? productNow().slice(0, 7);
    const looks = (await list(kinds.lookEntry, lookBookPk(month), 'LOOK#', LOOKS_MAX)).map(({ state }) => state);
    return context.json({ month, looks: looks.reverse() }, 200);
  });
}
