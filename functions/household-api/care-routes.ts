/** What people decide about their supplies: which there are, how each is looked after, and what nobody here eats. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { canonicalJson } from '../../shared/digest.ts';
import { dietTagSchema } from '../../shared/household/diet-tag.ts';
import { householdSchema, type Household } from '../../shared/household/household.ts';
import { orderPreferencesSchema } from '../../shared/household/order-preferences.ts';
import { productSchema } from '../../shared/retailer/product-search.ts';
import { newSupply } from '../../shared/supply/new-supply.ts';
import { ownSupplyConfig, ownSupplySchema } from '../../shared/supply/own-supply.ts';
import { changeSettings, removeSupply, settingsChangeSchema } from '../../shared/supply/settings.ts';
import type { Supply } from '../../shared/supply/supply.ts';
import { gtinSchema, householdIdSchema, ignored, supplyIdSchema, type HouseholdId, type RetailerId } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { householdWait } from '../runtime/household-wait.ts';
import { asItStands } from '../runtime/put.ts';
import { change, list, load, type Change } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';
import { demandActor } from './actor.ts';
import { knownProducts, searchProducts } from './products.ts';
import { shown, supplyViewSchema } from './stock-routes.ts';

const SUPPLIES_MAX = 200;

const household = z.object({ householdId: householdIdSchema });
const params = household.extend({ supplyId: supplyIdSchema });
const settingsBody = settingsChangeSchema.extend({
  /** In order of preference; each is one that the supply has already, or that a linked shop sells. */
  products: z.array(gtinSchema).min(1).max(8).optional(),
});
/** Without a word: the first of everything. */
const search = z.object({ search: z.string().trim().max(60).default('') });
const dietBody = z.strictObject({ avoid: z.array(dietTagSchema).max(18) });

export const careRoutes = {
  addOwnSupply: createRoute({
    method: 'post',
    path: routes.addOwnSupply.path,
    request: { params: household, ...takes(ownSupplySchema) },
    responses: gives(supplyViewSchema, 'The supply as it stands now'),
  }),
  changeSupply: createRoute({
    method: 'post',
    path: routes.changeSupply.path,
    request: { params, ...takes(settingsBody) },
    responses: gives(supplyViewSchema, 'The supply as it is looked after now'),
  }),
  removeSupply: createRoute({
    method: 'delete',
    path: routes.removeSupply.path,
    request: { params },
    responses: gives(z.object({ supplyId: supplyIdSchema }), 'It is looked after no longer'),
  }),
  searchProducts: createRoute({
    method: 'get',
    path: routes.searchProducts.path,
    request: { params: household, query: search },
    responses: gives(z.object({ products: z.array(productSchema) }), 'What the linked shops sell under these words'),
  }),
  changeDiet: createRoute({
    method: 'put',
    path: routes.changeDiet.path,
    request: { params: household, ...takes(dietBody) },
    responses: gives(dietBody, 'What nobody here eats or drinks'),
  }),
  changePreferences: createRoute({
    method: 'put',
    path: routes.changePreferences.path,
    request: { params: household, ...takes(orderPreferencesSchema) },
    responses: gives(orderPreferencesSchema, 'What is wanted of orders from now on'),
  }),
};

