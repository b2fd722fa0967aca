/** The shopping list of a household: everybody adds to it, ticks off and puts back, one entry at a time. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes, type Route } from '../../shared/api/routes.ts';
import {
  decideList,
  entryChangeSchema,
  LIST_MAX,
  listEntrySchema,
  newEntrySchema,
  newShoppingList,
  type ListCommand,
  type ShoppingList,
} from '../../shared/household/shopping-list.ts';
import { householdIdSchema, listEntryIdSchema, supplyIdSchema, type HouseholdId } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { demandMember } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiContext, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands } from '../runtime/put.ts';
import { change, list, load } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';
import { demandActor } from './actor.ts';

const household = z.object({ householdId: householdIdSchema });
const params = household.extend({ entryId: listEntryIdSchema });
/** `turn` as it was shown: whoever is late changes nothing. */
const turnBody = z.strictObject({ state: z.enum(['bought', 'removed', 'open']), turn: z.int().min(1) });
const COMMANDS = { bought: 'buy', removed: 'remove', open: 'reopen' } as const;

export const listView = z.object({
  entries: z.array(
    listEntrySchema.extend({
      /** Nachschub looks after this product already. */
      supply: z.strictObject({ supplyId: supplyIdSchema, name: z.string() }).optional(),
    }),
  ),
});
const answers = gives(listView, 'The list as it stands now: what is open, and what was closed lately');

export const listRoutes = {
  readList: createRoute({ method: 'get', path: routes.readList.path, request: { params: household }, responses: answers }),
  addListItem: createRoute({ method: 'put', path: routes.addListItem.path, request: { params, ...takes(newEntrySchema) }, responses: answers }),
  changeListItem: createRoute({ method: 'post', path: routes.changeListItem.path, request: { params, ...takes(entryChangeSchema) }, responses: answers }),
  turnListItem: createRoute({ method: 'post', path: routes.turnListItem.path, request: { params, ...takes(turnBody) }, responses: answers }),
};

export function addListRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(listRoutes.readList, async (context) => {
    const { householdId } = context.req.valid('param');
    await demandMember(context, routes.readList, householdId);
    const stored = await load(kinds.shoppingList, keys.shoppingList(householdId));
    return context.json(await viewOf(stored?.state ?? newShoppingList(householdId)), 200);
  });

  api.openapi(listRoutes.addListItem, async (context) => {
    const { householdId, entryId } = context.req.valid('param');
    const memberId = await whoWrites(context, routes.addListItem, householdId);
    const entry = context.req.valid('json');
    return context.json(await tell(householdId, { type: 'add', entryId, memberId, entry, now: productNow() }), 200);
  });

  api.openapi(listRoutes.changeListItem, async (context) => {
    const { householdId, entryId } = context.req.valid('param');
    const memberId = await whoWrites(context, routes.changeListItem, householdId);
    return context.json(await tell(householdId, { type: 'change', entryId, memberId, change: context.req.valid('json'), now: productNow() }), 200);
  });

  api.openapi(listRoutes.turnListItem, async (context) => {
    const { householdId, entryId } = context.req.valid('param');
    const memberId = await whoWrites(context, routes.turnListItem, householdId);
    const { state, turn } = context.req.valid('json');
    return context.json(await tell(householdId, { type: COMMANDS[state], entryId, memberId, turn, now: productNow() }), 200);
  });
}

const whoWrites = async (context: ApiContext, route: Route, householdId: HouseholdId) => (await demandActor(context, route, householdId)).memberId;

async function tell(householdId: HouseholdId, command: ListCommand) {
  const result = await change(kinds.shoppingList, keys.shoppingList(householdId), (stored) => decideList(stored ?? newShoppingList(householdId), command));
  if (result.kind === 'rejected' && result.reason === 'list-full') throw new VisibleError(409, 'list-full', `a list holds at most ${LIST_MAX} things`);
  if (result.kind === 'rejected') throw notFound('entry');
  return viewOf(asItStands(result) ?? newShoppingList(householdId));
}

async function viewOf({ householdId, entries }: ShoppingList) {
  const isNamed = entries.some(({ gtin }) => gtin !== undefined);
  const supplies = isNamed ? (await list(kinds.supply, householdPk(householdId), 'SUPPLY#')).map(({ state }) => state) : [];
  const ofProduct = (gtin: string | undefined) =>
    supplies.find(({ products, removedAt }) => removedAt === undefined && products.some((product) => product.gtin === gtin));
  return listView.parse({
    entries: entries.map((entry) => {
      const supply = ofProduct(entry.gtin);
      return { ...entry, ...(supply && { supply: { supplyId: supply.supplyId, name: supply.name } }) };
    }),
  });
}
