/** A house that a supply's properties are tried in: what there really is, beside what the supply believes. */
import type { Reading } from '../../../shared/device/telemetry.ts';
import { followOrder, type OrderForSupply } from '../../../shared/supply/follow-order.ts';
import { needIdOf, type SupplyEvent } from '../../../shared/supply/need.ts';
import { observe } from '../../../shared/supply/observe.ts';
import { review } from '../../../shared/supply/review.ts';
import { orderIdSchema, type NeedId } from '../../../shared/values.ts';
import { after, milk, milkConfig, reading } from './milk.ts';

/** Nothing that the steps can put on the shelf is more than fits. */
const roomyMilk = milk({ settings: { ...milkConfig.settings, capacity: 500_000 } });

/** A house with a shelf that a scale watches, a cellar, a glass of 0.2 l, and a shop; in litres, as they really are. */
export class House {
  supply = observe(roomyMilk, [reading(1, 0, 3, { usage: 0, uncertainty: 0 })], after(0)).supply;
  hours = 0;
  shelf = 3;
  cellar = 0;
  used = 0;
  seq = 1;
  orders: { id: number; needId: NeedId; version: number; view: OrderForSupply; inTransit: number; isOver: boolean }[] = [];
  events: SupplyEvent[] = [];
  sent: Reading[] = [];
  boughtElsewhere = 0;

  get now() {
    return after(this.hours);
  }
  get trulyThereOrComing(): number {
    return 1_000 * (this.shelf + this.cellar + this.orders.reduce((sum, order) => sum + order.inTransit, 0));
  }
  say(given: Reading[]): void {
    const observed = observe(this.supply, given, this.now);
    this.supply = observed.supply;
    this.events.push(...observed.events);
  }
  measure(): void {
    this.seq += 1;
    const round = (litres: number): number => Math.round(litres * 1_000) / 1_000;
    const given = reading(this.seq, this.hours, round(this.shelf), { usage: round(this.used), uncertainty: 0 });
    this.sent.push(given);
    this.say([given]);
  }
  follow(view: OrderForSupply): void {
    const outcome = followOrder(this.supply, view, this.now);
    if (outcome.kind === 'changed') {
      this.supply = outcome.state;
      this.events.push(...outcome.events);
    }
  }
  reviewUntilQuiet(): void {
    for (let reviews = 0; this.supply.dueAt !== undefined && this.supply.dueAt <= this.now; reviews += 1) {
      if (reviews > 3) throw new Error(`reviewed without end at ${this.now}`);
      const outcome = review(this.supply, this.now);
      if (outcome.kind !== 'changed') throw new Error(`due, but ${outcome.reason}`);
      this.supply = outcome.state;
      this.events.push(...outcome.events);
    }
  }
}

export type Step = (house: House, amount: number) => void;
const tell = (house: House, order: House['orders'][number], changes: Partial<OrderForSupply>): void => {
  order.version += 1;
  order.view = { ...order.view, orderVersion: order.version, ...changes };
  house.follow(order.view);
};
export const steps: Record<string, Step> = {
  wait: (house, amount) => {
    house.hours += amount * 3;
    house.reviewUntilQuiet();
  },
  drink: (house, amount) => {
    const taken = Math.min(house.shelf, amount * 0.2);
    house.shelf -= taken;
    house.used += taken;
    house.measure();
  },
  drinkUnseen: (house) => {
    const taken = Math.min(house.shelf, 0.2);
    house.shelf -= taken;
    house.used += taken;
  },
  fromCellar: (house, amount) => {
    const moved = Math.min(house.cellar, amount);
    house.cellar -= moved;
    house.shelf += moved;
    house.measure();
  },
  buyElsewhere: (house, amount) => {
    house.shelf += amount / 2;
    house.boughtElsewhere += amount / 2;
    house.measure();
  },
  order: (house, amount) => {
    const needId = house.supply.need?.needId ?? needIdOf(house.supply);
    const id = house.orders.length + 1;
    const orderId = orderIdSchema.parse(`ord_${String(id)}`);
    const view: OrderForSupply = { orderId, orderVersion: 1, needId, standing: 'proposed', outstanding: 0, received: 0 };
    const order = { id, needId, version: 1, view, inTransit: 0, isOver: false };
    house.orders.push(order);
    house.follow(view);
    if (amount === 1) tell(house, order, { standing: 'declined' });
    else if (amount === 2) tell(house, order, { standing: 'expired' });
    else {
      order.inTransit = amount;
      tell(house, order, { standing: 'on-order', outstanding: amount * 1_000, approvedAt: house.now });
    }
    order.isOver = amount < 3;
  },
  // The goods come before anybody says so, into the cellar or straight to the shelf.
  arrive: (house, amount) => {
    const order = house.orders.find(({ inTransit }) => inTransit > 0);
    if (!order) return;
    if (amount % 2 === 0) house.cellar += order.inTransit;
    else house.shelf += order.inTransit;
    order.inTransit = 0;
    house.measure();
  },
  sayDelivered: (house) => {
    const order = house.orders.find(({ isOver }) => !isOver);
    if (!order) return;
    house.cellar += order.inTransit;
    order.inTransit = 0;
    order.isOver = true;
    tell(house, order, { standing: 'received', outstanding: 0, received: order.view.outstanding, receivedAt: house.now });
  },
  cancel: (house) => {
    const order = house.orders.find(({ isOver, inTransit }) => !isOver && inTransit > 0);
    if (!order) return;
    order.inTransit = 0;
    order.isOver = true;
    tell(house, order, { standing: 'nothing', outstanding: 0 });
  },
  repeatAll: (house) => {
    const before = house.supply;
    house.say(house.sent.slice(-20));
    for (const { view } of house.orders) house.follow(view);
    if (house.supply !== before) throw new Error('a repeat changed the supply');
  },
};
