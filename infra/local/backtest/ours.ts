/** Our own way without a sensor: the very functions that the pipeline uses, told of every use as somebody with a scanner at the bin would. */
import { takeByHand, type HandCommand } from '../../../shared/supply/by-hand.ts';
import { followOrder, type OrderForSupply } from '../../../shared/supply/follow-order.ts';
import { projectedStockout } from '../../../shared/supply/forecast/forecast.ts';
import { forecastOf } from '../../../shared/supply/forecast/forecast-of.ts';
import { needIdOf } from '../../../shared/supply/need.ts';
import { newSupply, supplyConfigSchema } from '../../../shared/supply/new-supply.ts';
import { packsToOrder } from '../../../shared/supply/reorder/reorder.ts';
import { review } from '../../../shared/supply/review.ts';
import { orderUpToOf } from '../../../shared/supply/snapshot.ts';
import { stockAt } from '../../../shared/supply/stock.ts';
import type { Supply } from '../../../shared/supply/supply.ts';
import { daysBetween, instantOf, orderIdSchema, type Instant, type Outcome } from '../../../shared/values.ts';
import type { Delays, Method, Projection, Trial } from './scenario.ts';
import { keepShelf, type Keeper, type Order } from './shelf.ts';

const HOUR = 3_600_000;
const [MORNING, NOON, EVENING] = [8, 12, 18];
const at = (day: number, hour: number): Instant => instantOf((day * 24 + hour) * HOUR);

/** The shop's word on its lead times, and what people usually take for a yes: uniform, hence (most − least)² / 12. */
function leadTimeOf({ leadTimeDays, approvalHours }: Delays): { meanDays: number; sdDays: number } {
  const lead = leadTimeDays.most - leadTimeDays.least;
  const approval = (approvalHours.most - approvalHours.least) / 24;
  // Whole days: one more of them than the width of their range.
  const variance = ((lead + 1) ** 2 - 1) / 12 + approval ** 2 / 12;
  return { meanDays: (leadTimeDays.least + leadTimeDays.most) / 2 + (approvalHours.least + approvalHours.most) / 48, sdDays: Math.sqrt(variance) };
}

/** What is learnt before the test is the same for every service level. */
const learnt = new WeakMap<Trial, Supply>();
const supplyAtSplit = (trial: Trial, serviceLevel: number): Supply => {
  const known = learnt.get(trial) ?? learnBefore(trial);
  learnt.set(trial, known);
  const { neverBuy: _neverBuy, ...settings } = known.settings;
  return { ...known, settings: { ...settings, serviceLevel } };
};

/** Before the test nothing is ordered: each use is of a unit that was bought for it. */
function learnBefore({ pair, splitDay, delays }: Trial): Supply {
  const before = pair.needs.filter(({ day }) => day < splitDay);
  const began = newItem(delays, FIRST_GUESS, at(before[0]?.day ?? splitDay, MORNING));
  let supply: Supply = { ...began, settings: { ...began.settings, neverBuy: true } };
  for (const { day, count } of before) supply = changed(supply, takeByHand(supply, used(day, count), at(day, NOON)));
  return changed(supply, takeByHand(supply, counted(splitDay - 1, STOCK_AT_FIRST), at(splitDay - 1, EVENING)));
}

/** An item that somebody begins to look after. @param guess units a day, and how many watched days that is worth */
function newItem(delays: Delays, guess: typeof FIRST_GUESS, now: Instant): Supply {
  const config = supplyConfigSchema.parse({
    ...{ supplyId: 'sup_item', householdId: 'hh_house', name: 'item', productLine: 'groceries', unit: 'piece' },
    products: [{ gtin: '4006381333931', pack: { amount: 1, unit: 'piece' } }],
    settings: { serviceLevel: 0.99, coverDays: COVER_DAYS, packsMax: PACKS_MAX, everyUseTold: true },
    ...{ ...guess, portion: 1, leadTime: leadTimeOf(delays), onHand: 0 },
  });
  return newSupply(config, now);
}
const STOCK_AT_FIRST = 1;
/** No more than what one order has to bring. */
const COVER_DAYS = 0.01;
const PACKS_MAX = 9;
/** Of items that are bought again at all, before the test; worth three days of watching. */
export const FIRST_GUESS = { perDay: 0.02, confidenceDays: 3 };

const handId = (day: number): string => String(day).padStart(6, '0');
const used = (day: number, amount: number): HandCommand => ({ type: 'use', amount, handId: `cnt_${handId(day)}` });
const counted = (day: number, amount: number): HandCommand => ({ type: 'count', amount, handId: `ent_${handId(day)}`, arrived: false });
const changed = (before: Supply, outcome: Outcome<Supply, unknown>): Supply => (outcome.kind === 'changed' ? outcome.state : before);

