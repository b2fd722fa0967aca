/** One supply in full, and what a person says of it: counted, brought in, used up, thrown away. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { mayApprove } from '../../shared/household/household.ts';
import { expectedDelivery } from '../../shared/order/expected-delivery.ts';
import { takeByHand, type HandCommand } from '../../shared/supply/by-hand.ts';
import { supplyDetail, supplyDetailSchema } from '../../shared/supply/detail.ts';
import { handIdSchema, type Supply } from '../../shared/supply/supply.ts';
import { gtinSchema, ignored, orderIdSchema, quantitySchema, supplyIdSchema, toBase, householdIdSchema, type HouseholdId } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { demandAccess } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands } from '../runtime/put.ts';
import { change, list, load } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';
import { offersOfShops } from '../propose-order/shops.ts';
import { demandActor } from './actor.ts';
import { shopNames, shopNamesSchema } from './shop-names.ts';

/** With the names that stand on a screen: of the shops that may be asked, and of the products as they are sold. */
export const supplyViewSchema = supplyDetailSchema.extend({
  shops: shopNamesSchema,
  titles: z.array(z.strictObject({ gtin: gtinSchema, title: z.string() })).max(8),
});
export type SupplyView = z.infer<typeof supplyViewSchema>;

const household = z.object({ householdId: householdIdSchema });
const params = household.extend({ supplyId: supplyIdSchema });
const countBody = z.strictObject({
  /** Made by the app before sending, so that the same tap sent twice is one count. */
  countId: handIdSchema,
  ...quantitySchema.shape,
  /** Whether what is on its way is among it; left out, a surplus is taken to be it. */
  arrived: z.boolean().optional(),
});
const stockBody = z.strictObject({
  entryId: handIdSchema,
  gtin: gtinSchema,
  /** Brought in, or used up when below 0. */
  packs: z
    .int()
    .min(-99)
    .max(99)
    .refine((packs) => packs !== 0, 'expected packs that come or go'),
  /** Of packs that go: they were thrown away. */
  spoiled: z.literal(true).optional(),
  /** Where several supplies of the house are this product. */
  supplyId: supplyIdSchema.optional(),
});

export const stockRoutes = {
  readSupply: createRoute({
    method: 'get',
    path: routes.readSupply.path,
    request: { params },
    responses: gives(supplyViewSchema, 'The supply, and how it goes on'),
  }),
  countSupply: createRoute({
    method: 'post',
    path: routes.countSupply.path,
    request: { params, ...takes(countBody) },
    responses: gives(supplyViewSchema, 'The supply after the count'),
  }),
  enterStock: createRoute({
    method: 'post',
    path: routes.enterStock.path,
    request: { params: household, ...takes(stockBody) },
    responses: gives(supplyViewSchema, 'The supply that the product belongs to, after the entry'),
  }),
};

export function addStockRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(stockRoutes.readSupply, async (context) => {
    const { householdId, supplyId } = context.req.valid('param');
    const caller = await demandAccess(context, routes.readSupply, householdId);
    const supply = (await load(kinds.supply, keys.supply(householdId, supplyId)))?.state;
    if (supply === undefined || supply.removedAt !== undefined) throw notFound('supply');
    return context.json(await shown(supply, caller.kind === 'member' && mayApprove(caller.member)), 200);
  });

  api.openapi(stockRoutes.countSupply, async (context) => {
    const { householdId, supplyId } = context.req.valid('param');
    await demandActor(context, routes.countSupply, householdId);
    const { countId, amount, unit, arrived } = context.req.valid('json');
    const counted = toBase({ amount, unit });
    const supply = await enter(keys.supply(householdId, supplyId), (before) => {
      if (counted.unit !== before.unit) throw new VisibleError(422, 'another-unit', `this supply is counted in ${before.unit}`);
      return { type: 'count', handId: countId, amount: counted.amount, arrived };
    });
    return context.json(await shown(supply, true), 200);
  });

  api.openapi(stockRoutes.enterStock, async (context) => {
    const { householdId } = context.req.valid('param');
    await demandActor(context, routes.enterStock, householdId);
    const { entryId, gtin, packs, spoiled, supplyId } = context.req.valid('json');
    if (spoiled && packs > 0) throw new VisibleError(400, 'bad-request', 'packs: what was thrown away has gone, so expected less than 0');
    const found = await findSupply(householdId, { entryId, gtin, supplyId });
    const supply = await enter(keys.supply(householdId, found.supplyId), (before) => {
      const pack = before.products.find((product) => product.gtin === gtin)?.pack.amount ?? 0;
      return { type: packs > 0 ? 'add' : spoiled ? 'spoil' : 'use', handId: entryId, amount: Math.round(Math.abs(packs) * pack * 1_000) / 1_000 };
    });
    return context.json(await shown(supply, true), 200);
  });
}

