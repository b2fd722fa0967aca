/**
 * How often an item must not run out while its order is on its way, from what each mistake costs: Q* = Cu / (Cu + Co), the newsvendor ratio (Arrow,
 * Harris & Marschak 1951; Silver, Pyke & Thomas 2017, §9.2), where Cu is being without for once and Co one pack more than needed on the shelf for one order.
 * The household's word says how bad being without is; what the pack costs, how long it lies and whether it spoils say how dear the other mistake is.
 */
import { z } from 'zod';
import { AMOUNT_MAX, instantSchema } from '../../values.ts';
import type { Forecast } from '../forecast/forecast.ts';
import { categoryOf } from '../prior/category.ts';
import { runOuts, SERVICE_LEVELS, type RunOut } from './service-level.ts';

/** What a pack cost when it last came. */
export const paidSchema = z.strictObject({
  priceMinor: z.int().min(1).max(100_000_00),
  /** Base units. */
  pack: z.number().positive().max(AMOUNT_MAX),
  at: instantSchema,
});
export type Paid = z.infer<typeof paidSchema>;

const cents = z.number().min(0).max(1e9);
/** What a decision record keeps: every figure in whole or tenths of cents, so that the ratio comes out again from them. */
export const aimSchema = z.strictObject({
  /** Cu. */
  withoutMinor: cents,
  /** Co: holding, room and what spoils, dearer where that was regretted. */
  tooManyMinor: cents,
  priceMinor: z.int().min(1),
  /** Of a pack more: the chance that it is not used before its date. */
  spoils: z.number().min(0).max(1),
  heldDays: z.number().min(0),
});
export type Aim = z.infer<typeof aimSchema>;

/**
 * Cu in cents, and the part of the price that a dearer substitute or the next shop costs beside it. Estimates of ours, set so that a pack for
 * 2.50 € that keeps and lasts a fortnight is aimed at as by the word alone: 0.80, 0.92, 0.96 and 0.99.
 */
const BEING_WITHOUT: Readonly<Record<RunOut, { readonly minor: number; readonly priceShare: number }>> = {
  'does-not-matter': { minor: 20, priceShare: 0 },
  annoying: { minor: 50, priceShare: 0.1 },
  bad: { minor: 120, priceShare: 0.2 },
  never: { minor: 500, priceShare: 0.3 },
};
/** Whoever cannot wait makes a special trip: an animal, a child, somebody who is ill; a cold house needs a delivery at once. Estimates of ours. */
const URGENCY: Readonly<Record<string, number>> = { 'pet food': 2, 'baby care': 3, medicine: 4, heating: 40 };

/** Capital and what gets lost: a quarter of the value a year (Silver, Pyke & Thomas 2017, §1.4: 20–30 %). */
const HOLDING_SHARE_PER_YEAR = 0.25;
/** A square metre of a flat at 12 € a month carries some 130 packs in a cupboard: 9 cents a month for each. */
const ROOM_MINOR_PER_DAY = 0.3;
const HELD_DAYS_MAX = 365;
/** Below, nobody would call it looked after; above, the forecast's tail is not known so well. */
const [LEAST, MOST] = [0.8, 0.995];

const rounded = (value: number, steps: number): number => Math.round(value * steps) / steps;

interface Item {
  readonly name: string;
  readonly productLine: string;
  readonly settings: { readonly serviceLevel: number; readonly coverDays: number; readonly shelfLifeDays?: number | undefined };
  readonly paid?: Paid | undefined;
}

/**
 * Undefined where no price is known, or where somebody set a number that stands for no word: then that number is aimed at.
 * @param regretted how many times dearer a pack too many has shown itself than was thought, at least 1
 */
export function aimOf({ name, productLine, settings, paid }: Item, forecast: Forecast, regretted: number): Aim | undefined {
  const word = runOuts.find((one) => SERVICE_LEVELS[one] === settings.serviceLevel);
  if (paid === undefined || word === undefined) return undefined;
  const { priceMinor, pack } = paid;
  const { minor, priceShare } = BEING_WITHOUT[word];
  const urgency = URGENCY[productLine] ?? URGENCY[categoryOf(name) ?? ''] ?? 1;
  // A pack more stands there until the next order would have come, behind one in use.
  const heldDays = rounded(Math.min(HELD_DAYS_MAX, Math.max(settings.coverDays, pack / forecast.meanPerDay)), 10);
  const spoils = settings.shelfLifeDays === undefined ? 0 : rounded(1 - forecast.usedUp(2 * pack, settings.shelfLifeDays), 1e4);
  const holding = (priceMinor * HOLDING_SHARE_PER_YEAR * heldDays) / 365 + ROOM_MINOR_PER_DAY * heldDays;
  return {
    withoutMinor: rounded(minor * urgency + priceShare * priceMinor, 10),
    tooManyMinor: Math.max(0.1, rounded((holding + spoils * priceMinor) * regretted, 10)),
    ...{ priceMinor, spoils, heldDays },
  };
}

/** What the costs say moves a word to odds that are at most so many times as high or as low: *annoying* stays below *never*. */
const SHIFT_MAX = 3;
const odds = (level: number): number => level / (1 - level);

/**
 * Cu / (Cu + Co) to a ten-thousandth, between 0.8 and 0.995 and not far from the household's word; who says *never* is never aimed lower for the
 * money. @param asked the service level that the household's word stands for
 */
export function aimedAt({ withoutMinor, tooManyMinor }: Pick<Aim, 'withoutMinor' | 'tooManyMinor'>, asked: number): number {
  const least = asked >= SERVICE_LEVELS.never ? odds(asked) : odds(asked) / SHIFT_MAX;
  const ratio = Math.min(odds(asked) * SHIFT_MAX, Math.max(least, withoutMinor / tooManyMinor));
  return Math.min(MOST, Math.max(LEAST, rounded(ratio / (1 + ratio), 1e4)));
}