class Keeping implements Keeper {
  supply: Supply;
  #orders = 0;
  readonly #open = new Map<number, OrderForSupply>();

  constructor(supply: Supply) {
    this.supply = supply;
  }

  receive(day: number, orders: readonly Order[]): void {
    const now = at(day, MORNING);
    for (const order of orders) {
      const view = this.#open.get(order.day);
      if (view) this.#follow({ ...view, orderVersion: 2, standing: 'received', outstanding: 0, received: view.outstanding, receivedAt: now }, now);
      this.#open.delete(order.day);
    }
  }

  see(day: number, { count }: { readonly count: number }): void {
    if (count > 0) this.supply = changed(this.supply, takeByHand(this.supply, used(day, count), at(day, NOON)));
  }

  order(day: number): number {
    const now = at(day, EVENING);
    for (let turn = 0; turn < 4 && this.supply.dueAt !== undefined && this.supply.dueAt <= now; turn += 1)
      this.supply = changed(this.supply, review(this.supply, now));
    const { need } = this.supply;
    return need?.standing === 'open' ? this.#place(day, now) : 0;
  }

  #place(day: number, now: Instant): number {
    const { position } = stockAt(this.supply, now);
    const units = packsToOrder({ position, orderUpTo: orderUpToOf(this.supply, now), packAmount: 1, packsMax: this.supply.settings.packsMax });
    this.#orders += 1;
    const view: OrderForSupply = {
      ...{ orderId: orderIdSchema.parse(`ord_${String(this.#orders)}`), orderVersion: 1, needId: needIdOf(this.supply) },
      ...{ standing: 'on-order', outstanding: units, received: 0, approvedAt: now },
    };
    this.#open.set(day, view);
    this.#follow(view, now);
    return units;
  }

  #follow(view: OrderForSupply, now: Instant): void {
    this.supply = changed(this.supply, followOrder(this.supply, view, now));
  }
}

/** Somebody who keeps the shelf by our functions, with what was learnt before the test. */
export const keeperOf = (trial: Trial, serviceLevel: number): Keeper & { readonly supply: Supply } => new Keeping(supplyAtSplit(trial, serviceLevel));

/** The same from nothing but a first guess, on the evening before the test. */
export const beginnerOf = ({ delays, splitDay }: Trial, guess: typeof FIRST_GUESS): Keeper => {
  const began = newItem(delays, guess, at(splitDay - 1, MORNING));
  return new Keeping(changed(began, takeByHand(began, counted(splitDay - 1, STOCK_AT_FIRST), at(splitDay - 1, EVENING))));
};

/** A projection that is made less than a year before the end may end after it. */
const HORIZON_DAYS = 366;
const EVERY_DAYS = 28;

/** In the evening, of what is on the shelf; nothing is projected for an empty one. */
function projectionOf(supply: Supply, day: number, trial: Trial): Projection | undefined {
  const now = at(day, EVENING);
  const { onHand, pantry } = stockAt(supply, now);
  if (onHand + pantry < 1) return undefined;
  const forecast = forecastOf(supply, now);
  const { p10, p90 } = projectedStockout(forecast, { position: onHand + pantry, now });
  let left = onHand + pantry;
  const emptyOn = trial.pair.needs.find((need) => need.day > day && (left -= need.count) <= 0)?.day;
  const emptyAfter = emptyOn === undefined ? Infinity : daysBetween(now, at(emptyOn, NOON));
  const [least, most] = [daysBetween(now, p10), daysBetween(now, p90)];
  const isOpen = most >= HORIZON_DAYS;
  return { perDay: forecast.meanPerDay, isCovered: least <= emptyAfter && (isOpen || emptyAfter <= most), isOpen };
}

export const ours = (serviceLevel: number, isCalibrated = false): Method => ({
  name: `ours ${String(serviceLevel)}`,
  kind: 'ours',
  ...(isCalibrated && { isCalibrated }),
  run(trial) {
    const keeping = new Keeping(supplyAtSplit(trial, serviceLevel));
    const projections: Projection[] = [];
    const tally = keepShelf(trial, {
      receive: (day, orders) => {
        keeping.receive(day, orders);
      },
      see: (day, needs) => {
        keeping.see(day, needs);
      },
      order: (day) => {
        const units = keeping.order(day);
        const isTime = isCalibrated && (day - trial.splitDay) % EVERY_DAYS === 0 && day + HORIZON_DAYS < trial.endDay;
        const projection = isTime ? projectionOf(keeping.supply, day, trial) : undefined;
        if (projection) projections.push(projection);
        return units;
      },
    });
    return { tally, projections };
  },
});
