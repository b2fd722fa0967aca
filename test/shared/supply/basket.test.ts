import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  basketSchema,
  decideBasket,
  newBasket,
  orderIdOf,
  unfinishedPlans,
  waitingNeeds,
  type Basket,
  type BasketCommand,
  type Choice,
} from '../../../shared/supply/basket.ts';
import { gtinSchema, householdIdSchema, needIdSchema, orderIdSchema, retailerIdSchema, supplyIdSchema, type OrderId } from '../../../shared/values.ts';
import { after, changed } from './milk.ts';

const householdId = householdIdSchema.parse('hh_anna');
const retailerId = retailerIdSchema.parse('rt_frischhof');
const gtin = gtinSchema.parse('4006381333931');
const needId = (supply: string, cycle = 1) => needIdSchema.parse(`need_${supply}-${String(cycle)}`);
const add = (supply: string, hours: number, { cycle = 1, round = 1 } = {}): BasketCommand => ({
  type: 'add-need',
  need: { needId: needId(supply, cycle), supplyId: supplyIdSchema.parse(`sup_${supply}`), cycle, round },
  now: after(hours),
});
const choice = (supplies: string[], shop = retailerId, cycle = 1): Choice => ({
  retailerId: shop,
  lines: supplies.map((supply) => ({ needId: needId(supply, cycle), supplyId: supplyIdSchema.parse(`sup_${supply}`), gtin, quantity: 2 })),
});
const plan = (choices: Choice[], hours: number, withdrawn: string[] = []): BasketCommand => ({
  type: 'plan',
  choices,
  withdrawn: withdrawn.map((supply) => needId(supply)),
  now: after(hours),
});
const orderOf = (supplies: string[], round = 1): OrderId => orderIdOf({ householdId, retailerId, needIds: supplies.map((supply) => needId(supply)), round });
const free = (orderId: OrderId): BasketCommand => ({ type: 'free', orderId });

const given = (...commands: BasketCommand[]) => {
  const basket = commands.reduce((sofar, command) => changed(decideBasket(sofar, command)).state, newBasket(householdId));
  return { basket, when: (command: BasketCommand) => decideBasket(basket, command) };
};
const waiting = (basket: Basket): string[] => waitingNeeds(basket).map((one) => one.needId);

describe('what comes along', () => {
  const oats = { needId: needId('oats'), supplyId: supplyIdSchema.parse('sup_oats'), cycle: 1, round: 1 };
  const together = (hours: number): BasketCommand => ({ type: 'plan', choices: [choice(['milk', 'oats'])], joined: [oats], withdrawn: [], now: after(hours) });

  test('is told and planned in one write, and its own word comes too late', () => {
    const { basket, when } = given(add('milk', 0), together(2));
    expect(basketSchema.parse(basket)).toEqual(basket);
    expect(basket.plans.map(({ orderId, lines }) => [orderId, lines.length])).toEqual([[orderOf(['milk', 'oats']), 2]]);
    expect(waiting(basket)).toEqual([]);
    expect(when(add('oats', 3))).toEqual({ kind: 'ignored', reason: 'told-before' });
    expect(when(together(3))).toEqual({ kind: 'ignored', reason: 'nothing-waits' });
  });
  test.each([
    { name: 'has been told by itself', first: [add('milk', 0), add('oats', 0)], reason: 'joined-told-before' },
    {
      name: 'has been bought and is done',
      first: [add('oats', 0), plan([choice(['oats'])], 2), free(orderOf(['oats'])), add('milk', 3)],
      reason: 'joined-told-before',
    },
  ])('is refused when it $name', ({ first, reason }) => {
    expect(given(...first).when(together(5))).toEqual({ kind: 'rejected', reason });
  });
  test('is refused when no order holds it', () => {
    const nowhere: BasketCommand = { type: 'plan', choices: [choice(['milk'])], joined: [oats], withdrawn: [], now: after(2) };
    expect(given(add('milk', 0)).when(nowhere)).toEqual({ kind: 'rejected', reason: 'joined-nowhere' });
  });
  test('leaves the basket with its order, like everything else', () => {
    const { basket } = given(add('milk', 0), together(2), free(orderOf(['milk', 'oats'])));
    expect([basket.needs, basket.plans]).toEqual([{}, []]);
  });
});

