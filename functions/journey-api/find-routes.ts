/** From what somebody says on the telephone to a household: its id alone, because whatever else is told of it has a purpose first. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { caseIdSchema, householdIdSchema, orderIdSchema, type HouseholdId } from '../../shared/values.ts';
import { keys, kinds, memberPk } from '../runtime/aggregates.ts';
import { demandAgent } from '../runtime/caller.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { list, load } from '../runtime/store.ts';
import { findByEmail } from '../runtime/user-pool.ts';

/** In the body and not in the address, which others may keep. */
const findBody = z.strictObject({ text: z.string().trim().min(3).max(120) });
const foundSchema = z.object({ households: z.array(z.object({ householdId: householdIdSchema })).max(20) });

export const findRoutes = {
  findHouseholds: createRoute({
    method: 'post',
    path: routes.findHouseholds.path,
    request: takes(findBody),
    responses: gives(foundSchema, 'The households that it may be; none where nothing fits exactly'),
  }),
};

export function addFindRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(findRoutes.findHouseholds, async (context) => {
    demandAgent(context, routes.findHouseholds);
    const found = await householdsBy(context.req.valid('json').text);
    return context.json({ households: [...new Set(found)].map((householdId) => ({ householdId })) }, 200);
  });
}

async function householdsBy(text: string): Promise<HouseholdId[]> {
  if (text.includes('@')) return ofPerson(text);
  const [household, order, known] = [householdIdSchema.safeParse(text), orderIdSchema.safeParse(text), caseIdSchema.safeParse(text)];
  const owner = order.success
    ? (await load(kinds.orderOwner, keys.orderOwner(order.data)))?.state
    : known.success
      ? (await load(kinds.caseOwner, keys.caseOwner(known.data)))?.state
      : household.success
        ? (await load(kinds.household, keys.household(household.data)))?.state
        : undefined;
  return owner === undefined ? [] : [owner.householdId];
}

async function ofPerson(email: string): Promise<HouseholdId[]> {
  const memberId = await findByEmail(email);
  if (memberId === undefined) return [];
  return (await list(kinds.membership, memberPk(memberId), 'HH#', 20)).map(({ state }) => state.householdId);
}
