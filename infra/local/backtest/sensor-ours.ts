/** Our own way with a level sensor: the very functions that the pipeline uses, reading by reading, order by order. */
import type { Reading } from '../../../shared/device/telemetry.ts';
import { followOrder, type OrderForSupply } from '../../../shared/supply/follow-order.ts';
import { HORIZON_DAYS_MAX, projectedStockout } from '../../../shared/supply/forecast/forecast.ts';
import { forecastOf } from '../../../shared/supply/forecast/forecast-of.ts';
import { newSupply, supplyConfigSchema } from '../../../shared/supply/new-supply.ts';
import { needIdOf, type SupplyEvent } from '../../../shared/supply/need.ts';
import { observe } from '../../../shared/supply/observe.ts';
import { packsToOrder } from '../../../shared/supply/reorder/reorder.ts';
import { review } from '../../../shared/supply/review.ts';
import { orderUpToOf } from '../../../shared/supply/snapshot.ts';
import { stockAt } from '../../../shared/supply/stock.ts';
import type { Supply } from '../../../shared/supply/supply.ts';
import { daysBetween, instantOf, orderIdSchema, slotSchema, type Instant, type OrderId } from '../../../shared/values.ts';
import { delayDays } from './sensor-delay.ts';
import { keepLevel, SENSOR_NOISE, SENSOR_STEP, type Kept, type LevelKeeper } from './sensor-shelf.ts';
import type { Method, Projection, Trial } from './scenario.ts';

const HOUR = 3_600_000;
/** Grams in a pack: the sensor tells hundredths of it. */
const PACK = 1_000;
const PORTION = 10;
const MORNING = 6;
const EVENING = 20;
/** When a low reading of the evening is believed (two hours), its basket planned (two more) and the order sent. */
const NIGHT = 23;

/** All items live through the same days; by hours since 1970. */
const moments = new Map<number, Instant>();
function at(day: number, hour: number): Instant {
  const hours = 24 * day + hour;
  const known = moments.get(hours) ?? instantOf(hours * HOUR);
  moments.set(hours, known);
  return known;
}

const slot = slotSchema.parse('shelf');

/** As it is known at the split: what was bought a day, for as long as it was bought. */
function supplyOf(trial: Trial, serviceLevel: number): Supply {
  const { pair, splitDay } = trial;
  const before = pair.needs.filter(({ day }) => day < splitDay);
  const days = splitDay - (before[0]?.day ?? splitDay - 1);
  const { mean, sd } = delayDays(trial);
  const config = supplyConfigSchema.parse({
    ...{ supplyId: 'sup_item', householdId: 'hh_house', thing: 'scale', slot, name: 'item', productLine: 'groceries', unit: 'g' },
    products: [{ gtin: '4006381333931', pack: { amount: PACK, unit: 'g' } }],
    settings: { serviceLevel, coverDays: COVER_DAYS, resolution: SENSOR_STEP * PACK, packsMax: 2 },
    ...{ perDay: (before.length / days) * PACK, portion: PORTION, confidenceDays: Math.min(365, days) },
    ...{ leadTime: { meanDays: mean, sdDays: sd }, onHand: PACK },
  });
  return newSupply(config, at(splitDay, 0));
}
/** No more than what one order has to bring. */
const COVER_DAYS = 0.1;

/** A household, its shelf and the shop, as far as the supply hears of them. */
class Keeping implements LevelKeeper {
  #supply: Supply;
  #seq = 0;
  #orders = 0;
  readonly #open = new Map<number, OrderForSupply>();

  constructor(supply: Supply) {
    this.#supply = supply;
  }

  receive(day: number, orders: readonly { readonly day: number }[], level: number): void {
    const now = at(day, MORNING);
    this.#reviewUntil(now);
    for (const order of orders) {
      const view = this.#open.get(order.day);
      if (!view) continue;
      this.#open.delete(order.day);
      this.#follow({ ...view, orderVersion: 2, standing: 'received', outstanding: 0, received: view.outstanding, receivedAt: now }, now);
    }
    this.#read(level, at(day, MORNING + 1));
  }

