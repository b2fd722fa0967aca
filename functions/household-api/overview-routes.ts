/** What is in the house, how long it lasts, what the mandates have spent, and the story so far. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { deviceOverview, deviceOverviewSchema } from '../../shared/household/device-overview.ts';
import { householdSchema, isInHouse, isMember, memberSchema } from '../../shared/household/household.ts';
import { touchpointSchema } from '../../shared/journey/touchpoint.ts';
import { summarySchema } from '../../shared/journey/fold/summary.ts';
import { standingSchema } from '../../shared/journey/standing/standing.ts';
import { emptySpend, spendSchema } from '../../shared/order/mandate/spend.ts';
import { supplyOverview, supplyOverviewSchema } from '../../shared/supply/overview.ts';
import { householdIdSchema, type ThingName } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { demandAccess } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, type ApiEnvironment } from '../runtime/http.ts';
import { list, load } from '../runtime/store.ts';
import { notFound } from '../runtime/visible-error.ts';

const params = z.object({ householdId: householdIdSchema });
const overviewSchema = z.object({
  household: householdSchema,
  members: z.array(memberSchema),
  devices: z.array(deviceOverviewSchema),
  supplies: z.array(supplyOverviewSchema),
  spend: spendSchema,
});
const journeySchema = z.object({ touchpoints: z.array(touchpointSchema), summary: summarySchema.optional(), standing: standingSchema.optional() });

export const overviewRoutes = {
  readHousehold: createRoute({
    method: 'get',
    path: routes.readHousehold.path,
    request: { params },
    responses: gives(overviewSchema, 'The household at a glance'),
  }),
  readJourney: createRoute({
    method: 'get',
    path: routes.readJourney.path,
    request: { params, query: z.object({ since: z.string().max(24).default('') }) },
    responses: gives(journeySchema, 'Touchpoints in the order of their own time, what they come to, and where the household stands by them'),
  }),
};

export function addOverviewRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(overviewRoutes.readHousehold, async (context) => {
    const { householdId } = context.req.valid('param');
    await demandAccess(context, routes.readHousehold, householdId);
    const household = await load(kinds.household, keys.household(householdId));
    if (household === undefined) throw notFound('household');
    const pk = householdPk(householdId);
    const [members, devices, supplies, spend] = await Promise.all([
      list(kinds.member, pk, 'MEMBER#'),
      list(kinds.device, pk, 'DEVICE#'),
      list(kinds.supply, pk, 'SUPPLY#'),
      load(kinds.spend, keys.spend(householdId)),
    ]);
    const now = productNow();
    const readAt = (thing: ThingName) => supplies.flatMap(({ state }) => (state.thing === thing ? (state.lastReading?.sampledAt ?? []) : []));
    const overview = {
      household: household.state,
      members: members.map(({ state }) => state).filter(isMember),
      devices: devices.flatMap(({ state }) => (isInHouse(state) ? [deviceOverview(state, now, readAt(state.thing))] : [])),
      supplies: supplies.flatMap(({ state }) => (state.removedAt === undefined ? [supplyOverview(state, now)] : [])),
      spend: spend?.state ?? emptySpend(householdId),
    };
    return context.json(overviewSchema.parse(overview), 200);
  });

  api.openapi(overviewRoutes.readJourney, async (context) => {
    const { householdId } = context.req.valid('param');
    await demandAccess(context, routes.readJourney, householdId);
    const { since } = context.req.valid('query');
    const [touchpoints, summary, standing] = await Promise.all([
      list(kinds.touchpoint, householdPk(householdId), 'TP#', 5_000),
      load(kinds.journey, keys.journey(householdId)),
      load(kinds.standing, keys.standing(householdId)),
    ]);
    const journey = {
      touchpoints: touchpoints.map(({ state }) => state).filter(({ at }) => at >= since),
      ...(summary && { summary: summary.state }),
      ...(standing && { standing: standing.state }),
    };
    return context.json(journeySchema.parse(journey), 200);
  });
}
