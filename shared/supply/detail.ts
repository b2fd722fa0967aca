/** One supply as a person looks into it: what is there and why we believe it, how it goes on, what comes, and what may be done. */
import { z } from 'zod';
import { baseUnitSchema, addDuration, duration, instantSchema, latest, orderIdSchema, type Instant } from '../values.ts';
import { levelCurve } from './forecast/curve.ts';
import { stockoutIntervalSchema } from './forecast/forecast.ts';
import { forecastOf } from './forecast/forecast-of.ts';
import { DECISION_DAYS } from './reorder/lead-time.ts';
import { aimedAt, aimSchema } from './reorder/newsvendor.ts';
import { runOutOf, runOuts } from './reorder/service-level.ts';
import { reorderPoints } from './settings.ts';
import { startedFromSchema } from './prior/prior.ts';
import { regretEffectSchema } from './automation/regret.ts';
import { AUTOMATION, shadowSchema, shadowScoreSchema } from './automation/shadow.ts';
import { snapshot, type SupplySnapshot } from './snapshot.ts';
import { isModelled, roundAmount } from './stock.ts';
import { amountSchema, descriptionFields, type Supply } from './supply.ts';
import { sensorTrustSchema } from './trust/trust.ts';

/** What the household's orders say beside the supply's own books. */
export interface OrderOutlook {
  readonly orderId: string;
  readonly expectedAt?: Instant | undefined;
  readonly deliveredAt?: Instant | undefined;
}

const actionSchema = z.strictObject({
  action: z.enum(['count', 'add', 'spoil', 'change-settings', 'trust', 'remove']),
  allowed: z.boolean(),
  reason: z.enum(['guests-look', 'has-device']).optional(),
});

const { supplyId, thing, slot, name, productLine, products, settings } = descriptionFields;
export const supplyDetailSchema = z.strictObject({
  ...{ supplyId, name, productLine, products, settings },
  thing: thing.optional(),
  slot: slot.optional(),
  unit: baseUnitSchema,
  at: instantSchema,
  inHouse: amountSchema,
  /** In the device's slot, and beside it in larder and cellar; both only where something senses the slot. */
  stands: z.strictObject({ slot: amountSchema, larder: amountSchema }).optional(),
  /** Nothing senses it now: the model says so. */
  modelled: z.boolean(),
  onOrder: amountSchema,
  perDay: z.number().min(0),
  /** Nobody said how fast it goes: it began as in other households, and this much of what is expected still rests on them. */
  startedFrom: startedFromSchema.optional(),
  reorderPoint: amountSchema,
  orderUpTo: amountSchema,
  leadTimeDays: z.number().min(0),
  projectedStockout: stockoutIntervalSchema,
  isLow: z.boolean(),
  curve: z.array(z.strictObject({ at: instantSchema, expected: amountSchema, low: amountSchema, high: amountSchema })).max(48),
  onTheWay: z.array(z.strictObject({ orderId: orderIdSchema, amount: amountSchema, expectedAt: instantSchema.optional() })),
  lastDelivery: z.strictObject({ orderId: orderIdSchema, amount: amountSchema, at: instantSchema }).optional(),
  lastReadingAt: instantSchema.optional(),
  countedAt: instantSchema.optional(),
  /** Whether its sensor is believed; absent where none has spoken. */
  sensor: sensorTrustSchema.optional(),
  /** How often we were right of late, and so whether it may be bought without asking; absent in supplies from before that was kept. */
  automation: shadowScoreSchema.extend({ cycles: shadowSchema.shape.scored, wanted: z.int() }).optional(),
  boughtElsewhere: z.strictObject({ count: z.int().min(1), lastAt: instantSchema }).optional(),
  /** What was bought and then not wanted, and what that changes. */
  regret: regretEffectSchema.optional(),
  /** What each mistake costs with it and how often it is therefore aimed at not running out; absent until a price is known. */
  aim: aimSchema.extend({ serviceLevel: z.number().min(0).max(1) }).optional(),
  runOut: z.enum(runOuts),
  /** At which stock it is ordered, for each answer to “how bad is running out?”. */
  reorderPoints: z.record(z.enum(runOuts), amountSchema),
  actions: z.array(actionSchema),
});
export type SupplyDetail = z.infer<typeof supplyDetailSchema>;

