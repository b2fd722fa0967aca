/** What a person says about one item: how bad it is to run out, how much to keep, what may come, from whom, or never. */
import { z } from 'zod';
import { substituteRuleSchema } from '../order/substitution.ts';
import { dearerAtMostSchema, neverBrandsSchema } from '../order/substitution-limits.ts';
import { canonicalJson } from '../digest.ts';
import { ignored, rejected, retailerIdSchema, type Instant, type MemberId, type Outcome } from '../values.ts';
import { withDueAt } from './due.ts';
import { forecastOf } from './forecast/forecast-of.ts';
import { settleNeed, withoutNeed, type SupplyEvent } from './need.ts';
import { reorderPoint } from './reorder/reorder.ts';
import { automationSchema } from './automation/shadow.ts';
import { runOutOf, runOuts, SERVICE_LEVELS, type RunOut } from './reorder/service-level.ts';
import { roundAmount, serviceLevelOf } from './stock.ts';
import { supplySchema, supplySettingsSchema, type Supply } from './supply.ts';

/** Only what is named changes, so that two people who change two things lose none. */
export const settingsChangeSchema = z.strictObject({
  name: supplySchema.shape.name.optional(),
  runOut: z.enum(runOuts).optional(),
  coverDays: supplySettingsSchema.shape.coverDays.optional(),
  packsMax: supplySettingsSchema.shape.packsMax.optional(),
  /** Null: it keeps. */
  shelfLifeDays: z.number().positive().max(3_650).nullable().optional(),
  neverBuy: z.boolean().optional(),
  stockUpWhenCheap: z.boolean().optional(),
  everyUseTold: z.boolean().optional(),
  /** Empty: all that the household has linked. */
  shops: z.array(retailerIdSchema).max(10).optional(),
  substitute: substituteRuleSchema.optional(),
  ownProductsAlone: z.boolean().optional(),
  /** Null: nothing is too dear to ask. */
  dearerAtMost: dearerAtMostSchema.nullable().optional(),
  /** Empty: none. */
  neverBrands: z.array(neverBrandsSchema.element).max(10).optional(),
  /** Null: four of the last four, as usual. */
  automation: automationSchema.nullable().optional(),
});
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

/** @param at.products the household's order of preference, with packs in the unit of the supply; absent: as before */
export function changeSettings(
  supply: Supply,
  change: SettingsChange,
  at: { readonly memberId: MemberId; readonly now: Instant; readonly products?: Supply['products'] | undefined },
): Outcome<Supply, SupplyEvent> {
  if (supply.removedAt !== undefined) return rejected('removed');
  if (at.products?.some(({ pack }) => pack.unit !== supply.unit)) return rejected('another-unit');
  // Where a sensor tells what is used, nobody else has to.
  const settings = newSettings(supply.settings, supply.thing === undefined ? change : { ...change, everyUseTold: undefined });
  const next: Supply = { ...supply, settings, ...(change.name !== undefined && { name: change.name }), ...(at.products && { products: at.products }) };
  const changed = Object.keys(change).filter((name) => differs(name, supply, next));
  if (canonicalJson(supply.products) !== canonicalJson(next.products)) changed.push('products');
  if (changed.length === 0) return ignored('nothing-changed');
  const { householdId, supplyId } = supply;
  const told: SupplyEvent = { type: 'supply.settings-changed', data: { householdId, supplyId, memberId: at.memberId, changed } };
  const settled = settleNeed({ supply: next, events: [told] }, at.now, 'time');
  return { kind: 'changed', state: withDueAt(settled.supply, at.now), events: settled.events };
}

function newSettings(before: Supply['settings'], change: SettingsChange): Supply['settings'] {
  const { runOut, coverDays, packsMax, shelfLifeDays, neverBuy, stockUpWhenCheap, everyUseTold, shops, automation } = change;
  const next = {
    ...before,
    ...(runOut !== undefined && runOutOf(before.serviceLevel) !== runOut && { serviceLevel: SERVICE_LEVELS[runOut] }),
    ...(coverDays !== undefined && { coverDays }),
    ...(packsMax !== undefined && { packsMax }),
    ...(typeof shelfLifeDays === 'number' && { shelfLifeDays }),
    ...(neverBuy === true && { neverBuy }),
    ...(stockUpWhenCheap === true && { stockUpWhenCheap }),
    ...(everyUseTold === true && { everyUseTold }),
    ...(shops !== undefined && shops.length > 0 && { shops }),
    ...(automation && { automation }),
    ...whatMayCome(change),
  };
  if (automation === null) delete next.automation;
  if (shelfLifeDays === null) delete next.shelfLifeDays;
  if (neverBuy === false) delete next.neverBuy;
  if (stockUpWhenCheap === false) delete next.stockUpWhenCheap;
  if (everyUseTold === false) delete next.everyUseTold;
  if (shops?.length === 0) delete next.shops;
  return withoutTakenBack(next, change);
}

/** Of substitutes: what is said anew. */
const whatMayCome = ({ substitute, ownProductsAlone, dearerAtMost, neverBrands }: SettingsChange): Partial<Supply['settings']> => ({
  ...(substitute !== undefined && { substitute }),
  ...(ownProductsAlone === true && { ownProductsAlone }),
  ...(dearerAtMost && { dearerAtMost }),
  ...(neverBrands !== undefined && neverBrands.length > 0 && { neverBrands }),
});

function withoutTakenBack(settings: Supply['settings'], { ownProductsAlone, dearerAtMost, neverBrands }: SettingsChange): Supply['settings'] {
  const next = { ...settings };
  if (ownProductsAlone === false) delete next.ownProductsAlone;
  if (dearerAtMost === null) delete next.dearerAtMost;
  if (neverBrands?.length === 0) delete next.neverBrands;
  return next;
}

function differs(name: string, before: Supply, after: Supply): boolean {
  if (name === 'name') return before.name !== after.name;
  const setting = (supply: Supply): unknown => Object.entries(supply.settings).find(([key]) => key === (name === 'runOut' ? 'serviceLevel' : name))?.[1];
  return canonicalJson(setting(before) ?? null) !== canonicalJson(setting(after) ?? null);
}

/** What each answer to “how bad is running out?” costs: the stock at which we order, in base units. */
export const reorderPoints = (supply: Supply, now: Instant): Record<RunOut, number> => {
  const { leadTime } = supply;
  const forecast = forecastOf(supply, now);
  const at = (serviceLevel: number): number => {
    const asked = { ...supply, settings: { ...supply.settings, serviceLevel } };
    return roundAmount(reorderPoint({ forecast, leadTime, serviceLevel: serviceLevelOf(asked, forecast, now) }));
  };
  return {
    'does-not-matter': at(SERVICE_LEVELS['does-not-matter']),
    annoying: at(SERVICE_LEVELS.annoying),
    bad: at(SERVICE_LEVELS.bad),
    never: at(SERVICE_LEVELS.never),
  };
};

/** Takes a supply off that no device watches; one with a device goes with its slot. */
export function removeSupply(supply: Supply, memberId: MemberId, now: Instant): Outcome<Supply, SupplyEvent> {
  if (supply.removedAt !== undefined) return ignored('removed');
  if (supply.thing !== undefined) return rejected('has-device');
  const { householdId, supplyId } = supply;
  const gone: Supply = { ...withoutNeed(supply), settings: { ...supply.settings, neverBuy: true }, removedAt: now };
  return { kind: 'changed', state: withDueAt(gone, now), events: [{ type: 'supply.removed', data: { householdId, supplyId, memberId } }] };
}