export function addCareRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(careRoutes.addOwnSupply, async (context) => {
    const { householdId } = context.req.valid('param');
    await demandActor(context, routes.addOwnSupply, householdId);
    const own = context.req.valid('json');
    const products = await knownProducts(await theHousehold(householdId), own.products);
    const config = ownSupplyConfig(householdId, own, products);
    if (config === undefined) throw new VisibleError(422, 'another-unit', 'all amounts are in the unit of the packs, and something is used each week');
    await demandRoom(householdId);
    const wait = await householdWait(householdId);
    const { supplyId } = own;
    const result = await change(kinds.supply, keys.supply(householdId, supplyId), (before) =>
      before === undefined
        ? { kind: 'changed', state: newSupply(config, productNow(), undefined, wait), events: [{ type: 'supply.added', data: { householdId, supplyId } }] }
        : ignored('already-added'),
    );
    return context.json(await shown(standing(result), true), 200);
  });

  api.openapi(careRoutes.changeSupply, async (context) => {
    const { householdId, supplyId } = context.req.valid('param');
    const { memberId } = await demandActor(context, routes.changeSupply, householdId);
    const { products: gtins, ...settings } = context.req.valid('json');
    const home = await theHousehold(householdId);
    demandLinked(home, settings.shops ?? []);
    const supply = (await load(kinds.supply, keys.supply(householdId, supplyId)))?.state;
    if (supply === undefined) throw notFound('supply');
    const known =
      gtins &&
      (await knownProducts(
        home,
        [...new Set(gtins)].map((gtin) => ({ gtin })),
        supply.products,
      ));
    const products = known?.map(({ gtin, pack }) => ({ gtin, pack }));
    const result = await change(kinds.supply, keys.supply(householdId, supplyId), (before) =>
      before === undefined ? ignored('gone') : changeSettings(before, settings, { memberId, now: productNow(), products }),
    );
    if (result.kind === 'rejected' && result.reason === 'another-unit')
      throw new VisibleError(422, 'another-unit', 'all products of a supply are measured in one unit');
    return context.json(await shown(standing(result), true), 200);
  });

  api.openapi(careRoutes.removeSupply, async (context) => {
    const { householdId, supplyId } = context.req.valid('param');
    const { memberId } = await demandActor(context, routes.removeSupply, householdId);
    const result = await change(kinds.supply, keys.supply(householdId, supplyId), (before) =>
      before === undefined ? ignored('gone') : removeSupply(before, memberId, productNow()),
    );
    if (result.kind === 'rejected') throw new VisibleError(409, 'has-device', 'a device measures this supply: take it out of its slot first');
    if (asItStands(result) === undefined) throw notFound('supply');
    return context.json({ supplyId }, 200);
  });

  addHouseholdCare(api);
}

function addHouseholdCare(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(careRoutes.searchProducts, async (context) => {
    const { householdId } = context.req.valid('param');
    await demandActor(context, routes.searchProducts, householdId);
    const products = await searchProducts(await theHousehold(householdId), context.req.valid('query').search, productNow());
    return context.json({ products }, 200);
  });

  api.openapi(careRoutes.changeDiet, async (context) => {
    const { householdId } = context.req.valid('param');
    const { memberId } = await demandActor(context, routes.changeDiet, householdId);
    const avoid = [...new Set(context.req.valid('json').avoid)].sort();
    await change(kinds.household, keys.household(householdId), (before) => {
      if (before === undefined) throw notFound('household');
      if (avoid.join() === (before.avoid ?? []).join()) return ignored('nothing-changed');
      return { kind: 'changed', state: { ...before, avoid }, events: [{ type: 'diet.changed', data: { householdId, memberId } }] };
    });
    return context.json({ avoid }, 200);
  });

  api.openapi(careRoutes.changePreferences, async (context) => {
    const { householdId } = context.req.valid('param');
    await demandActor(context, routes.changePreferences, householdId);
    const body = context.req.valid('json');
    const preferences = { ...body, shops: [...new Set(body.shops)].sort() };
    await change(kinds.household, keys.household(householdId), (before) => {
      if (before === undefined) throw notFound('household');
      demandLinked(before, preferences.shops);
      return canonicalJson(before.preferences) === canonicalJson(preferences)
        ? ignored('nothing-changed')
        : { kind: 'changed', state: { ...before, preferences }, events: [] };
    });
    return context.json(preferences, 200);
  });
}

function demandLinked({ shops }: Household, asked: readonly RetailerId[]): void {
  const foreign = asked.find((retailerId) => !shops.some((shop) => shop.retailerId === retailerId));
  if (foreign !== undefined) throw new VisibleError(422, 'shop-not-linked', `the household has no account with ${foreign}`);
}

async function theHousehold(householdId: HouseholdId): Promise<Household> {
  const stored = await load(kinds.household, keys.household(householdId));
  if (stored === undefined) throw notFound('household');
  return householdSchema.parse(stored.state);
}

function standing(result: Change<Supply>): Supply {
  const supply = asItStands(result);
  if (supply === undefined || supply.removedAt !== undefined) throw notFound('supply');
  return supply;
}

async function demandRoom(householdId: HouseholdId): Promise<void> {
  if ((await list(kinds.supply, householdPk(householdId), 'SUPPLY#')).length < SUPPLIES_MAX) return;
  throw new VisibleError(409, 'too-many-supplies', `a household has at most ${SUPPLIES_MAX} supplies`);
}
