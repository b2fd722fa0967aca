/** A person's yes, no and never mind. The yes counts only with the hash of what was shown, under a button with the words of the law. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes, type Route } from '../../shared/api/routes.ts';
import { screenSchema } from '../../shared/event-parts.ts';
import { approvalEvidenceSchema, recordApproval } from '../../shared/order/record.ts';
import { approvalIdSchema, householdIdSchema, orderIdSchema, type HouseholdId } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { demandAccess, demandMember } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiContext, type ApiEnvironment } from '../runtime/http.ts';
import { list, load } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';
import { mustApprove } from './mandate-routes.ts';
import { decided, orderRowSchema, orderViewSchema, rowsOf, viewOf } from './order-view.ts';

const params = z.object({ householdId: householdIdSchema, orderId: orderIdSchema });
const reasonBody = z.strictObject({ reason: z.string().min(1).max(200) });
/** `screen`: where the person stood before it, when it was not the app. */
const declineBody = reasonBody.extend({
  screen: screenSchema.optional(),
  /** In the person's own words: kept with the order and told to nobody. */
  comment: z.string().trim().min(1).max(200).optional(),
});
const approveBody = z.strictObject({
  /** Made by the app before sending, so that the same tap sent twice is one approval. */
  approvalId: approvalIdSchema,
  quoteHash: z.string().regex(/^[0-9a-f]{64}$/),
  evidence: z.strictObject({ wordingVersion: z.string(), buttonText: z.string(), language: z.enum(['de', 'en']) }),
  screen: screenSchema.optional(),
});

const orderList = z.object({ orders: z.array(orderRowSchema) });

export const orderRoutes = {
  listOrders: createRoute({
    method: 'get',
    path: routes.listOrders.path,
    request: { params: z.object({ householdId: householdIdSchema }), query: z.object({ status: z.string().max(40).optional() }) },
    responses: gives(orderList, 'The orders of the household, the newest first'),
  }),
  readOrder: createRoute({ method: 'get', path: routes.readOrder.path, request: { params }, responses: gives(orderViewSchema, 'One order and why') }),
  approveOrder: createRoute({
    method: 'post',
    path: routes.approveOrder.path,
    request: { params, ...takes(approveBody) },
    responses: gives(orderViewSchema, 'Approved'),
  }),
  declineOrder: createRoute({
    method: 'post',
    path: routes.declineOrder.path,
    request: { params, ...takes(declineBody) },
    responses: gives(orderViewSchema, 'Declined'),
  }),
  withdrawOrder: createRoute({
    method: 'post',
    path: routes.withdrawOrder.path,
    request: { params, ...takes(reasonBody) },
    responses: gives(orderViewSchema, 'Withdrawn'),
  }),
};

export function addOrderRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(orderRoutes.listOrders, async (context) => {
    const { householdId } = context.req.valid('param');
    await demandAccess(context, routes.listOrders, householdId);
    const { status } = context.req.valid('query');
    const orders = (await list(kinds.order, householdPk(householdId), 'ORDER#'))
      .map(({ state }) => state)
      .filter(({ order }) => status === undefined || order.status === status)
      .sort((a, b) => (a.order.proposedAt < b.order.proposedAt ? 1 : -1));
    return context.json(orderList.parse({ orders: await rowsOf(orders) }), 200);
  });

  api.openapi(orderRoutes.readOrder, async (context) => {
    const { householdId, orderId } = context.req.valid('param');
    await demandAccess(context, routes.readOrder, householdId);
    const stored = await load(kinds.order, keys.order(householdId, orderId));
    if (stored === undefined) throw notFound('order');
    return context.json(await viewOf(stored.state), 200);
  });

  api.openapi(orderRoutes.approveOrder, async (context) => {
    const { householdId, orderId } = context.req.valid('param');
    const memberId = await memberWhoMayApprove(context, routes.approveOrder, householdId);
    const { approvalId, quoteHash, evidence, screen } = context.req.valid('json');
    const shown = approvalEvidenceSchema.safeParse({ ...evidence, quoteHash });
    if (!shown.success) throw new VisibleError(422, 'wrong-button', 'an order is approved under a button with the words that the law asks for');
    const by = { kind: 'person', memberId, approvalId, ...(screen !== undefined && { screen }) } as const;
    const at = productNow();
    const view = await decided({ householdId, orderId }, { type: 'approve', by, quoteHash, now: at }, at, (record) =>
      recordApproval(record, by, at, shown.data),
    );
    return context.json(view, 200);
  });

  api.openapi(orderRoutes.declineOrder, async (context) => {
    const { householdId, orderId } = context.req.valid('param');
    const memberId = await memberWhoMayApprove(context, routes.declineOrder, householdId);
    const { comment, ...said } = context.req.valid('json');
    const at = productNow();
    const refusal = { memberId, at, reason: said.reason, ...(comment !== undefined && { comment }) };
    const view = await decided({ householdId, orderId }, { type: 'decline', memberId, ...said }, at, (record) => ({ ...record, refusal }));
    return context.json(view, 200);
  });

  api.openapi(orderRoutes.withdrawOrder, async (context) => {
    const { householdId, orderId } = context.req.valid('param');
    const memberId = await memberWhoMayApprove(context, routes.withdrawOrder, householdId);
    return context.json(await decided({ householdId, orderId }, { type: 'withdraw', memberId, ...context.req.valid('json') }, productNow()), 200);
  });
}

const memberWhoMayApprove = async (context: ApiContext, route: Route, householdId: HouseholdId) =>
  mustApprove(await demandMember(context, route, householdId)).memberId;
