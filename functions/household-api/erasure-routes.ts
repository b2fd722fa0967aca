/** Being forgotten (GDPR Art. 17) in two steps: what would go and what has to stay is shown first, and the yes repeats the household's name. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { erasureSchema, isOnItsWay, isUnsolved, isUntold, requestErasure, voucherOf } from '../../shared/household/erasure.ts';
import { isInHouse, isMember } from '../../shared/household/household.ts';
import { orderSchema } from '../../shared/order/order-state.ts';
import { caseSchema } from '../../shared/support/case.ts';
import { householdIdSchema, instantSchema, latest, orderIdSchema, retailerIdSchema, type HouseholdId } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands } from '../runtime/put.ts';
import { change, list, load } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';
import { demandOwner } from './actor.ts';

const params = z.object({ householdId: householdIdSchema });
const count = z.int().min(0);
const planSchema = z.object({
  name: z.string(),
  goes: z.object({ members: count, devices: count, supplies: count, orders: count }),
  /** Kept without household, name or address; absent when nothing was ever delivered. */
  stays: z.object({ vouchers: count, until: instantSchema }).optional(),
  /** These have to end first. */
  onTheirWay: z.array(
    z.object({ orderId: orderIdSchema, retailerId: retailerIdSchema, status: z.enum(orderSchema.options.map((one) => one.shape.status.value)) }),
  ),
  /** These have to be solved first; a member may say so. */
  unsolved: z.array(caseSchema.pick({ caseId: true, kind: true, about: true })),
  /** Withdrawals that their shop hears of within seconds; so long it waits. */
  untold: count,
});
const requestBody = z.strictObject({
  /** Typed by the person, so that no slip erases a household. */
  householdName: z.string().min(1).max(80),
});

export const erasureRoutes = {
  planErasure: createRoute({
    method: 'get',
    path: routes.planErasure.path,
    request: { params },
    responses: gives(planSchema, 'What would go, what would stay, and what stands in the way'),
  }),
  requestErasure: createRoute({
    method: 'post',
    path: routes.requestErasure.path,
    request: { params, ...takes(requestBody) },
    responses: gives(erasureSchema, 'It has begun'),
  }),
};

export function addErasureRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(erasureRoutes.planErasure, async (context) => {
    const { householdId } = context.req.valid('param');
    await demandOwner(context, routes.planErasure, householdId);
    return context.json(planSchema.parse(await plan(householdId)), 200);
  });

  api.openapi(erasureRoutes.requestErasure, async (context) => {
    const { householdId } = context.req.valid('param');
    const { memberId } = await demandOwner(context, routes.requestErasure, householdId);
    const { name, onTheirWay, unsolved, untold } = await plan(householdId);
    if (context.req.valid('json').householdName.trim() !== name) throw new VisibleError(422, 'another-name', 'expected the name of the household');
    if (onTheirWay.length > 0) throw new VisibleError(409, 'orders-on-their-way', 'orders are on their way: they have to arrive or be cancelled first');
    if (unsolved.length > 0) throw new VisibleError(409, 'cases-unsolved', 'reported problems are not solved: they have to be solved first');
    if (untold > 0) throw new VisibleError(409, 'withdrawals-untold', 'a withdrawal is on its way to the shop: try again in a minute');
    const result = await change(kinds.erasure, keys.erasure(householdId), (erasure) => requestErasure(erasure, householdId, memberId, productNow()));
    return context.json(erasureSchema.parse(asItStands(result)), 200);
  });
}

async function plan(householdId: HouseholdId): Promise<z.infer<typeof planSchema>> {
  const household = await load(kinds.household, keys.household(householdId));
  if (household === undefined) throw notFound('household');
  const pk = householdPk(householdId);
  const [members, devices, supplies, stored, cases, withdrawals] = await Promise.all([
    list(kinds.member, pk, 'MEMBER#'),
    list(kinds.device, pk, 'DEVICE#'),
    list(kinds.supply, pk, 'SUPPLY#'),
    list(kinds.order, pk, 'ORDER#', Infinity),
    list(kinds.case, pk, 'CASE#', Infinity),
    list(kinds.contractWithdrawal, pk, 'WITHDRAWAL#', Infinity),
  ]);
  const orders = stored.map(({ state }) => state.order);
  const [first, ...more] = orders.flatMap((order) => voucherOf(order) ?? []);
  return {
    name: household.state.name,
    goes: {
      members: members.filter(({ state }) => isMember(state)).length,
      devices: devices.filter(({ state }) => isInHouse(state)).length,
      supplies: supplies.length,
      orders: orders.length,
    },
    ...(first !== undefined && { stays: { vouchers: more.length + 1, until: latest(first.keepUntil, ...more.map(({ keepUntil }) => keepUntil)) } }),
    onTheirWay: orders.filter(isOnItsWay).map(({ orderId, retailerId, status }) => ({ orderId, retailerId, status })),
    unsolved: cases.flatMap(({ state }) => (isUnsolved(state) ? [{ caseId: state.caseId, kind: state.kind, about: state.about }] : [])),
    untold: withdrawals.filter(({ state }) => isUntold(state)).length,
  };
}
