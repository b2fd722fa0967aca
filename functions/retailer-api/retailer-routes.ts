/** Shops as an operator sets them up, and what a shop's own machine may read: the log of what was delivered to it, and its orders. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { canonicalJson } from '../../shared/digest.ts';
import { deliverySchema } from '../../shared/retailer/delivery.ts';
import { retailerSchema } from '../../shared/retailer/retailer.ts';
import { ignored, retailerIdSchema } from '../../shared/values.ts';
import { keys, kinds, retailerPk } from '../runtime/aggregates.ts';
import { demandRetailer, demandScope } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands } from '../runtime/put.ts';
import { keysOf } from './key-routes.ts';
import { change, list } from '../runtime/store.ts';

const params = z.object({ retailerId: retailerIdSchema });
/** The keys are shown to the operator who hands them to the shop; they are derived anew each time and stored nowhere. */
const withKeys = z.object({ retailer: retailerSchema, keys: z.object({ toRetailer: z.string(), fromRetailer: z.string() }) });

const retailerOrderSchema = deliverySchema.options[0].pick({ orderId: true, messageId: true, createdAt: true, acceptBefore: true }).extend({
  /** Of the message that places it. */
  delivery: z.enum(deliverySchema.options.map((option) => option.shape.status.value)),
  attempts: z.int().min(0),
});

const putRetailer = createRoute({
  method: 'put',
  path: routes.putRetailer.path,
  request: { params, ...takes(retailerSchema.pick({ name: true, webhookUrl: true, apiUrl: true })) },
  responses: gives(withKeys, 'The shop as it stands now, with the keys of both directions'),
});
const readDeliveries = createRoute({
  method: 'get',
  path: routes.readDeliveries.path,
  request: { params },
  responses: gives(z.object({ deliveries: z.array(deliverySchema) }), 'Messages to the shop and their attempts'),
});
const listOrders = createRoute({
  method: 'get',
  path: routes.listRetailerOrders.path,
  request: { params },
  responses: gives(z.object({ orders: z.array(retailerOrderSchema) }), 'The orders that were sent to the shop, as we see them; the newest first'),
});

export function addRetailerRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(putRetailer, async (context) => {
    demandScope(context, routes.putRetailer);
    const { retailerId } = context.req.valid('param');
    const body = context.req.valid('json');
    const result = await change(kinds.retailer, keys.retailer(retailerId), (before) => {
      // Whoever puts a shop has looked at it: one that had been disabled takes orders again.
      const { disabled: _, conformance, ...kept } = before ?? { retailerId, keyGeneration: 1, disabled: undefined, conformance: undefined };
      // It was the endpoint that passed, and another one has to pass anew.
      const isSamePlace = before?.webhookUrl === body.webhookUrl && before.apiUrl === body.apiUrl;
      const after = { ...kept, ...(isSamePlace && conformance && { conformance }), ...body };
      return canonicalJson(before) === canonicalJson(after) ? ignored('nothing-changed') : { kind: 'changed', state: after, events: [] };
    });
    const retailer = retailerSchema.parse(asItStands(result));
    const { toRetailer, fromRetailer } = await keysOf(retailer, productNow());
    return context.json(withKeys.parse({ retailer, keys: { toRetailer: toRetailer[0], fromRetailer: fromRetailer[0] } }), 200);
  });

  api.openapi(readDeliveries, async (context) => {
    const { retailerId } = context.req.valid('param');
    demandRetailer(context, routes.readDeliveries, retailerId);
    const deliveries = await list(kinds.delivery, retailerPk(retailerId), 'DELIVERY#');
    return context.json({ deliveries: deliveries.map(({ state }) => deliverySchema.parse(state)) }, 200);
  });

  // From the deliveries alone: an order's own state is the household's, and the shop knows best what it has done with it.
  api.openapi(listOrders, async (context) => {
    const { retailerId } = context.req.valid('param');
    demandRetailer(context, routes.listRetailerOrders, retailerId);
    const deliveries = await list(kinds.delivery, retailerPk(retailerId), 'DELIVERY#');
    const placed = deliveries.filter(({ state }) => state.type === 'order.placed' && state.sample !== true);
    const orders = placed.map(({ state: { orderId, messageId, createdAt, acceptBefore, status, attempts } }) => ({
      ...{ orderId, messageId, createdAt, acceptBefore, delivery: status, attempts: attempts.length },
    }));
    orders.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    return context.json({ orders: orders.map((order) => retailerOrderSchema.parse(order)) }, 200);
  });
}
