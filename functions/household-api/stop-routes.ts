/** The stop switches: nothing is bought automatically in the household, for an item or at a shop until somebody lifts it. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { stopIdSchema, stopReasonSchema, stopsSchema, type StopId } from '../../shared/order/mandate/stop.ts';
import { householdIdSchema, supplyIdSchema, type HouseholdId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { load } from '../runtime/store.ts';
import { notFound } from '../runtime/visible-error.ts';
import { decideOnSpend, memberWhoMayApprove } from './mandate-routes.ts';

const params = z.object({ householdId: householdIdSchema, stopId: stopIdSchema });
const stopBody = z.strictObject({ because: stopReasonSchema });
const stopList = z.object({ stops: stopsSchema });

export const stopRoutes = {
  setStop: createRoute({
    method: 'put',
    path: routes.setStop.path,
    request: { params, ...takes(stopBody) },
    responses: gives(stopList, 'All stops as they stand now'),
  }),
  liftStop: createRoute({ method: 'delete', path: routes.liftStop.path, request: { params }, responses: gives(stopList, 'The stops that are left') }),
};

export function addStopRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(stopRoutes.setStop, async (context) => {
    const { householdId, stopId } = context.req.valid('param');
    const { memberId } = await memberWhoMayApprove(context, routes.setStop, householdId);
    await mustExist(householdId, stopId);
    const { because } = context.req.valid('json');
    const spend = await decideOnSpend(householdId, { type: 'stop', stop: { kind: 'member', stopId, memberId, because, at: productNow() } });
    return context.json({ stops: spend?.stops ?? [] }, 200);
  });

  api.openapi(stopRoutes.liftStop, async (context) => {
    const { householdId, stopId } = context.req.valid('param');
    const { memberId } = await memberWhoMayApprove(context, routes.liftStop, householdId);
    const before = (await load(kinds.spend, keys.spend(householdId)))?.state;
    // What is stopped can be lifted, also when the shop is no longer linked.
    if (!before?.stops.some((stop) => stop.stopId === stopId)) await mustExist(householdId, stopId);
    const spend = await decideOnSpend(householdId, { type: 'lift', stopId, memberId, now: productNow() });
    return context.json({ stops: spend?.stops ?? [] }, 200);
  });
}

/** An item of this house, or a shop that it has linked. */
async function mustExist(householdId: HouseholdId, stopId: StopId): Promise<void> {
  if (stopId === 'household') return;
  const supplyId = supplyIdSchema.safeParse(stopId);
  if (supplyId.success) {
    if ((await load(kinds.supply, keys.supply(householdId, supplyId.data))) === undefined) throw notFound('supply');
    return;
  }
  const household = (await load(kinds.household, keys.household(householdId)))?.state;
  if (!household?.shops.some(({ retailerId }) => retailerId === stopId)) throw notFound('shop');
}
