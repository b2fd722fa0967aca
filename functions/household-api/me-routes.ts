/** Who the caller is: the households that the person belongs to at this moment. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { householdSchema, memberSchema } from '../../shared/household/household.ts';
import { memberIdSchema } from '../../shared/values.ts';
import { callingPerson } from '../runtime/caller.ts';
import { gives, type ApiEnvironment } from '../runtime/http.ts';
import { householdsOf } from './membership.ts';

const meSchema = z.object({
  memberId: memberIdSchema,
  households: z.array(z.object({ ...householdSchema.pick({ householdId: true, name: true, language: true }).shape, role: memberSchema.shape.role })),
});

export const meRoutes = {
  readMe: createRoute({
    method: 'get',
    path: routes.readMe.path,
    responses: gives(meSchema, 'The person and the households of that person'),
  }),
};

export function addMeRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(meRoutes.readMe, async (context) => {
    const memberId = callingPerson(context, routes.readMe);
    const households = (await householdsOf(memberId))
      .map(({ household: { householdId, name, language }, member: { role } }) => ({ householdId, name, language, role }))
      .sort((a, b) => a.name.localeCompare(b.name));
    return context.json(meSchema.parse({ memberId, households }), 200);
  });
}
