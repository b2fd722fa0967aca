/** Which packs of a product came to a household, and of which lots as far as shops have said: a recall finds by it whoever had them, and nobody else. */
import { z } from 'zod';
import { canonicalJson } from '../../digest.ts';
import { lotSchema } from '../../order/lot.ts';
import type { GoodsCame } from '../../order/goods-came.ts';
import {
  addDuration,
  duration,
  gtinSchema,
  householdIdSchema,
  instantSchema,
  latest,
  orderIdSchema,
  type HouseholdId,
  type Instant,
  type OrderId,
} from '../../values.ts';

/** As long as a recall stands, and a month in which it may come. */
export const GOODS_KEPT = duration(400, 'days');
const CAME_MAX = 100;
const TOLD_MAX = 40;
const packs = z.int().min(1).max(999);

const cameSchema = z.strictObject({
  orderId: orderIdSchema,
  at: instantSchema,
  packs,
  lots: z.array(z.strictObject({ lot: lotSchema, packs })).max(100),
});

export const goodsHadSchema = z.strictObject({
  householdId: householdIdSchema,
  gtin: gtinSchema,
  /** As the shop called it last. */
  title: z.string().max(120),
  /** The oldest first. */
  came: z.array(cameSchema).min(1).max(CAME_MAX),
  /** The recalls that it has been told of, the newest last. */
  told: z.array(z.string().max(60)).max(TOLD_MAX).optional(),
});
export type GoodsHad = z.infer<typeof goodsHadSchema>;

/** With what an order has brought, once however often it is told. Undefined when that is known. */
export function withCame(
  before: GoodsHad | undefined,
  householdId: HouseholdId,
  orderId: OrderId,
  { gtin, title, packs: count, lots, at }: GoodsCame,
): GoodsHad | undefined {
  const entry = { orderId, at, packs: count, lots };
  const known = before?.came ?? [];
  if (canonicalJson(known.find((one) => one.orderId === orderId) ?? null) === canonicalJson(entry)) return undefined;
  const keptFrom = addDuration(latest(at, ...known.map((one) => one.at)), duration(-400, 'days'));
  const came = [...known.filter((one) => one.orderId !== orderId && one.at > keptFrom), entry].sort((a, b) =>
    a.at === b.at ? (a.orderId < b.orderId ? -1 : 1) : a.at < b.at ? -1 : 1,
  );
  return { ...before, householdId, gtin, title, came: came.slice(-CAME_MAX) };
}

export const withTold = (before: GoodsHad, signalId: string): GoodsHad => ({ ...before, told: [...(before.told ?? []), signalId].slice(-TOLD_MAX) });

export const goodsKeptUntil = ({ came }: GoodsHad): Instant | undefined => {
  const last = came.at(-1)?.at;
  return last && addDuration(last, GOODS_KEPT);
};
