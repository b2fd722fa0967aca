/** For the page that grants a mandate: what the house buys and what that costs, and what the terms would have done with the last orders. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { ruleResultSchema } from '../../shared/event-parts.ts';
import { mandateTermsSchema } from '../../shared/order/mandate/mandate.ts';
import { PREVIEW_ORDERS, previewMandate } from '../../shared/order/mandate/mandate-preview.ts';
import { mandateChoice, mandateChoiceSchema } from '../../shared/order/mandate/mandate-choice.ts';
import { withCategories } from '../../shared/order/past-orders.ts';
import { householdIdSchema, instantSchema, orderIdSchema, type HouseholdId } from '../../shared/values.ts';
import { offersOfShops } from '../propose-order/shops.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { demandMember } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { list, load } from '../runtime/store.ts';
import { notFound } from '../runtime/visible-error.ts';
import { shopNames, shopNamesSchema } from './shop-names.ts';

const params = z.object({ householdId: householdIdSchema });
const choices = z.object({
  items: z.array(mandateChoiceSchema).max(200),
  shops: shopNamesSchema,
});
const preview = z.object({
  orders: z
    .array(
      z.strictObject({
        ...{ orderId: orderIdSchema, proposedAt: instantSchema, covered: z.boolean() },
        /** Somebody had said no to it: the mandate would not have asked. */
        declined: z.boolean(),
        rulesFailed: z.array(ruleResultSchema).max(64),
      }),
    )
    .max(PREVIEW_ORDERS),
});

export const mandatePreviewRoutes = {
  readMandateChoices: createRoute({
    method: 'get',
    path: routes.readMandateChoices.path,
    request: { params },
    responses: gives(choices, 'The items of the house with their cost, and the linked shops'),
  }),
  previewMandate: createRoute({
    method: 'post',
    path: routes.previewMandate.path,
    request: { params, ...takes(mandateTermsSchema) },
    responses: gives(preview, 'The last orders, the newest first, and which of them the mandate would have covered'),
  }),
};

export function addMandatePreviewRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(mandatePreviewRoutes.readMandateChoices, async (context) => {
    const { householdId } = context.req.valid('param');
    await demandMember(context, routes.readMandateChoices, householdId);
    const { household, supplies } = await houseOf(householdId);
    const bought = supplies.filter(({ removedAt, settings }) => removedAt === undefined && settings.neverBuy !== true);
    const gtins = bought.flatMap(({ products }) => products.map(({ gtin }) => gtin));
    const offers = (await offersOfShops(household, gtins, productNow())).flatMap((shop) => shop.offers);
    const shops = await shopNames(household.shops.map(({ retailerId }) => retailerId));
    const now = productNow();
    return context.json(choices.parse({ items: bought.map((supply) => mandateChoice(supply, offers, now)), shops }), 200);
  });

  api.openapi(mandatePreviewRoutes.previewMandate, async (context) => {
    const { householdId } = context.req.valid('param');
    const { memberId } = await demandMember(context, routes.previewMandate, householdId);
    const terms = context.req.valid('json');
    const { household, supplies } = await houseOf(householdId);
    const orders = (await list(kinds.order, householdPk(householdId), 'ORDER#')).map(({ state }) => state.order);
    const at = { householdId, memberId, now: productNow(), timeZone: household.timeZone };
    return context.json(preview.parse({ orders: previewMandate(terms, withCategories(orders, supplies), at) }), 200);
  });
}

async function houseOf(householdId: HouseholdId) {
  const [household, supplies] = await Promise.all([
    load(kinds.household, keys.household(householdId)),
    list(kinds.supply, householdPk(householdId), 'SUPPLY#'),
  ]);
  if (household === undefined) throw notFound('household');
  return { household: household.state, supplies: supplies.map(({ state }) => state) };
}
