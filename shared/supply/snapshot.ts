/** What the decision record of an order keeps of a supply: the figures it rested on, and how to work them out again. */
import { z } from 'zod';
import { baseUnitSchema, instantSchema, type Instant } from '../values.ts';
import { demandSchema } from './demand.ts';
import { projectedStockout, stockoutIntervalSchema, type Forecast } from './forecast/forecast.ts';
import { forecastOf } from './forecast/forecast-of.ts';
import { forecastBefore, reorderPointBefore } from './forecast/forecast-before.ts';
import { heatSchema } from './heat/heat.ts';
import { leadTimeSchema } from './reorder/lead-time.ts';
import { HABITS, HABITS_BEFORE, levelSchema } from './level/level.ts';
import { aimedAt, aimSchema } from './reorder/newsvendor.ts';
import { orderUpToLevel, reorderPoint } from './reorder/reorder.ts';
import { startedFrom, startedFromSchema } from './prior/prior.ts';
import { regretEffectSchema } from './automation/regret.ts';
import { shadowScore, shadowScoreSchema } from './automation/shadow.ts';
import { aimFor, regretOf, roundAmount, stockAt } from './stock.ts';
import { amountSchema, supplySettingsSchema, type Supply } from './supply.ts';
import { sensorTrust, sensorTrustSchema } from './trust/trust.ts';

/** Which consumption model and reorder rule it rests on; absent in what was recorded with the first. */
const MODEL = 3;
/** Which followed the pack in use with other habits. */
const MODEL_BEFORE = 2;

const inputFields = {
  model: z.literal([MODEL_BEFORE, MODEL]).optional(),
  at: instantSchema,
  unit: baseUnitSchema,
  onHand: amountSchema,
  pantry: amountSchema,
  onOrder: amountSchema,
  demand: demandSchema,
  heat: heatSchema.optional(),
  level: levelSchema.optional(),
  leadTime: leadTimeSchema,
  settings: supplySettingsSchema,
  /** What was regretted and what that changes; whether the sensor was believed; how often we were right. Absent in older records. */
  regret: regretEffectSchema.optional(),
  trust: sensorTrustSchema.optional(),
  shadow: shadowScoreSchema.optional(),
  /** Nobody said how fast it goes, and what is expected still rests on other households in part. */
  startedFrom: startedFromSchema.optional(),
  /** What each mistake costs, where the price was known; absent in older records and where a number was set by hand. */
  aim: aimSchema.optional(),
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
  const { at, onHand, pantry, onOrder } = inputs;
  const forecast = forecastOfSnapshot(inputs);
  return {
    ...inputs,
    position: roundAmount(onHand + pantry + onOrder),
    ...levelsOf(inputs, forecast),
    projectedStockout: projectedStockout(forecast, { position: onHand + pantry, now: at }),
  };
}

type LevelInputs = Pick<SnapshotInputs, 'model' | 'leadTime' | 'settings' | 'regret' | 'aim'>;

function levelsOf({ model, leadTime, settings, regret, aim }: LevelInputs, forecast: Forecast): Pick<SupplySnapshot, 'reorderPoint' | 'orderUpTo'> {
  const reorderAt = { forecast, leadTime, serviceLevel: aimedAtIn({ aim, regret, settings }) };
  const reorder = roundAmount(model === undefined ? reorderPointBefore(reorderAt) : reorderPoint(reorderAt));
  const coverDays = settings.coverDays * (regret?.coverFactor ?? 1);
  const level = orderUpToLevel({ forecast, leadTime, coverDays, shelfLifeDays: settings.shelfLifeDays, capacity: settings.capacity });
  return {
    reorderPoint: reorder,
    orderUpTo: roundAmount(Math.max(level, settings.everyUseTold ? nextPortion(reorder, forecast.portion) : reorder + forecast.portion)),
  };
}

/** The position to order up to (base units), as a snapshot of this moment has it, without the rest of one. */
export function orderUpToOf(supply: Supply, now: Instant): number {
  const { leadTime, settings } = supply;
  const forecast = forecastOf(supply, now);
  return levelsOf({ model: MODEL, leadTime, settings, regret: regretOf(supply, now), aim: aimFor(supply, forecast, now) }, forecast).orderUpTo;
}

/** The service level that it was decided with. */
export const aimedAtIn = ({ aim, regret, settings }: Pick<SnapshotInputs, 'aim' | 'regret' | 'settings'>): number =>
  aim === undefined ? (regret?.serviceLevel ?? settings.serviceLevel) : aimedAt(aim, settings.serviceLevel);

/** What it rested on, looking ahead from its moment; a record from before there were models with the one of then. */
export const forecastOfSnapshot = (inputs: SnapshotInputs): Forecast =>
  inputs.model === undefined ? forecastBefore(inputs.demand, inputs.at) : forecastOf(inputs, inputs.at, inputs.model === MODEL ? HABITS : HABITS_BEFORE);

/**
 * An order that does not lift the position over the reorder point would leave the supply low. Where every use is told the position is known
 * in whole portions, and the next one above is enough.
 */
const nextPortion = (reorder: number, portion: number): number => (Math.floor(reorder / portion + 1e-9) + 1) * portion;

export function snapshot(supply: Supply, now: Instant): SupplySnapshot {
  const { onHand, pantry, onOrder } = stockAt(supply, now);
  const { unit, demand, heat, level, leadTime, settings } = supply;
  const aim = aimFor(supply, forecastOf(supply, now), now);
  return workOut({
    model: MODEL,
    at: now,
    unit,
    onHand,
    pantry,
    onOrder,
    demand,
    ...(heat && { heat }),
    ...(level && { level }),
    leadTime,
    settings,
    ...judgements(supply, now),
    ...(aim && { aim }),
  });
}

/** What is known of the sensor, of ourselves and of what was regretted. */
function judgements(supply: Supply, now: Instant): Pick<SupplySnapshot, 'regret' | 'trust' | 'shadow' | 'startedFrom'> {
  const regret = regretOf(supply, now);
  const trust = sensorTrust(supply, now);
  const shadow = supply.shadow && shadowScore(supply.shadow, supply.settings.automation);
  const began = startedFrom(supply, now);
  return { ...(regret && { regret }), ...(trust && { trust }), ...(shadow && { shadow }), ...(began && { startedFrom: began }) };
}

/** The same figures from the record's own inputs, bit for bit. */
export function recomputeSnapshot(recorded: SupplySnapshot): SupplySnapshot {
  const { position: _position, reorderPoint: _reorderPoint, orderUpTo: _orderUpTo, projectedStockout: _projectedStockout, ...inputs } = recorded;
  return workOut(inputs);
}
