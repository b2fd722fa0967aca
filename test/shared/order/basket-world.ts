/**
 * A household with twelve things in its cupboards, a shop that delivers for a fee and has a week of lower prices now and then, and the very
 * functions that the pipeline uses. What is used and when prices fall follows from the seed alone, so that two policies meet the same days.
 */
import { offerSchema, withEarlierPrices, type Offer } from '../../../shared/retailer/offer.ts';
import { readingSchema } from '../../../shared/device/telemetry.ts';
import { agendaOf, planOrders } from '../../../shared/order/plan-orders.ts';
import { draftOf } from '../../../shared/order/order-draft.ts';
import { emptySpend } from '../../../shared/order/mandate/spend.ts';
import { decideBasket, newBasket, type Basket, type BasketCommand, type Plan } from '../../../shared/supply/basket.ts';
import { followOrder, type OrderForSupply } from '../../../shared/supply/follow-order.ts';
import { join } from '../../../shared/supply/reorder/join.ts';
import { newSupply, supplyConfigSchema } from '../../../shared/supply/new-supply.ts';
import type { SupplyEvent } from '../../../shared/supply/need.ts';
import { observe } from '../../../shared/supply/observe.ts';
import { review } from '../../../shared/supply/review.ts';
import type { Supply } from '../../../shared/supply/supply.ts';
import { addDuration, duration, euros, type Instant, type Outcome, type SupplyId } from '../../../shared/values.ts';
import { randomFrom } from '../../../infra/local/backtest/random.ts';
import { START } from '../supply/milk.ts';
import { frischhof, gtinOf, householdId } from './order-examples.ts';

export interface Policy {
  readonly joins: boolean;
  readonly stocksUp: boolean;
}

export interface BasketFigures {
  readonly deliveries: number;
  readonly lines: number;
  readonly feesMinor: number;
  readonly goodsMinor: number;
  /** The same goods at their usual prices. */
  readonly usualMinor: number;
  /** Packs that were used. */
  readonly used: number;
  /** Packs in the house, on average over the days. */
  readonly held: number;
  /** Item-days on which somebody wanted some and there was none. */
  readonly runOutDays: number;
  readonly needsOrderedTwice: number;
}

const FEE_MINOR = 390;
const STEP_HOURS = 12;
const PACK = 1_000;
const WARM_UP_DAYS = 60;
/** Packs a day, days that an order lasts, days that it keeps, cents. */
const ITEMS = [
  [0.8, 5, 9, 129],
  [0.45, 5, 20, 229],
  [0.3, 6, 30, 279],
  [0.25, 7, 120, 399],
  [0.2, 10, 300, 199],
  [0.15, 10, 21, 349],
  [0.12, 14, 700, 549],
  [0.1, 14, 400, 899],
  [0.08, 21, 700, 449],
  [0.06, 21, 700, 699],
  [0.05, 30, 900, 1_199],
  [0.03, 30, 900, 599],
] as const;

interface Item {
  supply: Supply;
  level: number;
  used: number;
  seq: number;
  offer: Offer;
  readonly usualMinor: number;
  readonly perDay: number;
}

class BasketWorld {
  now: Instant = START;
  readonly items: Item[];
  basket: Basket = newBasket(householdId);
  readonly coming: { plan: Plan; at: Instant; views: Map<SupplyId, OrderForSupply> }[] = [];
  readonly sums = { deliveries: 0, lines: 0, feesMinor: 0, goodsMinor: 0, usualMinor: 0, used: 0, held: 0, runOutDays: 0, needsOrderedTwice: 0 };
  readonly #policy: Policy;
  readonly #chance: (what: string) => () => number;
  readonly #ordered = new Set<string>();

