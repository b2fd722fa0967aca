/** What the decision record of an order keeps of a supply: the figures it rested on, and how to work them out again. */
import { z } from 'zod';
import { baseUnitSchema, instantSchema, type Instant } from '../values.ts';
import { demandSchema } from './demand.ts';
import { forecastOf, projectedStockout, stockoutIntervalSchema, type Forecast } from './forecast.ts';
import { leadTimeSchema } from './lead-time.ts';
import { levelSchema } from './level.ts';
import { orderUpToLevel, reorderPoint } from './reorder.ts';
import { roundAmount, stockAt } from './stock.ts';
import { amountSchema, supplySettingsSchema, type Supply } from './supply.ts';

const inputFields = {
  at: instantSchema,
  unit: baseUnitSchema,
  onHand: amountSchema,
  pantry: amountSchema,
  onOrder: amountSchema,
  demand: demandSchema,
  level: levelSchema.optional(),
  leadTime: leadTimeSchema,
  settings: supplySettingsSchema,
};

export const supplySnapshotSchema = z.strictObject({
  ...inputFields,
  position: amountSchema,
  reorderPoint: amountSchema,
  orderUpTo: amountSchema,
  /** Of what is in the house: goods on their way do not feed anybody yet. */
  projectedStockout: stockoutIntervalSchema,
});
export type SupplySnapshot = z.infer<typeof supplySnapshotSchema>;
type SnapshotInputs = Pick<SupplySnapshot, keyof typeof inputFields>;

function workOut(inputs: SnapshotInputs): SupplySnapshot {
  const { at, onHand, pantry, onOrder, leadTime, settings } = inputs;
  const forecast = forecastOf(inputs, at);
  const reorder = roundAmount(reorderPoint({ forecast, leadTime, serviceLevel: settings.serviceLevel }));
  const level = orderUpToLevel({ forecast, leadTime, coverDays: settings.coverDays, shelfLifeDays: settings.shelfLifeDays, capacity: settings.capacity });
  return {
    ...inputs,
    position: roundAmount(onHand + pantry + onOrder),
    reorderPoint: reorder,
    // An order that does not lift the position over the reorder point would leave the supply low.
    orderUpTo: roundAmount(Math.max(level, reorder + forecast.portion)),
    projectedStockout: projectedStockout(forecast, { position: onHand + pantry, now: at }),
  };
}

export function snapshot(supply: Supply, now: Instant): SupplySnapshot {
  const { onHand, pantry, onOrder } = stockAt(supply, now);
  const { unit, demand, level, leadTime, settings } = supply;
  return workOut({ at: now, unit, onHand, pantry, onOrder, demand, ...(level && { level }), leadTime, settings });
}

/** The same figures from the record's own inputs, bit for bit. */
export function recomputeSnapshot(recorded: SupplySnapshot): SupplySnapshot {
  const { at, unit, onHand, pantry, onOrder, demand, level, leadTime, settings } = recorded;
  return workOut({ at, unit, onHand, pantry, onOrder, demand, ...(level && { level }), leadTime, settings });
}

/** What it rested on, looking ahead from its moment. */
export const forecastOfSnapshot = (recorded: SupplySnapshot): Forecast => forecastOf(recorded, recorded.at);
