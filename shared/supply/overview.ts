/** A supply as a person looks at it: what is left, until when it lasts, and what is on the way. */
import { z } from 'zod';
import { baseUnitSchema, orderIdSchema, supplyIdSchema, type Instant } from '../values.ts';
import { stockoutIntervalSchema } from './forecast/forecast.ts';
import { forecastOf } from './forecast/forecast-of.ts';
import { snapshot } from './snapshot.ts';
import { isModelled } from './stock.ts';
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
  /** A person wants none of it bought. */
  neverBuy: z.boolean(),
  /** Nothing senses it now: the model says so. */
  modelled: z.boolean(),
  productLine: z.string(),
  /** An order for it waits for somebody's yes or no. */
  decisionOrderId: orderIdSchema.optional(),
  orderIds: z.array(orderIdSchema),
});
export type SupplyOverview = z.infer<typeof supplyOverviewSchema>;

export function supplyOverview(supply: Supply, now: Instant): SupplyOverview {
  const { onHand, pantry, onOrder, reorderPoint, orderUpTo, projectedStockout, leadTime } = snapshot(supply, now);
  return {
    supplyId: supply.supplyId,
    name: supply.name,
    unit: supply.unit,
    inHouse: onHand + pantry,
    onOrder,
    reorderPoint,
    orderUpTo,
    perDay: forecastOf(supply, now).meanPerDay,
    projectedStockout,
    leadTimeDays: leadTime.meanDays,
    isLow: supply.need !== undefined && !supply.need.joined,
    neverBuy: supply.settings.neverBuy === true,
    modelled: isModelled(supply, now),
    productLine: supply.productLine,
    ...decisionOf(supply),
    orderIds: Object.entries(supply.orders).flatMap(([orderId, { outstanding }]) => (outstanding > 0 ? [orderIdSchema.parse(orderId)] : [])),
  };
}

function decisionOf({ orders }: Supply): Pick<SupplyOverview, 'decisionOrderId'> {
  const asking = Object.entries(orders).find(([, { standing }]) => standing === 'asking');
  return asking ? { decisionOrderId: orderIdSchema.parse(asking[0]) } : {};
}