  constructor(seed: number, policy: Policy) {
    this.#policy = policy;
    this.#chance = (what) => randomFrom('basket', seed, what);
    this.items = ITEMS.map(([perDay, coverDays, shelfLifeDays, usualMinor], index) => this.#item(index, { perDay, coverDays, shelfLifeDays, usualMinor }));
  }

  #item(
    index: number,
    { perDay, coverDays, shelfLifeDays, usualMinor }: { perDay: number; coverDays: number; shelfLifeDays: number; usualMinor: number },
  ): Item {
    const gtin = gtinOf(500 + index);
    const config = supplyConfigSchema.parse({
      ...{
        supplyId: `sup_i${String(index)}`,
        householdId,
        thing: 'cupboard',
        slot: `i${String(index)}`,
        name: `i${String(index)}`,
        productLine: 'groceries',
        unit: 'ml',
      },
      products: [{ gtin, pack: { amount: PACK, unit: 'ml' } }],
      settings: { serviceLevel: 0.95, coverDays, shelfLifeDays, packsMax: 20, ...(this.#policy.stocksUp && shelfLifeDays > 60 && { stockUpWhenCheap: true }) },
      ...{ perDay: perDay * PACK, portion: PACK / 10, confidenceDays: 14, leadTime: { meanDays: 1.5, sdDays: 0.4 } },
    });
    const level = Math.ceil(perDay * coverDays * this.#chance(`start ${String(index)}`)() + 1) * PACK;
    const offer = {
      retailerId: frischhof,
      gtin,
      sku: `FH-${String(index)}`,
      title: config.name,
      pack: { amount: PACK, unit: 'ml' },
      price: euros(usualMinor),
      vatPercent: 7,
    };
    const first = offerSchema.parse({ ...offer, available: true, publishedAt: START, validUntil: addDuration(START, duration(3, 'days')) });
    return { supply: newSupply(config, START), level, used: 0, seq: 0, offer: first, usualMinor, perDay };
  }

  step(index: number): void {
    this.now = addDuration(START, duration(index * STEP_HOURS, 'hours'));
    const isCounted = index * STEP_HOURS >= WARM_UP_DAYS * 24;
    for (const order of this.coming.filter(({ at }) => at <= this.now)) this.#deliver(order);
    for (const [position, item] of this.items.entries()) this.#live(item, position, index, isCounted);
    if (this.basket.dueAt !== undefined && this.basket.dueAt <= this.now) this.#plan(isCounted);
  }

  /** A tenth of a pack at a time, as a Poisson process; a sensor that counts tells it. */
  #live(item: Item, position: number, index: number, isCounted: boolean): void {
    const chance = this.#chance(`use ${String(position)} ${String(index)}`);
    let [wanted, product] = [0, chance()];
    for (const limit = Math.exp(-item.perDay * 10 * (STEP_HOURS / 24)); product > limit; product *= chance()) wanted += 1;
    const taken = Math.min(item.level, (wanted * PACK) / 10);
    item.level -= taken;
    item.used += taken;
    item.seq += 1;
    this.#publish(item, position, index);
    if (isCounted) {
      this.sums.used += taken / PACK;
      this.sums.held += item.level / PACK;
      if (taken < (wanted * PACK) / 10) this.sums.runOutDays += STEP_HOURS / 24;
    }
    const measured = { amount: item.level, unit: 'ml' };
    const reading = readingSchema.parse({
      bootId: 1,
      seq: item.seq,
      sampledAt: this.now,
      slot: `i${String(position)}`,
      level: measured,
      uncertainty: 0,
      usage: item.used,
    });
    const observed = observe(item.supply, [reading], this.now);
    item.supply = observed.supply;
    this.#hear(observed.events);
    if (item.supply.dueAt !== undefined && item.supply.dueAt <= this.now) this.#take(item, review(item.supply, this.now));
  }

  /** One week in seven a quarter less. */
  #publish(item: Item, position: number, index: number): void {
    const week = Math.floor((index * STEP_HOURS) / 168);
    const isCheap = this.#chance(`price ${String(position)} ${String(week)}`)() < 1 / 7;
    const price = euros(Math.round(item.usualMinor * (isCheap ? 0.75 : 1)));
    item.offer = withEarlierPrices({ ...item.offer, price, publishedAt: this.now, validUntil: addDuration(this.now, duration(3, 'days')) }, item.offer);
  }

  #take(item: Item, outcome: Outcome<Supply, SupplyEvent>): void {
    if (outcome.kind !== 'changed') return;
    item.supply = outcome.state;
    this.#hear(outcome.events);
  }

