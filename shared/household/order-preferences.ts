/** What a household wants of its orders, where shops differ: the least money, the soonest delivery or few parcels, and shops that it likes better. */
import { z } from 'zod';
import { retailerIdSchema } from '../values.ts';

export const orderWishSchema = z.enum(['price', 'speed', 'few-parcels']);
export type OrderWish = z.infer<typeof orderWishSchema>;

export const orderPreferencesSchema = z.strictObject({
  wish: orderWishSchema,
  /** Preferred to the others; empty: all alike. */
  shops: z.array(retailerIdSchema).max(10),
  /** Cents that an order may cost more at a preferred shop than at another. */
  shopsMayCostMoreMinor: z.int().min(0).max(5_000),
});
export type OrderPreferences = z.infer<typeof orderPreferencesSchema>;

/** Of whoever has said nothing. */
export const NO_PREFERENCES: OrderPreferences = { wish: 'price', shops: [], shopsMayCostMoreMinor: 200 };
