/** Other goods, or another number of them, while an order waits for an answer: what can be chosen, and the choice. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { quoteSchema } from '../../shared/event-parts.ts';
import { alternativesOf, alternativesSchema } from '../../shared/order/alternatives.ts';
import { needsOf, type Order } from '../../shared/order/order-state.ts';
import { recordChange } from '../../shared/order/record.ts';
import { requote, type Allowed } from '../../shared/order/requote.ts';
import { buyingRules } from '../../shared/supply/buying-rules.ts';
import { changeIdSchema, gtinSchema, householdIdSchema, needIdSchema, orderIdSchema, type Instant, type SupplyId } from '../../shared/values.ts';
import { keys, kinds, type StoredOrder } from '../runtime/aggregates.ts';
import { demandAccess, demandMember } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { load, type Stored } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';
import { offersOf } from '../propose-order/shops.ts';
import { mustApprove } from './mandate-routes.ts';
import { decided, orderViewSchema, rowOf, viewOf } from './order-view.ts';

const params = z.object({ householdId: householdIdSchema, orderId: orderIdSchema });
const changeBody = z.strictObject({
  /** Made by the app before sending, so that the same change sent twice is one. */
  changeId: changeIdSchema,
  /** Of what was on the screen: who has seen something else is shown what it is now. */
  quoteHash: quoteSchema.shape.hash,
  /** Packs; 0 takes a line out. Lines that are not named stay as they are. */
  lines: z
    .array(z.strictObject({ needId: needIdSchema, gtin: gtinSchema, quantity: z.int().min(0).max(99) }))
    .min(1)
    .max(50),
});

export const changeRoutes = {
  readAlternatives: createRoute({
    method: 'get',
    path: routes.readAlternatives.path,
    request: { params },
    responses: gives(alternativesSchema, 'What can be chosen, and what the order would cost now'),
  }),
  changeOrder: createRoute({
    method: 'post',
    path: routes.changeOrder.path,
    request: { params, ...takes(changeBody) },
    responses: gives(orderViewSchema, 'The order with its new quote'),
  }),
};

export function addChangeRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(changeRoutes.readAlternatives, async (context) => {
    const { householdId, orderId } = context.req.valid('param');
    await demandAccess(context, routes.readAlternatives, householdId);
    const { order } = (await mustFind(householdId, orderId)).state;
    const now = productNow();
    const { allowed, shop } = await choicesFor(order, now);
    return context.json(alternativesSchema.parse(alternativesOf({ order, allowed, shop, now })), 200);
  });

  api.openapi(changeRoutes.changeOrder, async (context) => {
    const { householdId, orderId } = context.req.valid('param');
    const { memberId } = mustApprove(await demandMember(context, routes.changeOrder, householdId));
    const { changeId, quoteHash, lines } = context.req.valid('json');
    const stored = (await mustFind(householdId, orderId)).state;
    if (stored.order.changes?.some((change) => change.changeId === changeId)) return context.json(await viewOf(stored), 200);
    if (stored.order.status !== 'awaiting-approval' || stored.order.quote.hash !== quoteHash) throw await stale(stored);
    const now = productNow();
    const { allowed, shop } = await choicesFor(stored.order, now);
    if (shop === undefined) throw new VisibleError(422, 'shop-closed', 'this shop takes no orders at the moment');
    const requoted = requote({ order: stored.order, lines, allowed, shop, now });
    if (requoted.kind === 'refused') {
      const { reason, needId } = requoted;
      throw new VisibleError(422, reason, `the order cannot be changed so: ${reason}${needId === undefined ? '' : ` (${needId})`}`);
    }
    const { quote, wanted } = requoted;
    const change = { changeId, memberId, at: now, before: stored.order.quote, wanted: [...wanted], shop, quoteHash: quote.hash };
    const command = { type: 'requote', changeId, memberId, seenHash: quoteHash, quote, now } as const;
    return context.json(await decided({ householdId, orderId }, command, now, (record) => recordChange(record, change)), 200);
  });
}

async function mustFind(...of: Parameters<typeof keys.order>): Promise<Stored<StoredOrder>> {
  const stored = await load(kinds.order, keys.order(...of));
  if (stored === undefined) throw notFound('order');
  return stored;
}

/** What the household allows for each need of the order, and the shop's offers of all of that. */
async function choicesFor(order: Order, now: Instant) {
  const supplyIds = [...new Set(needsOf(order).map(({ supplyId }) => supplyId))];
  const household = (await load(kinds.household, keys.household(order.householdId)))?.state;
  const supplies = await Promise.all(supplyIds.map((supplyId) => load(kinds.supply, keys.supply(order.householdId, supplyId))));
  const allowed = new Map<SupplyId, Allowed>();
  for (const stored of supplies) {
    if (stored === undefined) continue;
    const { supplyId, unit, products, name, settings } = stored.state;
    const rules = buyingRules(stored.state, household);
    allowed.set(supplyId, { unit, name, rules, gtins: products.map(({ gtin }) => gtin), packsMax: settings.packsMax });
  }
  const gtins = [...[...allowed.values()].flatMap((one) => one.gtins), ...order.quote.lineItems.map(({ gtin }) => gtin)];
  return { allowed, shop: await offersOf(order.retailerId, { householdId: order.householdId, gtins, now }) };
}

/** Who saw another quote than the one that stands is shown that first. */
async function stale(stored: StoredOrder): Promise<VisibleError> {
  const { status } = stored.order;
  const code = status === 'awaiting-approval' ? 'quote-changed' : status === 'proposed' ? 'not-yet-asked' : `already-${status}`;
  return new VisibleError(409, code, `the order is ${status}; refused: ${code}`, { current: await rowOf(stored) });
}
