/**
 * An oil tank in a house whose truth is known, one shop with a price for every day, and the very functions that the pipeline uses. What is burnt and
 * what oil costs follows from the seed alone, so that two policies meet the same days.
 */
import { randomFrom } from '../../../infra/local/backtest/random.ts';
import { readingSchema } from '../../../shared/device/telemetry.ts';
import { emptySpend } from '../../../shared/order/mandate/spend.ts';
import { agendaOf, planOrders } from '../../../shared/order/plan-orders.ts';
import { offerSchema, withEarlierPrices, type Offer } from '../../../shared/retailer/offer.ts';
import { cheapAgainst } from '../../../shared/retailer/usual-price.ts';
import { decideBasket, newBasket, type Basket, type BasketCommand } from '../../../shared/supply/basket.ts';
import { followOrder, type OrderForSupply } from '../../../shared/supply/follow-order.ts';
import type { SupplyEvent } from '../../../shared/supply/need.ts';
import { newSupply, supplyConfigSchema } from '../../../shared/supply/new-supply.ts';
import { observe } from '../../../shared/supply/observe.ts';
import type { PriceNow } from '../../../shared/supply/reorder/fill-while-cheap.ts';
import { review } from '../../../shared/supply/review.ts';
import type { Supply } from '../../../shared/supply/supply.ts';
import { addDuration, duration, euros, type Instant, type Outcome } from '../../../shared/values.ts';
import { day, drawsOf, litresOf, normalFrom, ORDINARY } from '../supply/heat/heat-house.ts';
import { frischhof, gtinOf, householdId } from './order-examples.ts';

export interface TankPolicy {
  /** The household allows to buy more while it is cheap. */
  readonly stocksUp: boolean;
  /** And the price itself may open a need. */
  readonly watchesPrice: boolean;
}

/** A week in seven an eighth less; or a price that goes where it likes, by 1.2 % a day. */
export type PriceCourse = 'weeks' | 'walk';

export interface TankFigures {
  readonly orders: number;
  readonly litres: number;
  /** A hundred litres on average, cents. */
  readonly paidMinor: number;
  /** The same on average over all days. */
  readonly meanMinor: number;
  /** Litres in the tank on average. */
  readonly held: number;
  readonly emptyDays: number;
  /** The fullest that it ever was, litres. */
  readonly most: number;
}

const USUAL_MINOR = 9_500;
const PACK_LITRES = 100;
export const TANK_LITRES = 3_000;
const DELIVERED_AFTER_DAYS = 5;
const WARM_UP_DAYS = 120;

function pricesOf(course: PriceCourse, seed: number, days: number): number[] {
  const draw = drawsOf(seed + 7_000);
  let walked = 1;
  return Array.from({ length: days }, (_, index) => {
    walked = Math.min(1.6, Math.max(0.6, walked * (1 + 0.012 * normalFrom(draw))));
    const isCheapWeek = randomFrom('oil', seed, Math.floor(index / 7))() < 1 / 7;
    return Math.round(USUAL_MINOR * (course === 'walk' ? walked : isCheapWeek ? 0.875 : 1));
  });
}

class TankWorld {
  readonly sums = { orders: 0, packs: 0, paidMinor: 0, held: 0, emptyDays: 0, most: 0 };
  readonly #watches: boolean;
  #supply: Supply;
  #offer: Offer | undefined;
  #basket: Basket = newBasket(householdId);
  #coming: { readonly on: number; readonly view: OrderForSupply }[] = [];
  #level = 1_500;
  #used = 0;

  constructor({ stocksUp, watchesPrice }: TankPolicy) {
    this.#watches = watchesPrice;
    const config = supplyConfigSchema.parse({
      ...{ supplyId: 'sup_oil', householdId, thing: 'heating', slot: 'tank', name: 'oil', productLine: 'heating', unit: 'ml' },
      products: [{ gtin: gtinOf(600), pack: { amount: PACK_LITRES * 1_000, unit: 'ml' } }],
      settings: {
        ...{ serviceLevel: 0.99, coverDays: 60, capacity: TANK_LITRES * 1_000, packsMax: 30 },
        ...(stocksUp && { stockUpWhenCheap: true }),
      },
      ...{ perDay: 7_000, portion: 1_000, leadTime: { meanDays: DELIVERED_AFTER_DAYS, sdDays: 1 } },
    });
    this.#supply = newSupply(config, day(0), 'heating');
  }

