/** What a household wants of its orders, where shops differ: the least money, the soonest delivery or few parcels, and shops that it likes better. */
import { z } from 'zod';
import { dearerAtMostSchema, neverBrandsSchema } from '../order/substitution-limits.ts';
import { retailerIdSchema } from '../values.ts';

export const orderWishes = ['price', 'speed', 'few-parcels'] as const;
/** 50 €. */
export const SHOPS_MAY_COST_MORE_MAX = 5_000;

export const orderPreferencesSchema = z.strictObject({
  wish: z.enum(orderWishes),
  /** Preferred to the others; empty: all alike. */
  shops: z.array(retailerIdSchema).max(10),
  /** Cents that an order may cost more at a preferred shop than at another. */
  shopsMayCostMoreMinor: z.int().min(0).max(SHOPS_MAY_COST_MORE_MAX),
  /** Of what a shop offers instead, for every item that has no rule of its own: brands that never come, and how much dearer it may be. */
  neverBrands: neverBrandsSchema.optional(),
  dearerAtMost: dearerAtMostSchema.optional(),
});
export type OrderPreferences = z.infer<typeof orderPreferencesSchema>;

/** Of whoever has said nothing. */
export const NO_PREFERENCES: OrderPreferences = { wish: 'price', shops: [], shopsMayCostMoreMinor: 200 };
