/** A household and its linked shops, as an operator sets them up. PUT with an id made by the caller: a repeat changes nothing. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import type { DomainEvent } from '../../shared/events.ts';
import { householdSchema, type Household } from '../../shared/household/household.ts';
import { referralCodeSchema } from '../../shared/household/referral.ts';
import { householdIdSchema, ignored, retailerIdSchema, type Outcome } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandScope } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands, put } from '../runtime/put.ts';
import { change, load } from '../runtime/store.ts';
import { notFound } from '../runtime/visible-error.ts';
import { enterReferralCode } from './enter-referral.ts';

export const householdBody = householdSchema.pick({ name: true, timeZone: true, language: true, address: true });
/** With the code of whoever has brought it, as it was typed when signing up. */
export const creating = z.strictObject({ ...householdBody.shape, referralCode: referralCodeSchema.optional() });
export const created = z.strictObject({
  ...householdSchema.shape,
  /** Of the code that came along: `entered`, or why it was not. The household stands either way. */
  referral: z.string().optional(),
});
const shopBody = z.strictObject({ account: z.string().min(1).max(80) });

export const householdRoutes = {
  createHousehold: createRoute({
    method: 'put',
    path: routes.createHousehold.path,
    request: { params: z.object({ householdId: householdIdSchema }), ...takes(creating) },
    responses: gives(created, 'The household as it stands now'),
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
    const { referralCode, ...body } = context.req.valid('json');
    const now = productNow();
    const result = await change(kinds.household, keys.household(householdId), (before) =>
      put(before, { ...(before ?? { householdId, shops: [], createdAt: now }), ...body }, { type: 'household.created', data: { householdId } }),
    );
    const referral = referralCode === undefined ? undefined : await enterReferralCode(householdId, referralCode);
    return context.json(created.parse({ ...asItStands(result), ...(referral && { referral }) }), 200);
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