  live(index: number, litres: number, priceMinor: number, isCounted: boolean): void {
    const now = day(index);
    this.#publish(priceMinor, now);
    for (const { view } of this.#coming.filter(({ on }) => on <= index)) this.#deliver(view, now);
    this.#coming = this.#coming.filter(({ on }) => on > index);
    const taken = Math.min(this.#level, litres);
    this.#level -= taken;
    this.#used += taken;
    if (isCounted) {
      this.sums.held += this.#level;
      if (taken < litres) this.sums.emptyDays += 1;
      this.sums.most = Math.max(this.sums.most, this.#level);
    }
    const level = { amount: Math.round(this.#level * 1_000) / 1_000, unit: 'l' };
    const counts = { bootId: 1, seq: index + 1, usage: Math.round(this.#used * 1_000) / 1_000 };
    const observed = observe(this.#supply, [readingSchema.parse({ ...counts, sampledAt: now, slot: 'tank', level, uncertainty: 0 })], now);
    this.#supply = observed.supply;
    this.#hear(observed.events);
    const evening = addDuration(now, duration(12, 'hours'));
    const { dueAt } = this.#supply;
    if (dueAt !== undefined && dueAt <= evening) this.#take(review(this.#supply, evening, undefined, this.#watches ? this.#cheap(evening) : undefined));
    this.#plan(index, evening, isCounted);
  }

  #publish(priceMinor: number, now: Instant): void {
    const offer = offerSchema.parse({
      ...{ retailerId: frischhof, gtin: gtinOf(600), sku: 'OIL', title: 'oil', pack: { amount: PACK_LITRES * 1_000, unit: 'ml' }, vatPercent: 19 },
      ...{ price: euros(priceMinor), available: true, publishedAt: now, validUntil: addDuration(now, duration(3, 'days')) },
    });
    this.#offer = this.#offer ? withEarlierPrices(offer, this.#offer) : offer;
  }

  #cheap(now: Instant): PriceNow | undefined {
    const usual = cheapAgainst(this.#offer, now);
    return usual && this.#offer && { unitMinor: this.#offer.price.amountMinor, usualMinor: usual.amountMinor };
  }

  #plan(index: number, now: Instant, isCounted: boolean): void {
    if (!this.#offer || this.#supply.need?.standing !== 'open') return;
    const terms = { deliveryFee: euros(3_900), freeDeliveryFrom: euros(100_000), minimumOrder: euros(PACK_LITRES * 3), leadTimeDays: DELIVERED_AFTER_DAYS };
    const shops = [{ retailerId: frischhof, terms, offers: [this.#offer] }];
    const agenda = agendaOf(this.#basket, [this.#supply], undefined, now);
    const { choices } = planOrders({ agenda, shops, spend: emptySpend(householdId), timeZone: 'Europe/Berlin', now });
    this.#tell({ type: 'plan', choices, joined: [], withdrawn: agenda.withdrawn, now });
    for (const plan of this.#basket.plans) {
      const packs = plan.lines.reduce((sum, { quantity }) => sum + quantity, 0);
      const needId = plan.lines[0]?.needId;
      if (needId === undefined) continue;
      const view: OrderForSupply = {
        ...{ orderId: plan.orderId, orderVersion: 1, needId, standing: 'on-order', approvedAt: now, proposedAt: now, by: 'mandate' },
        ...{ outstanding: packs * PACK_LITRES * 1_000, received: 0 },
      };
      this.#coming = [...this.#coming, { on: index + DELIVERED_AFTER_DAYS, view }];
      if (isCounted) {
        this.sums.orders += 1;
        this.sums.packs += packs;
        this.sums.paidMinor += packs * this.#offer.price.amountMinor;
      }
      this.#take(followOrder(this.#supply, view, now));
      this.#tell({ type: 'plans-created', orderIds: [plan.orderId] });
      this.#tell({ type: 'free', orderId: plan.orderId });
    }
  }

  #deliver(view: OrderForSupply, now: Instant): void {
    this.#level += view.outstanding / 1_000;
    this.#take(followOrder(this.#supply, { ...view, orderVersion: 2, standing: 'received', outstanding: 0, received: view.outstanding, receivedAt: now }, now));
  }

  #take(outcome: Outcome<Supply, SupplyEvent>): void {
    if (outcome.kind !== 'changed') return;
    this.#supply = outcome.state;
    this.#hear(outcome.events);
  }

  #hear(events: readonly SupplyEvent[]): void {
    for (const event of events) if (event.type === 'supply.low') this.#tell({ type: 'add-need', need: event.data, now: day(0) });
  }

  #tell(command: BasketCommand): void {
    const outcome = decideBasket(this.#basket, command);
    if (outcome.kind === 'changed') this.#basket = outcome.state;
  }
}

/** @param days counted, after four months to learn in */
export function liveWithTank(policy: TankPolicy, course: PriceCourse, seed: number, days: number): TankFigures {
  const world = new TankWorld(policy);
  const all = WARM_UP_DAYS + days;
  const prices = pricesOf(course, seed, all);
  for (const [index, litres] of litresOf(ORDINARY, seed, all).entries()) world.live(index, litres, prices[index] ?? USUAL_MINOR, index >= WARM_UP_DAYS);
  const { orders, packs, paidMinor, held, emptyDays, most } = world.sums;
  const meanMinor = prices.slice(WARM_UP_DAYS).reduce((sum, price) => sum + price, 0) / days;
  return { orders, litres: packs * PACK_LITRES, paidMinor: paidMinor / Math.max(1, packs), meanMinor, held: held / days, emptyDays, most };
}