  order(day: number, seen: { readonly level: number }): number {
    const now = at(day, EVENING);
    const events = this.#reviewUntil(now);
    const read = this.#read(seen.level, now);
    const night = at(day, NIGHT);
    const low = [...events, ...read, ...this.#reviewUntil(night)].some(({ type }) => type === 'supply.low');
    return low ? this.#place(day, night) : 0;
  }

  #read(level: number, now: Instant): readonly SupplyEvent[] {
    this.#seq += 1;
    const amount = Math.round(level * PACK);
    const reading: Reading = { bootId: 1, seq: this.#seq, sampledAt: now, slot, level: { amount, unit: 'g' }, uncertainty: SENSOR_NOISE * PACK };
    const observed = observe(this.#supply, [reading], now);
    this.#supply = observed.supply;
    return observed.events;
  }

  #place(day: number, now: Instant): number {
    const { position } = stockAt(this.#supply, now);
    const packs = packsToOrder({ position, orderUpTo: orderUpToOf(this.#supply, now), packAmount: PACK, packsMax: this.#supply.settings.packsMax });
    this.#orders += 1;
    const orderId: OrderId = orderIdSchema.parse(`ord_${String(this.#orders)}`);
    const needId = this.#supply.need?.needId ?? needIdOf(this.#supply);
    const view: OrderForSupply = { orderId, orderVersion: 1, needId, standing: 'on-order', outstanding: packs * PACK, received: 0, approvedAt: now };
    this.#open.set(day, view);
    this.#follow(view, now);
    return packs;
  }

  #follow(view: OrderForSupply, now: Instant): void {
    const outcome = followOrder(this.#supply, view, now);
    if (outcome.kind === 'changed') this.#supply = outcome.state;
  }

  /** A supply is due a few times at most before a moment. */
  #reviewUntil(now: Instant): SupplyEvent[] {
    const events: SupplyEvent[] = [];
    for (let turn = 0; turn < 8 && this.#supply.dueAt !== undefined && this.#supply.dueAt <= now; turn += 1) {
      const outcome = review(this.#supply, this.#supply.dueAt);
      if (outcome.kind !== 'changed') break;
      this.#supply = outcome.state;
      events.push(...outcome.events);
    }
    return events;
  }

  expects(day: number): { perDay: number; p10: number; p90: number } {
    const now = at(day + 1, 0);
    const { onHand, pantry } = stockAt(this.#supply, now);
    const forecast = forecastOf(this.#supply, now);
    const { p10, p90 } = projectedStockout(forecast, { position: onHand + pantry, now });
    return { perDay: forecast.meanPerDay / PACK, p10: daysBetween(now, p10), p90: daysBetween(now, p90) };
  }
}

/** Beyond the horizon, or where the test ends before, nobody knows whether it came before p90: such a projection says only from when. */
function judged({ perDay, p10, p90, usedUpAfterDays, testedDays }: Kept['projections'][number]): Projection {
  const isOpen = p90 >= HORIZON_DAYS_MAX || (usedUpAfterDays === undefined && p90 >= testedDays);
  const isCovered = p10 <= (usedUpAfterDays ?? testedDays) && (isOpen || (usedUpAfterDays !== undefined && usedUpAfterDays <= p90));
  return { perDay, isCovered, isOpen };
}

/** @param isCalibrated whether its projections are judged */
export const followed = (serviceLevel: number, isCalibrated = false): Method => ({
  name: `ours, service ${serviceLevel}`,
  kind: 'ours',
  ...(isCalibrated && { isCalibrated }),
  run(trial) {
    const keeping = new Keeping(supplyOf(trial, serviceLevel));
    const keeper: LevelKeeper = {
      receive: (day, orders, level) => {
        keeping.receive(day, orders, level);
      },
      order: (day, seen) => keeping.order(day, seen),
      ...(isCalibrated && { expects: (day: number) => keeping.expects(day) }),
    };
    const { tally, projections } = keepLevel(trial, keeper);
    return { tally, projections: projections.map(judged) };
  },
});
