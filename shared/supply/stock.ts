/** What is in the house, what is on its way, and what that adds up to. Pure sums over a supply's state, in base units. */
import { daysBetween, duration, durationBetween, type Instant } from '../values.ts';
import { consumptionPerDay } from './demand.ts';
import type { Forecast } from './forecast/forecast.ts';
import { forecastOf } from './forecast/forecast-of.ts';
import { expectedNeed } from './heat/heat-forecast.ts';
import { aimedAt, aimOf, type Aim } from './reorder/newsvendor.ts';
import { isAtReorderPoint, reorderPoint } from './reorder/reorder.ts';
import type { Supply } from './supply.ts';
import { regretEffect, type RegretEffect } from './automation/regret.ts';
import { isDoubted } from './trust/trust.ts';

/** A device reports at least daily; an hour later it counts as silent. */
export const SILENT_AFTER = duration(25, 'hours');

/** To a thousandth of the base unit, as readings come; the longest sum of amounts stays exact in the store and in a digest. */
export const roundAmount = (amount: number): number => Math.round(Math.max(0, amount) * 1_000) / 1_000;

/**
 * Two readings of one level differ by less than this: three standard deviations of their difference, and one step of a sensor that
 * counts in steps. A sensor without noise has none: its level only falls, and rounding keeps the order.
 */
export function noiseBetween(supply: Supply, uncertainty: number): number {
  const before = supply.lastReading?.uncertainty ?? uncertainty;
  const deviation = Math.hypot(before, uncertainty);
  return deviation === 0 ? 0 : roundAmount(3 * deviation + (supply.settings.resolution ?? 0));
}
export const noiseOf = (supply: Supply): number => noiseBetween(supply, supply.lastReading?.uncertainty ?? 0);

/** Nothing senses it, nothing has sensed it yet, or its device has been silent for too long or is not believed. */
export const isModelled = (supply: Supply, now: Instant): boolean =>
  supply.lastReading === undefined || isDoubted(supply) || durationBetween(supply.lastReading.sampledAt, now) >= SILENT_AFTER;

export interface Stock {
  readonly onHand: number;
  readonly pantry: number;
  /** Ordered and neither received nor already on the shelf. */
  readonly onOrder: number;
  /** On-hand, pantry and on-order: what is compared with the reorder point. */
  readonly position: number;
  readonly modelled: boolean;
}

export const outstandingOf = (supply: Supply): number => Object.values(supply.orders).reduce((sum, order) => sum + order.outstanding, 0);

/** As sensed, or as the model expects after the consumption since; the shelf is used up before the pantry. */
export function stockAt(supply: Supply, now: Instant): Stock {
  const onOrder = roundAmount(outstandingOf(supply) - supply.early);
  const modelled = isModelled(supply, now);
  const { onHand, pantry } = modelled ? modelledStock(supply, now) : supply;
  return { onHand, pantry, onOrder, position: roundAmount(onHand + pantry + onOrder), modelled };
}

/** Every use of it is told, so that nothing has been used since the last word. */
export const isEveryUseTold = ({ settings, counted }: Supply): boolean => settings.everyUseTold === true && counted !== undefined;

function modelledStock(supply: Supply, now: Instant): { onHand: number; pantry: number } {
  if (isEveryUseTold(supply)) return supply;
  const from = supply.estimate ?? { stock: supply.onHand + supply.pantry, asOf: supply.sampledAt };
  const { heat } = supply;
  const used = heat ? expectedNeed(heat, from.asOf, now).mean : consumptionPerDay(supply.demand) * Math.max(0, daysBetween(from.asOf, now));
  const left = roundAmount(from.stock - used);
  const pantry = Math.min(supply.pantry, left);
  return { onHand: roundAmount(left - pantry), pantry };
}

/** What was regretted of this item, as far as it changes when and how much is ordered. */
export function regretOf({ regret, settings, products }: Pick<Supply, 'regret' | 'settings' | 'products'>, now: Instant): RegretEffect | undefined {
  return regretEffect(regret, { serviceLevel: settings.serviceLevel, pack: Math.min(...products.map(({ pack }) => pack.amount)) }, now);
}

const odds = (level: number): number => level / (1 - level);

/** What each mistake costs with this item, as far as its price is known; dearer where it was regretted. */
export function aimFor(supply: Supply, forecast: Forecast, now: Instant): Aim | undefined {
  const { serviceLevel } = supply.settings;
  const regret = regretOf(supply, now);
  return aimOf(supply, forecast, regret === undefined ? 1 : Math.max(1, odds(serviceLevel) / odds(regret.serviceLevel)));
}

/** As what each mistake costs says; where that is not known as the household wants it, less what regret has taught. */
export function serviceLevelOf(supply: Supply, forecast: Forecast, now: Instant): number {
  const aim = aimFor(supply, forecast, now);
  return aim === undefined ? (regretOf(supply, now)?.serviceLevel ?? supply.settings.serviceLevel) : aimedAt(aim, supply.settings.serviceLevel);
}

export function reorderPointOf(supply: Supply, now: Instant): number {
  const forecast = forecastOf(supply, now);
  return roundAmount(reorderPoint({ forecast, leadTime: supply.leadTime, serviceLevel: serviceLevelOf(supply, forecast, now) }));
}

/** Whether a position is at or below the reorder point, without looking for the point: asked of every reading. */
export function lowAt(supply: Supply, now: Instant): (position: number) => boolean {
  const forecast = forecastOf(supply, now);
  const { leadTime } = supply;
  const serviceLevel = serviceLevelOf(supply, forecast, now);
  return (position) => isAtReorderPoint({ forecast, leadTime, serviceLevel, position });
}
