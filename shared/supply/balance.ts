/**
 * What one reading means beside the one before it. A level cannot rise without a refill: level + usage must balance. Where goods came
 * from is settled in this order: the pantry, then orders on their way (they have come before anyone said so), then bought elsewhere.
 */
import { daysBetween, type Instant } from '../values.ts';
import { consumptionPerDay, learn } from './demand.ts';
import { newLevel } from './level/level.ts';
import { followReading } from './level/level-reading.ts';
import type { SupplyEvent } from './need.ts';
import { noteArrival } from './pantry.ts';
import { noiseBetween, outstandingOf, roundAmount } from './stock.ts';
import type { Supply } from './supply.ts';

/** A reading in base units, not later than now. */
export interface Sample {
  readonly bootId: number;
  readonly seq: number;
  readonly at: Instant;
  readonly level: number;
  readonly uncertainty: number;
  readonly usage: number | undefined;
  /** Outside, where the device says it. */
  readonly outdoorCelsius?: number | undefined;
}

export interface Balance {
  /** Two levels closer than this may be the same. */
  readonly noise: number;
  /** Taken out since the last reading; unknown without a usage counter or across a restart. */
  readonly used: number | undefined;
  readonly level: number;
  /** 0 when the level did not rise. */
  readonly refill: number;
}

/** How far an estimate from counted usage is moved to the measured level; small steps from the pantry add up until they show. */
const GAIN = 0.3;

export function balanceOf(supply: Supply, sample: Sample): Balance {
  const last = supply.lastReading;
  const noise = noiseBetween(supply, sample.uncertainty);
  if (!last) return { noise, used: undefined, level: sample.level, refill: 0 };
  const counted = last.bootId === sample.bootId && last.usage !== undefined && sample.usage !== undefined ? sample.usage - last.usage : undefined;
  const used = counted !== undefined && counted >= 0 ? roundAmount(counted) : undefined;
  const expected = Math.max(0, supply.onHand - (used ?? 0));
  const surplus = sample.level - expected;
  if (surplus > noise) return { noise, used, level: sample.level, refill: roundAmount(surplus) };
  const level = used === undefined || surplus < -noise ? sample.level : expected + GAIN * surplus;
  return { noise, used, level: noise === 0 ? sample.level : roundAmount(level), refill: 0 };
}

/** Without a usage counter the fall of the level teaches: when it is beyond the noise, or after a week of standing still. */
const SLOPE_DAYS_MAX = 7;

/** Learns from what was used since the last reading. An empty slot teaches nothing: nobody could have used more. */
export function learnFrom(supply: Supply, sample: Sample, balance: Balance): Supply {
  const last = supply.lastReading;
  if (!last) return { ...supply, slope: { level: balance.level, at: sample.at } };
  if (balance.used !== undefined) {
    const next = { ...supply };
    delete next.slope;
    if (balance.used === 0 && supply.onHand < supply.demand.portion) return next;
    return { ...next, demand: learn(supply.demand, { consumed: balance.used, from: last.sampledAt, to: sample.at }) };
  }
  if (isFull(supply, sample, balance)) return drawFromPantry(supply, sample, last.sampledAt);
  const slope = supply.slope ?? { level: supply.onHand, at: last.sampledAt };
  const [level, to] = balance.refill > 0 ? [supply.onHand, last.sampledAt] : [balance.level, sample.at];
  const fall = slope.level - level;
  if (balance.refill === 0 && fall <= balance.noise && daysBetween(slope.at, to) < SLOPE_DAYS_MAX) return supply.slope ? supply : { ...supply, slope };
  const next = { ...supply, slope: { level: balance.level, at: sample.at } };
  if (slope.level < supply.demand.portion) return next;
  return { ...next, demand: learn(supply.demand, { consumed: fall, from: slope.at, to }) };
}

/** A slot kept full out of the pantry looks the same whether something is used or not. */
const isFull = (supply: Supply, sample: Sample, { noise }: Balance): boolean => {
  const nearlyFull = (supply.settings.capacity ?? Infinity) - Math.max(noise, supply.demand.portion);
  return supply.pantry > 0 && supply.onHand >= nearlyFull && sample.level >= nearlyFull;
};

/** Behind a full slot the model counts, and learns nothing from itself. */
function drawFromPantry(supply: Supply, sample: Sample, since: Instant): Supply {
  const used = consumptionPerDay(supply.demand) * Math.max(0, daysBetween(since, sample.at));
  return { ...supply, pantry: roundAmount(supply.pantry - used), slope: { level: sample.level, at: sample.at } };
}

/**
 * Goods leave the pantry in whole packs. Where no usage is counted, what was used of a pack before the next reading hides a part of it; a
 * quarter more than whole packs is the sensor's noise.
 */
function inWholePacks({ products }: Supply, rise: number): number {
  const pack = products[0]?.pack.amount ?? rise;
  return Math.max(1, Math.ceil(rise / pack - 0.25)) * pack;
}

/** Books a rise of the level. What is left of a pantry or an order within the sensor's noise was the sensor's noise. */
export function bookRefill(supply: Supply, balance: Balance, now: Instant): { supply: Supply; event: SupplyEvent } {
  const { refill: rise, noise } = balance;
  const withoutDust = (rest: number): number => (rest <= noise ? 0 : roundAmount(rest));
  const onTheWay = Math.max(0, outstandingOf(supply) - supply.early);
  const fromPantry = Math.min(supply.pantry, balance.used === undefined ? inWholePacks(supply, rise) : rise);
  const amount = Math.max(rise, roundAmount(fromPantry));
  const fromOrders = Math.min(onTheWay, amount - fromPantry);
  const early = supply.early + (fromOrders > 0 && onTheWay - fromOrders <= noise ? onTheWay : fromOrders);
  const boughtElsewhere = withoutDust(amount - fromPantry - fromOrders);
  const { householdId, supplyId, unit, deviceType } = supply;
  const data = { householdId, supplyId, unit, amount, fromPantry: roundAmount(fromPantry), boughtElsewhere };
  const arrived = noteArrival(supply, fromOrders + boughtElsewhere, now);
  return {
    supply: { ...arrived, pantry: fromPantry > 0 ? withoutDust(supply.pantry - fromPantry) : supply.pantry, early: roundAmount(early) },
    event: { type: 'supply.refilled', data: { ...data, ...(deviceType !== undefined && { deviceType }) } },
  };
}

/** A step as wide as this has its values spread evenly over it: the standard deviation is a √12th of it. */
const stepNoise = (step: number): number => step / Math.sqrt(12);

/** Follows the pack in use where the device tells no usage. @param before the supply before the reading @param after with its level and refill booked */
export function followLevel(before: Supply, after: Supply, sample: Sample, balance: Balance): Supply {
  if (sample.usage !== undefined) return withoutLevel(after);
  const { demand, products, settings } = before;
  if (!before.lastReading || !before.level)
    return { ...after, level: newLevel({ perDay: consumptionPerDay(demand), pack: products[0]?.pack.amount ?? demand.portion, at: sample.at }) };
  const fromPantry = before.pantry - after.pantry;
  const level = followReading(before.level, {
    at: sample.at,
    before: before.onHand + before.pantry,
    after: after.onHand + after.pantry,
    inSlot: after.onHand,
    noise: Math.hypot(sample.uncertainty, stepNoise(settings.resolution ?? 0)),
    portion: demand.portion,
    isRefill: balance.refill > fromPantry + balance.noise,
  });
  return { ...after, level };
}

function withoutLevel({ level: _level, ...supply }: Supply): Supply {
  return supply;
}