export function supplyDetail(supply: Supply, at: { now: Instant; outlooks: readonly OrderOutlook[]; mayAct: boolean }): SupplyDetail {
  const { now, outlooks } = at;
  const figures = snapshot(supply, now);
  const forecast = forecastOf(supply, now);
  const inHouse = roundAmount(figures.onHand + figures.pantry);
  const onTheWay = onTheWayOf(supply, outlooks);
  const lastDelivery = lastDeliveryOf(supply, outlooks);
  const until = addDuration(figures.projectedStockout.p90, duration(supply.leadTime.meanDays + DECISION_DAYS, 'days'));
  // What an order without a promised day brings is left out of the curve: nobody knows where to draw it.
  const arrivals = onTheWay.flatMap(({ amount, expectedAt }) => (expectedAt === undefined ? [] : [{ amount, at: expectedAt }]));
  return {
    ...{ supplyId: supply.supplyId, name: supply.name, productLine: supply.productLine, unit: supply.unit, products: supply.products },
    ...(supply.thing !== undefined && { thing: supply.thing, slot: supply.slot }),
    ...{ settings: supply.settings, at: now, inHouse, onOrder: figures.onOrder, modelled: isModelled(supply, now) },
    ...(supply.lastReading && { stands: { slot: figures.onHand, larder: figures.pantry }, lastReadingAt: supply.lastReading.sampledAt }),
    ...{ perDay: forecast.meanPerDay, reorderPoint: figures.reorderPoint, orderUpTo: figures.orderUpTo },
    ...{ leadTimeDays: supply.leadTime.meanDays, projectedStockout: figures.projectedStockout, isLow: supply.need !== undefined && !supply.need.joined },
    curve: levelCurve({ forecast, inHouse, arrivals, now, until }),
    onTheWay,
    ...(lastDelivery && { lastDelivery }),
    ...(supply.countedAt !== undefined && { countedAt: supply.countedAt }),
    ...judged(supply, figures),
    runOut: runOutOf(supply.settings.serviceLevel),
    reorderPoints: reorderPoints(supply, now),
    actions: actionsOf(supply, at.mayAct),
  };
}

function judged({ shadow, settings }: Supply, { trust, regret, shadow: score, startedFrom, aim }: SupplySnapshot): Partial<SupplyDetail> {
  const { cycles: wanted } = settings.automation ?? AUTOMATION;
  return {
    ...(trust && { sensor: trust }),
    ...(shadow && score && { automation: { ...score, cycles: shadow.scored, wanted } }),
    ...(shadow?.elsewhere && { boughtElsewhere: shadow.elsewhere }),
    ...(regret && { regret }),
    ...(startedFrom && { startedFrom }),
    ...(aim && { aim: { ...aim, serviceLevel: aimedAt(aim, settings.serviceLevel) } }),
  };
}

/** Goods that stand on the shelf already are not on the way any more, whatever the shop has said. */
function onTheWayOf(supply: Supply, outlooks: readonly OrderOutlook[]): SupplyDetail['onTheWay'] {
  let early = supply.early;
  return Object.entries(supply.orders).flatMap(([orderId, { outstanding }]) => {
    const here = Math.min(early, outstanding);
    early -= here;
    const amount = roundAmount(outstanding - here);
    const expectedAt = outlooks.find((one) => one.orderId === orderId)?.expectedAt;
    return amount > 0 ? [{ orderId: orderIdSchema.parse(orderId), amount, ...(expectedAt !== undefined && { expectedAt }) }] : [];
  });
}

function lastDeliveryOf(supply: Supply, outlooks: readonly OrderOutlook[]): SupplyDetail['lastDelivery'] {
  const delivered = Object.entries(supply.orders).flatMap(([orderId, { received, finishedAt }]) => {
    const at = outlooks.find((one) => one.orderId === orderId)?.deliveredAt ?? finishedAt;
    return received > 0 && at !== undefined ? [{ orderId: orderIdSchema.parse(orderId), amount: received, at }] : [];
  });
  const newest = delivered.length === 0 ? undefined : latest(...(delivered.map(({ at }) => at) as [Instant, ...Instant[]]));
  return delivered.find(({ at }) => at === newest);
}

function actionsOf(supply: Supply, mayAct: boolean): SupplyDetail['actions'] {
  const refused = (action: SupplyDetail['actions'][number]['action'], reason: 'guests-look' | 'has-device') => ({ action, allowed: false, reason }) as const;
  return actionSchema.shape.action.options.map((action) => {
    if (!mayAct) return refused(action, 'guests-look');
    return action === 'remove' && supply.thing !== undefined ? refused(action, 'has-device') : { action, allowed: true };
  });
}
