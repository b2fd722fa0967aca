/** A person trusts us with an item before it has earned it, or again. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { allowAlone } from '../../shared/supply/automation/allow-alone.ts';
import { householdIdSchema, ignored, supplyIdSchema } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands } from '../runtime/put.ts';
import { change } from '../runtime/store.ts';
import { notFound } from '../runtime/visible-error.ts';
import { demandActor } from './actor.ts';
import { shown, supplyViewSchema } from './stock-routes.ts';

const params = z.object({ householdId: householdIdSchema, supplyId: supplyIdSchema });

export const trustRoutes = {
  trustSupply: createRoute({
    method: 'post',
    path: routes.trustSupply.path,
    request: { params },
    responses: gives(supplyViewSchema, 'The supply, which permissions that name it may buy now'),
  }),
};

export function addTrustRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(trustRoutes.trustSupply, async (context) => {
    const { householdId, supplyId } = context.req.valid('param');
    const { memberId } = await demandActor(context, routes.trustSupply, householdId);
    const result = await change(kinds.supply, keys.supply(householdId, supplyId), (before) =>
      before === undefined ? ignored('gone') : allowAlone(before, memberId, productNow()),
    );
    const supply = asItStands(result);
    if (supply === undefined || supply.removedAt !== undefined) throw notFound('supply');
    return context.json(await shown(supply, true), 200);
  });
}