/** A repeat of an entry finds the supply that took it the first time, whatever was added since. */
async function findSupply(householdId: HouseholdId, entry: { entryId: string; gtin: string; supplyId: string | undefined }): Promise<Supply> {
  const supplies = (await list(kinds.supply, householdPk(householdId), 'SUPPLY#')).map(({ state }) => state).filter(({ removedAt }) => removedAt === undefined);
  const ofProduct = supplies.filter(({ products }) => products.some(({ gtin }) => gtin === entry.gtin));
  const found =
    supplies.find(({ handIds }) => handIds?.includes(entry.entryId)) ??
    (entry.supplyId === undefined ? ofProduct[0] : ofProduct.find(({ supplyId }) => supplyId === entry.supplyId));
  if (found !== undefined) return found;
  throw new VisibleError(404, 'unknown-product', 'nothing in this house is this product: add it as a supply, or put it on the shopping list');
}

async function enter(key: ReturnType<typeof keys.supply>, commandFor: (supply: Supply) => HandCommand): Promise<Supply> {
  const now = productNow();
  const result = await change(kinds.supply, key, (supply) =>
    supply === undefined || supply.removedAt !== undefined ? ignored('no-such-supply') : takeByHand(supply, commandFor(supply), now),
  );
  const supply = asItStands(result);
  if (supply === undefined || supply.removedAt !== undefined) throw notFound('supply');
  return supply;
}

/** With the days that the shops have named: of what is on its way, and of the last that came. */
export async function shown(supply: Supply, mayAct: boolean): Promise<SupplyView> {
  const { householdId } = supply;
  const concerned = Object.entries(supply.orders).filter(([, { outstanding, received }]) => outstanding > 0 || received > 0);
  const orders = await Promise.all(concerned.map(([orderId]) => load(kinds.order, keys.order(householdId, orderIdSchema.parse(orderId)))));
  const outlooks = orders.flatMap((stored) => (stored === undefined ? [] : [{ orderId: stored.state.order.orderId, ...expectedDelivery(stored.state.order) }]));
  const detail = supplyDetail(supply, { now: productNow(), outlooks, mayAct });
  return supplyViewSchema.parse({ ...detail, ...(await namesFor(supply)) });
}

async function namesFor({ householdId, products }: Supply): Promise<Pick<SupplyView, 'shops' | 'titles'>> {
  const home = (await load(kinds.household, keys.household(householdId)))?.state;
  if (home === undefined) throw notFound('household');
  const gtins = products.map(({ gtin }) => gtin);
  const [shops, offered] = await Promise.all([shopNames(home.shops.map(({ retailerId }) => retailerId)), offersOfShops(home, gtins, productNow())]);
  const offers = offered.flatMap((shop) => shop.offers);
  return {
    shops,
    titles: gtins.flatMap((gtin) => {
      const title = offers.find((offer) => offer.gtin === gtin)?.title;
      return title === undefined ? [] : [{ gtin, title }];
    }),
  };
}
