/** A household and its linked shops, as an operator sets them up. PUT with an id made by the caller: a repeat changes nothing. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import type { DomainEvent } from '../../shared/events.ts';
import { householdSchema, type Household } from '../../shared/household/household.ts';
import { householdIdSchema, ignored, retailerIdSchema, type Outcome } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandScope } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands, put } from '../runtime/put.ts';
import { change, load } from '../runtime/store.ts';
import { notFound } from '../runtime/visible-error.ts';

const householdBody = householdSchema.pick({ name: true, timeZone: true, language: true, address: true });
const shopBody = z.strictObject({ account: z.string().min(1).max(80) });

export const householdRoutes = {
  createHousehold: createRoute({
    method: 'put',
    path: routes.createHousehold.path,
    request: { params: z.object({ householdId: householdIdSchema }), ...takes(householdBody) },
    responses: gives(householdSchema, 'The household as it stands now'),
  }),
  linkShop: createRoute({
    method: 'put',
    path: routes.linkShop.path,
    request: { params: z.object({ householdId: householdIdSchema, retailerId: retailerIdSchema }), ...takes(shopBody) },
    responses: gives(householdSchema, 'The household with its shops'),
  }),
};

export function addHouseholdRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(householdRoutes.createHousehold, async (context) => {
    demandScope(context, routes.createHousehold);
    const { householdId } = context.req.valid('param');
    const body = context.req.valid('json');
    const now = productNow();
    const result = await change(kinds.household, keys.household(householdId), (before) =>
      put(before, { ...(before ?? { householdId, shops: [], createdAt: now }), ...body }, { type: 'household.created', data: { householdId } }),
    );
    return context.json(householdSchema.parse(asItStands(result)), 200);
  });

  api.openapi(householdRoutes.linkShop, async (context) => {
    demandScope(context, routes.linkShop);
    const { householdId, retailerId } = context.req.valid('param');
    if ((await load(kinds.retailer, keys.retailer(retailerId))) === undefined) throw notFound('retailer');
    const { account } = context.req.valid('json');
    const result = await change(kinds.household, keys.household(householdId), (before) => linkShop(before, { retailerId, account, linkedAt: productNow() }));
    return context.json(householdSchema.parse(asItStands(result)), 200);
  });
}

function linkShop(before: Household | undefined, shop: Household['shops'][number]): Outcome<Household, DomainEvent> {
  if (before === undefined) throw notFound('household');
  const known = before.shops.find(({ retailerId }) => retailerId === shop.retailerId);
  if (known?.account === shop.account) return ignored('already-linked');
  const shops = [...before.shops.filter(({ retailerId }) => retailerId !== shop.retailerId), shop];
  return {
    kind: 'changed',
    state: { ...before, shops },
    events: [{ type: 'shop.linked', data: { householdId: before.householdId, retailerId: shop.retailerId } }],
  };
}
