/** A supply as a person looks at it: what is left, until when it lasts, and what is on the way. */
import { z } from 'zod';
import { baseUnitSchema, orderIdSchema, supplyIdSchema, type Instant } from '../values.ts';
import { consumptionPerDay, stockoutIntervalSchema } from './demand.ts';
import { snapshot } from './snapshot.ts';
import { amountSchema, type Supply } from './supply.ts';

export const supplyOverviewSchema = z.strictObject({
  supplyId: supplyIdSchema,
  name: z.string(),
  unit: baseUnitSchema,
  /** Sensed or reckoned, the larder included. */
  inHouse: amountSchema,
  onOrder: amountSchema,
  reorderPoint: amountSchema,
  orderUpTo: amountSchema,
  perDay: z.number().min(0),
  /** Of what is in the house: 80 % of runs end between p10 and p90. */
  projectedStockout: stockoutIntervalSchema,
  leadTimeDays: z.number().min(0),
  isLow: z.boolean(),
  orderIds: z.array(orderIdSchema),
});
export type SupplyOverview = z.infer<typeof supplyOverviewSchema>;

export function supplyOverview(supply: Supply, now: Instant): SupplyOverview {
  const { onHand, pantry, onOrder, reorderPoint, orderUpTo, projectedStockout, demand, leadTime } = snapshot(supply, now);
  return {
    supplyId: supply.supplyId,
    name: supply.name,
    unit: supply.unit,
    inHouse: onHand + pantry,
    onOrder,
    reorderPoint,
    orderUpTo,
    perDay: consumptionPerDay(demand),
    projectedStockout,
    leadTimeDays: leadTime.meanDays,
    isLow: supply.need !== undefined,
    orderIds: Object.entries(supply.orders).flatMap(([orderId, { outstanding }]) => (outstanding > 0 ? [orderIdSchema.parse(orderId)] : [])),
  };
}
