/** The monthly statement, worked out each time from the orders, the supplies' own facts and the withdrawals: nothing of it is stored. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import type { EventEnvelope } from '../../shared/events.ts';
import { tierStanding, tierStandingSchema } from '../../shared/household/tier.ts';
import { monthSchema, statementOf, statementSchema } from '../../shared/order/statement/statement.ts';
import type { Overstocked, Returned, Spoiled } from '../../shared/order/statement/statement-figures.ts';
import type { BroughtElsewhere } from '../../shared/order/statement/statement-run-outs.ts';
import { householdIdSchema, localMonth, type HouseholdId } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { demandMember } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, type ApiEnvironment } from '../runtime/http.ts';
import { list, load } from '../runtime/store.ts';
import { notFound } from '../runtime/visible-error.ts';
import { shopNames, shopNamesSchema } from './shop-names.ts';

const ORDERS_READ = 2_000;
const answer = z.object({
  statement: statementSchema,
  /** The months that have anything to tell, the newest first. */
  months: z.array(monthSchema).max(240),
  shops: shopNamesSchema,
  /** How often goods come lately, which opens some perks. */
  standing: tierStandingSchema,
});

export const statementRoutes = {
  readStatement: createRoute({
    method: 'get',
    path: routes.readStatement.path,
    request: { params: z.object({ householdId: householdIdSchema, month: monthSchema }) },
    responses: gives(answer, 'The statement of the month, with the orders behind each figure'),
  }),
};

export function addStatementRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(statementRoutes.readStatement, async (context) => {
    const { householdId, month } = context.req.valid('param');
    await demandMember(context, routes.readStatement, householdId);
    const household = await load(kinds.household, keys.household(householdId));
    if (household === undefined) throw notFound('household');
    const { timeZone, createdAt } = household.state;
    const [orders, supplies, returned, rhythm] = await Promise.all([
      list(kinds.order, householdPk(householdId), 'ORDER#', ORDERS_READ),
      list(kinds.supply, householdPk(householdId), 'SUPPLY#'),
      returnedOf(householdId),
      load(kinds.rhythm, keys.rhythm(householdId)),
    ]);
    const told = supplies.flatMap(({ events }) => events);
    const now = productNow();
    const statement = statementOf({
      ...{ month, timeZone, now, returned },
      orders: orders.map(({ state: { order, record }, events }) => ({ order, record, events })),
      elsewhere: told.flatMap(broughtElsewhere),
      spoiled: told.flatMap(spoiledIn),
      overstocked: told.flatMap(overstockedIn),
    });
    const moments = [createdAt, now, ...orders.map(({ state }) => state.order.proposedAt)];
    const months = [...new Set(moments.map((at) => localMonth(at, timeZone)))].sort().reverse();
    const shops = await shopNames(orders.map(({ state }) => state.order.retailerId));
    return context.json(answer.parse({ statement, months, shops, standing: tierStanding(rhythm?.state, now) }), 200);
  });
}

/** A supply keeps its last sixteen facts: what is older than those no longer corrects an estimate. */
function broughtElsewhere({ type, data, time }: EventEnvelope): BroughtElsewhere[] {
  if (type === 'supply.refilled') return data.boughtElsewhere > 0 ? [{ supplyId: data.supplyId, at: time }] : [];
  return type === 'supply.counted' && data.how !== 'use' && data.inHouse > data.expected ? [{ supplyId: data.supplyId, at: time }] : [];
}

const spoiledIn = ({ type, data, time }: EventEnvelope): Spoiled[] =>
  type === 'supply.spoiled' ? [{ supplyId: data.supplyId, at: time, amount: data.amount }] : [];

const overstockedIn = ({ type, data, time }: EventEnvelope): Overstocked[] =>
  type === 'supply.overstocked' ? [{ supplyId: data.supplyId, orderId: data.orderId, at: time, amount: data.amount }] : [];

async function returnedOf(householdId: HouseholdId): Promise<Returned[]> {
  const withdrawals = await list(kinds.contractWithdrawal, householdPk(householdId), 'WITHDRAWAL#');
  return withdrawals.flatMap(({ state: { orderId, parts } }) => parts.map(({ declaredAt, lines }) => ({ orderId, at: declaredAt, lines })));
}
