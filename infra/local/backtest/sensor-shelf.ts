/**
 * A shelf whose packs are used up little by little, on a noisy scale. Between two purchases of the past one pack was used, at an even pace.
 * Each day the goods come first and are put on it, then the level falls, then it is read, then whoever keeps the shelf may order. What nobody had
 * is not made up for later.
 */
import { arrivalDay } from './delay.ts';
import { randomFrom } from './random.ts';
import { NOTHING, type Tally, type Trial } from './scenario.ts';
import type { Order } from './shelf.ts';

export interface LevelKeeper {
  /** Goods have come in the morning. @param level as the scale tells when they are put on it */
  receive?(day: number, orders: readonly Order[], level: number): void;
  /** In the evening. @param seen in packs @returns packs to order now */
  order(day: number, seen: { readonly level: number; readonly onOrder: number }): number;
  /** Now and then, for calibration: when it expects that everything in the house is used up, in days from this evening. */
  expects?(day: number): { readonly perDay: number; readonly p10: number; readonly p90: number };
}

/** In packs. */
export const SENSOR_NOISE = 0.05;
export const SENSOR_STEP = 0.05;
/** Exactly used up is used up, whatever floating point leaves. */
const EMPTY = 1e-9;

/** Packs a day on each day of the test: one over the days between the purchases around it. Until the last purchase, after which nobody knows. */
export function ratesOf({ pair, splitDay }: Trial): number[] {
  const days = pair.needs.map(({ day }) => day);
  const last = days.at(-1) ?? splitDay;
  let at = 0;
  return Array.from({ length: Math.max(0, last - splitDay) }, (_, index) => {
    while ((days[at + 1] ?? Infinity) <= splitDay + index) at += 1;
    return 1 / ((days[at + 1] ?? Infinity) - (days[at] ?? 0));
  });
}

/** The middle of twelve even numbers is near enough to a normal one. */
function normal(random: () => number): number {
  let sum = -6;
  for (let drawn = 0; drawn < 12; drawn += 1) sum += random();
  return sum;
}

const sense = (stock: number, random: () => number): number => Math.max(0, Math.round((stock + SENSOR_NOISE * normal(random)) / SENSOR_STEP) * SENSOR_STEP);

export interface Kept {
  readonly tally: Tally;
  /** What the keeper expected on an evening, and in how many days it was so; undefined when the test was over before, after `testedDays`. */
  readonly projections: readonly {
    readonly perDay: number;
    readonly p10: number;
    readonly p90: number;
    readonly usedUpAfterDays: number | undefined;
    readonly testedDays: number;
  }[];
}

export function keepLevel(trial: Trial, keeper: LevelKeeper): Kept {
  const rates = ratesOf(trial);
  const random = randomFrom(trial.pair.customer, trial.pair.item, 'sensor');
  const coming = new Map<number, Order[]>();
  const projections: Kept['projections'][number][] = [];
  let [stock, onOrder, orders, stockoutDays, unitDays] = [1, 0, 0, 0, 0];
  for (const [index, rate] of rates.entries()) {
    const day = trial.splitDay + index;
    const come = coming.get(day) ?? [];
    const units = come.reduce((sum, order) => sum + order.units, 0);
    stock += units;
    onOrder -= units;
    const atDoor = sense(stock, random);
    if (units > 0) keeper.receive?.(day, come, atDoor);
    stock = stock - rate <= EMPTY ? 0 : stock - rate;
    if (stock === 0) stockoutDays += 1;
    unitDays += stock;
    const more = keeper.order(day, { level: sense(stock, random), onOrder });
    if (more > 0) {
      const arrival = arrivalDay(trial, day, orders);
      coming.set(arrival, [...(coming.get(arrival) ?? []), { day, units: more }]);
      onOrder += more;
      orders += 1;
    }
    if (keeper.expects && isProjected(index, rates.length) && stock > 0) {
      projections.push({ ...keeper.expects(day), usedUpAfterDays: usedUpAfter(stock, rates, index + 1), testedDays: rates.length - index - 1 });
    }
  }
  return {
    tally: { ...NOTHING, itemDays: rates.length, unitDays, orders, stockoutDays, needs: Math.round(rates.reduce((sum, rate) => sum + rate, 0)) },
    projections,
  };
}

/** One evening in so many is enough to judge, and the last months would show only what is used up soon. */
const PROJECTED_EVERY = 10;
const PROJECTED_UNTIL_DAYS = 180;
const isProjected = (index: number, days: number): boolean => index % PROJECTED_EVERY === PROJECTED_EVERY - 1 && index < days - PROJECTED_UNTIL_DAYS;

/** Within a day, what is used is spread evenly over it. */
function usedUpAfter(stock: number, rates: readonly number[], from: number): number | undefined {
  let left = stock;
  for (let index = from; index < rates.length; index += 1) {
    const rate = rates[index] ?? 0;
    if (left <= rate) return index - from + left / rate;
    left -= rate;
  }
  return undefined;
}