describe('gathering', () => {
  test('the first need sets the moment, the next ones join', () => {
    const { basket } = given(add('milk', 0), add('eggs', 1.5));
    expect(basket.dueAt).toBe(after(2));
    expect(waiting(basket)).toEqual(['need_milk-1', 'need_eggs-1']);
    expect(basketSchema.parse(basket)).toEqual(basket);
  });
  test.each([
    { name: 'repeated', first: [add('milk', 0)] },
    { name: 'repeated when it is planned', first: [add('milk', 0), plan([choice(['milk'])], 2)] },
    { name: 'repeated when its order has ended', first: [add('milk', 0), plan([choice(['milk'])], 2), free(orderOf(['milk']))] },
    { name: 'of a round before', first: [add('milk', 0, { round: 2 })] },
    { name: 'of a cycle before', first: [add('milk', 0, { cycle: 2 })] },
  ])('a need $name changes nothing', ({ first }) => {
    expect(given(...first).when(add('milk', 5))).toEqual({ kind: 'ignored', reason: 'told-before' });
  });
  test('a need told again waits for the end of its order, then for the gathering', () => {
    const { basket } = given(add('milk', 0), plan([choice(['milk'])], 2), add('milk', 20, { round: 2 }));
    expect(waiting(basket)).toEqual([]);
    const freed = changed(decideBasket(basket, free(orderOf(['milk'])))).state;
    expect(waiting(freed)).toEqual(['need_milk-1']);
    expect(freed.dueAt).toBe(after(22));
    const other = given(add('milk', 0), plan([choice(['milk'])], 2), free(orderOf(['milk'])), add('milk', 20, { round: 2 }));
    expect(other.basket).toEqual(freed);
    const replanned = changed(decideBasket(freed, plan([choice(['milk'])], 22))).state;
    expect(replanned.plans.map(({ orderId }) => orderId)).toEqual([orderOf(['milk'], 2)]);
    expect(orderOf(['milk'], 2)).not.toBe(orderOf(['milk'], 1));
  });
  test('a new cycle takes the place of a need that nobody bought, not of one that is being bought', () => {
    expect(waiting(given(add('milk', 0), add('milk', 9, { cycle: 2 })).basket)).toEqual(['need_milk-2']);
    const { basket } = given(add('milk', 0), plan([choice(['milk'])], 2), add('milk', 9, { cycle: 2 }));
    expect(Object.keys(basket.needs)).toEqual(['need_milk-1', 'need_milk-2']);
  });
});

describe('planning', () => {
  test('assigns needs to orders named by what they are for', () => {
    const { basket } = given(add('milk', 0), add('eggs', 1), plan([choice(['eggs', 'milk'])], 2));
    expect(basket.plans).toMatchObject([{ orderId: orderOf(['milk', 'eggs']), retailerId, round: 1 }]);
    expect(waiting(basket)).toEqual([]);
    expect(unfinishedPlans(basket)).toHaveLength(1);
    expect(basket.dueAt).toBe(after(2.25));
    const created = changed(decideBasket(basket, { type: 'plans-created', orderIds: [orderOf(['milk', 'eggs'])] })).state;
    expect(unfinishedPlans(created)).toEqual([]);
    expect(created.dueAt).toBeUndefined();
    expect(basketSchema.parse(created)).toEqual(created);
  });
  test('tries again in six hours for what nobody offers, and lets go what is no longer needed', () => {
    const { basket } = given(add('milk', 0), add('eggs', 1), add('jam', 1), plan([choice(['milk'])], 2, ['jam']));
    expect(waiting(basket)).toEqual(['need_eggs-1']);
    const created = changed(decideBasket(basket, { type: 'plans-created', orderIds: [orderOf(['milk'])] })).state;
    expect(created.dueAt).toBe(after(8));
    // A fresh need does not wait for the retry of another.
    expect(changed(decideBasket(created, add('tea', 3))).state.dueAt).toBe(after(5));
  });
  test.each([
    { name: 'of a need that does not wait', command: plan([choice(['jam'])], 2), reason: 'need-not-waiting' },
    { name: 'of one need twice', command: plan([choice(['milk']), choice(['milk'], retailerIdSchema.parse('rt_other'))], 2), reason: 'need-planned-twice' },
    {
      name: 'of a need for another supply',
      command: plan([{ retailerId, lines: [{ needId: needId('milk'), supplyId: supplyIdSchema.parse('sup_eggs'), gtin, quantity: 1 }] }], 2),
      reason: 'need-of-another-supply',
    },
  ])('a plan $name is rejected', ({ command, reason }) => {
    expect(given(add('milk', 0)).when(command)).toEqual({ kind: 'rejected', reason });
  });
  test('is bounded', () => {
    const names = Array.from({ length: 100 }, (_, index) => `s${String(index)}`);
    const full = given(...names.map((name) => add(name, 0)));
    expect(full.when(add('one-more', 0))).toEqual({ kind: 'rejected', reason: 'too-many-needs' });
    expect(
      full.when(
        plan(
          names.slice(0, 51).map((name) => choice([name])),
          2,
        ),
      ),
    ).toEqual({ kind: 'rejected', reason: 'too-many-plans' });
  });
});

test('a finished order frees its needs and its plan, once', () => {
  const { basket, when } = given(add('milk', 0), add('eggs', 1), plan([choice(['milk'])], 2), free(orderOf(['milk'])));
  expect(basket.plans).toEqual([]);
  expect(Object.keys(basket.needs)).toEqual(['need_eggs-1']);
  expect(when(free(orderOf(['milk'])))).toEqual({ kind: 'ignored', reason: 'nothing-to-free' });
  expect(when(free(orderIdSchema.parse('ord_unknown')))).toEqual({ kind: 'ignored', reason: 'nothing-to-free' });
});