  #hear(events: readonly SupplyEvent[]): void {
    for (const event of events) if (event.type === 'supply.low') this.#tell({ type: 'add-need', need: event.data, now: this.now });
  }

  #tell(command: BasketCommand): void {
    const outcome = decideBasket(this.basket, command);
    if (outcome.kind === 'changed') this.basket = outcome.state;
  }

  #plan(isCounted: boolean): void {
    const shop = { retailerId: frischhof, terms: { deliveryFee: euros(FEE_MINOR), freeDeliveryFrom: euros(6_000), minimumOrder: euros(0), leadTimeDays: 1.5 } };
    const offered = { ...shop, offers: this.items.map(({ offer }) => offer) };
    const seen = agendaOf(
      this.basket,
      this.items.map(({ supply }) => supply),
      undefined,
      this.now,
    );
    const agenda = this.#policy.joins ? seen : { ...seen, others: [] };
    const { choices, joined } = planOrders({ agenda, shops: [offered], spend: emptySpend(householdId), timeZone: 'Europe/Berlin', now: this.now });
    for (const { supplyId } of joined) {
      const item = this.items.find(({ supply }) => supply.supplyId === supplyId);
      if (item) this.#take(item, join(item.supply, this.now));
    }
    const known = new Set(this.basket.plans.map(({ orderId }) => orderId));
    this.#tell({ type: 'plan', choices, joined, withdrawn: agenda.withdrawn, now: this.now });
    for (const plan of this.basket.plans.filter(({ orderId }) => !known.has(orderId))) this.#order(plan, offered, isCounted);
  }

  #order(plan: Plan, shop: Parameters<typeof draftOf>[0], isCounted: boolean): void {
    const wanted = plan.lines.map(({ needId, supplyId, gtin, quantity }) => ({
      ...{ needId, supplyId, products: [{ gtin }], packsMax: quantity, amount: { amount: quantity * PACK, unit: 'ml' as const } },
    }));
    const quote = draftOf(shop, wanted, this.now)?.quote;
    if (quote === undefined) throw new Error('the shop has just quoted it');
    for (const { needId } of plan.lines) {
      if (this.#ordered.has(needId)) this.sums.needsOrderedTwice += 1;
      this.#ordered.add(needId);
    }
    if (isCounted) {
      this.sums.deliveries += 1;
      this.sums.lines += plan.lines.length;
      this.sums.feesMinor += quote.deliveryFee.amountMinor;
      this.sums.goodsMinor += quote.subtotal.amountMinor;
      const usual = (gtin: string): number => this.items.find(({ offer }) => offer.gtin === gtin)?.usualMinor ?? 0;
      this.sums.usualMinor += plan.lines.reduce((sum, { gtin, quantity }) => sum + quantity * usual(gtin), 0);
    }
    const view = { orderId: plan.orderId, orderVersion: 1, standing: 'on-order', approvedAt: this.now, proposedAt: this.now, by: 'mandate' } as const;
    const views = new Map(plan.lines.map(({ needId, supplyId, quantity }) => [supplyId, { ...view, needId, outstanding: quantity * PACK, received: 0 }]));
    const days = 1 + this.#chance(`way ${this.now}`)();
    this.coming.push({ plan, at: addDuration(this.now, duration(days, 'days')), views });
    this.#follow(views);
    this.#tell({ type: 'plans-created', orderIds: [plan.orderId] });
  }

  #deliver(order: BasketWorld['coming'][number]): void {
    this.coming.splice(this.coming.indexOf(order), 1);
    for (const [supplyId, { outstanding }] of order.views) {
      const item = this.items.find(({ supply }) => supply.supplyId === supplyId);
      if (item) item.level += outstanding;
    }
    const come = [...order.views].map(
      ([supplyId, view]) =>
        [supplyId, { ...view, ...{ orderVersion: 2, outstanding: 0, received: view.outstanding }, standing: 'received', receivedAt: this.now }] as const,
    );
    this.#follow(new Map(come));
    this.#tell({ type: 'free', orderId: order.plan.orderId });
  }

  #follow(views: ReadonlyMap<SupplyId, OrderForSupply>): void {
    for (const item of this.items) {
      const view = views.get(item.supply.supplyId);
      if (view) this.#take(item, followOrder(item.supply, view, this.now));
    }
  }
}

/** @param days counted, after two months to learn in */
export function liveWith(policy: Policy, seed: number, days: number): BasketFigures {
  const world = new BasketWorld(seed, policy);
  const steps = ((WARM_UP_DAYS + days) * 24) / STEP_HOURS;
  for (let index = 0; index < steps; index += 1) world.step(index);
  return { ...world.sums, held: world.sums.held / ((days * 24) / STEP_HOURS) };
}
