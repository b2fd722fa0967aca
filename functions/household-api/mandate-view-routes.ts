/** What a household sees of its mandates: spent and left this month, what each has bought, and the proof for the link that ends it. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { mayApprove } from '../../shared/household/household.ts';
import { mandateViewSchema, viewMandate } from '../../shared/order/mandate/mandate-standing.ts';
import { orderSchema } from '../../shared/order/order-state.ts';
import { emptySpend, MANDATES_MAX } from '../../shared/order/mandate/spend.ts';
import { stopsSchema } from '../../shared/order/mandate/stop.ts';
import { END_TOKEN_LENGTH_MAX } from '../../shared/order/mandate/end-link.ts';
import { householdIdSchema, mandateIdSchema, type HouseholdId } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { demandMember } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, type ApiEnvironment } from '../runtime/http.ts';
import { endMandateToken } from '../runtime/secrets.ts';
import { list, load } from '../runtime/store.ts';
import { notFound } from '../runtime/visible-error.ts';
import { shopNames, shopNamesSchema } from './shop-names.ts';

const BOUGHT_SHOWN = 50;
const mandateList = z.object({ mandates: z.array(mandateViewSchema).max(MANDATES_MAX), stops: stopsSchema, shops: shopNamesSchema });
const mandateDetail = z.object({
  view: mandateViewSchema,
  stops: stopsSchema,
  shops: shopNamesSchema,
  /** What it has approved, the newest first. */
  bought: z.array(orderSchema).max(BOUGHT_SHOWN),
  /** For the fragment of `/app/end-mandate`; only for those who may end it, while there is something to end. */
  endToken: z.string().max(END_TOKEN_LENGTH_MAX).optional(),
});

export const mandateViewRoutes = {
  listMandates: createRoute({
    method: 'get',
    path: routes.listMandates.path,
    request: { params: z.object({ householdId: householdIdSchema }) },
    responses: gives(mandateList, 'The mandates, the newest first, and what is stopped'),
  }),
  readMandate: createRoute({
    method: 'get',
    path: routes.readMandate.path,
    request: { params: z.object({ householdId: householdIdSchema, mandateId: mandateIdSchema }) },
    responses: gives(mandateDetail, 'The mandate with what it has bought'),
  }),
};

export function addMandateViewRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(mandateViewRoutes.listMandates, async (context) => {
    const { householdId } = context.req.valid('param');
    const member = await demandMember(context, routes.listMandates, householdId);
    const { spend, at, linked } = await spendOf(householdId);
    const mandates = Object.values(spend.mandates).sort((a, b) => (a.evidence.grantedAt < b.evidence.grantedAt ? 1 : -1));
    const shops = await shopNames([...linked, ...mandates.flatMap(({ retailers }) => retailers)]);
    const views = mandates.map((mandate) => viewMandate(mandate, spend, member, at));
    return context.json(mandateList.parse({ mandates: views, stops: spend.stops, shops }), 200);
  });

  api.openapi(mandateViewRoutes.readMandate, async (context) => {
    const { householdId, mandateId } = context.req.valid('param');
    const member = await demandMember(context, routes.readMandate, householdId);
    const { spend, at } = await spendOf(householdId);
    const mandate = spend.mandates[mandateId];
    if (mandate === undefined) throw notFound('mandate');
    const orders = (await list(kinds.order, householdPk(householdId), 'ORDER#')).map(({ state }) => state.order);
    const bought = orders.flatMap((order) => {
      const by = 'approval' in order ? order.approval?.by : undefined;
      return by?.kind === 'mandate' && by.mandateId === mandateId ? [order] : [];
    });
    bought.sort((a, b) => (a.proposedAt < b.proposedAt ? 1 : -1));
    const mayEnd = mandate.state !== 'ended' && mayApprove(member);
    const endToken = mayEnd ? { endToken: await endMandateToken({ householdId, mandateId }) } : {};
    const shops = await shopNames([...mandate.retailers, ...bought.map(({ retailerId }) => retailerId)]);
    const view = viewMandate(mandate, spend, member, at);
    return context.json(mandateDetail.parse({ view, stops: spend.stops, shops, bought: bought.slice(0, BOUGHT_SHOWN), ...endToken }), 200);
  });
}

async function spendOf(householdId: HouseholdId) {
  const [household, spend] = await Promise.all([load(kinds.household, keys.household(householdId)), load(kinds.spend, keys.spend(householdId))]);
  if (household === undefined) throw notFound('household');
  const { timeZone, shops } = household.state;
  return { spend: spend?.state ?? emptySpend(householdId), at: { now: productNow(), timeZone }, linked: shops.map(({ retailerId }) => retailerId) };
}