test('a plan that cannot become an order gives its needs back', () => {
  const { basket, when } = given(add('milk', 0), plan([choice(['milk'])], 2));
  const back = changed(when({ type: 'give-back', orderId: orderOf(['milk']), now: after(2) })).state;
  expect(waiting(back)).toEqual(['need_milk-1']);
  expect(back).toMatchObject({ plans: [], dueAt: after(2.25), told: basket.told });
  expect(decideBasket(back, { type: 'give-back', orderId: orderOf(['milk']), now: after(3) })).toEqual({ kind: 'ignored', reason: 'nothing-to-free' });
});

/** The basket's item as the store keeps it: one conditional write per decision. */
class Store {
  version = 0;
  basket = newBasket(householdId);
  orders = new Set<OrderId>();
  save(read: number, outcome: ReturnType<typeof decideBasket>): boolean {
    if (outcome.kind !== 'changed') return true;
    if (read !== this.version) return false;
    this.basket = outcome.state;
    this.version += 1;
    return true;
  }
  do(command: BasketCommand): void {
    this.save(this.version, decideBasket(this.basket, command));
  }
}

test('however runs interleave, repeat or break off, each told need is bought once', () => {
  const supplies = ['milk', 'eggs', 'jam'];
  // A run reads, plans on what it read, creates the orders, says so; it may stop after any step.
  const run = fc.record({ stopAfter: fc.integer({ min: 0, max: 3 }), readBehind: fc.boolean(), repeats: fc.integer({ min: 1, max: 2 }) });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.subarray(supplies), run), { minLength: 1, maxLength: 6 }), (steps) => {
      const store = new Store();
      const boughtBy = new Map<string, Set<OrderId>>();
      for (const [told, { stopAfter, readBehind, repeats }] of steps) {
        const stale = { version: store.version, basket: store.basket };
        for (let repeat = 0; repeat < repeats; repeat += 1) for (const supply of told) store.do(add(supply, 0));
        for (let repeat = 0; repeat < repeats; repeat += 1) {
          const read = readBehind ? stale : { version: store.version, basket: store.basket };
          const lines = waitingNeeds(read.basket).map(({ needId: id, need }) => ({ needId: id, supplyId: need.supplyId, gtin, quantity: 1 }));
          const planned = decideBasket(read.basket, plan(lines.length > 0 ? [{ retailerId, lines }] : [], 2));
          if (stopAfter < 1 || !store.save(read.version, planned)) continue;
          const plans = stopAfter < 2 ? [] : unfinishedPlans(store.basket);
          for (const { orderId, lines: ordered } of plans) {
            store.orders.add(orderId);
            for (const line of ordered) boughtBy.set(line.needId, (boughtBy.get(line.needId) ?? new Set()).add(orderId));
          }
          if (stopAfter >= 3) store.do({ type: 'plans-created', orderIds: plans.map(({ orderId }) => orderId) });
        }
        basketSchema.parse(store.basket);
      }
      for (const orders of boughtBy.values()) expect(orders.size).toBe(1);
      // What is left unfinished has a moment at which the next run finishes it.
      if (waitingNeeds(store.basket).length + unfinishedPlans(store.basket).length > 0) expect(store.basket.dueAt).toBeDefined();
      for (const { orderId } of unfinishedPlans(store.basket)) store.orders.add(orderId);
      for (const { orderId } of store.basket.plans) expect(store.orders.has(orderId)).toBe(true);
    }),
  );
});

test('each command twice is once', () => {
  const commands: BasketCommand[] = [
    add('milk', 0),
    add('eggs', 1),
    plan([choice(['milk'])], 2, ['eggs']),
    { type: 'plans-created', orderIds: [orderOf(['milk'])] },
    add('milk', 9, { round: 2 }),
    free(orderOf(['milk'])),
  ];
  const apply = (list: BasketCommand[]): Basket =>
    list.reduce((basket, command) => {
      const outcome = decideBasket(basket, command);
      return outcome.kind === 'changed' ? outcome.state : basket;
    }, newBasket(householdId));
  expect(apply(commands.flatMap((command) => [command, command]))).toEqual(apply(commands));
});

describe('an order that people changed', () => {
  const keep = (...supplies: string[]): BasketCommand => ({
    type: 'keep',
    orderId: orderOf(['milk', 'eggs']),
    needIds: supplies.map((supply) => needId(supply)),
  });
  const planned = [add('milk', 0), add('eggs', 0), plan([choice(['milk', 'eggs'])], 2)];

  test('gives back the needs that they took out, and those alone', () => {
    const { state } = changed(given(...planned).when(keep('milk')));
    const { needs } = basketSchema.parse(state);
    expect(Object.entries(needs).map(([id, { orderId }]) => [id, orderId])).toEqual([[needId('milk'), orderOf(['milk', 'eggs'])]]);
    expect(decideBasket(state, keep('milk'))).toEqual({ kind: 'ignored', reason: 'nothing-to-free' });
  });

  test('lets a need that was told again meanwhile be planned at once', () => {
    const { state } = changed(given(...planned, add('eggs', 5, { round: 2 })).when(keep('milk')));
    expect(waiting(state)).toEqual([needId('eggs')]);
  });
});
