/** When somebody of the company has looked at a household, and for what: for everybody who lives there. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { lookSchema } from '../../shared/support/look.ts';
import { householdIdSchema } from '../../shared/values.ts';
import { householdPk, kinds } from '../runtime/aggregates.ts';
import { demandMember } from '../runtime/caller.ts';
import { gives, type ApiEnvironment } from '../runtime/http.ts';
import { list } from '../runtime/store.ts';

const LOOKS_MAX = 2_000;
/** When and for what is a household's right to know; by which of our people is not (CJEU C-579/21, 22 June 2023). */
const lookSeenSchema = lookSchema.omit({ staffId: true });

export const lookRoutes = {
  readLooks: createRoute({
    method: 'get',
    path: routes.readLooks.path,
    request: { params: z.object({ householdId: householdIdSchema }) },
    responses: gives(z.object({ looks: z.array(lookSeenSchema).max(LOOKS_MAX) }), 'The newest first'),
  }),
};

export function addLookRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(lookRoutes.readLooks, async (context) => {
    const { householdId } = context.req.valid('param');
    await demandMember(context, routes.readLooks, householdId);
    const looks = (await list(kinds.look, householdPk(householdId), 'AUDIT#', LOOKS_MAX)).map(({ state: { staffId: _, ...seen } }) => seen);
    return context.json({ looks: looks.reverse() }, 200);
  });
}
