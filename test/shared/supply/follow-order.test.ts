import { describe, expect, test } from 'vitest';
import { followOrder, type OrderForSupply } from '../../../shared/supply/follow-order.ts';
import { needIdOf, needStands } from '../../../shared/supply/need.ts';
import { observe } from '../../../shared/supply/observe.ts';
import { review } from '../../../shared/supply/review.ts';
import { reorderPointOf, stockAt } from '../../../shared/supply/stock.ts';
import { supplySchema, type Supply } from '../../../shared/supply/supply.ts';
import { after, cellarMilk, changed, milk, order, reading } from './milk.ts';

/** A fridge that has said 1 l three times: its need is open. */
const low = (): Supply => observe(milk(), [reading(1, 0, 1), reading(2, 0.1, 1), reading(3, 0.2, 1)], after(0.2)).supply;
const follow = (supply: Supply, view: OrderForSupply, hours: number) => changed(followOrder(supply, view, after(hours)));
const onOrder = { outstanding: 4_000, approvedAt: after(2) };

describe('goods on their way', () => {
  test('count towards the position and come to the pantry', () => {
    const ordered = follow(low(), order(low(), 3, 'on-order', onOrder), 2).state;
    expect(stockAt(ordered, after(2))).toMatchObject({ onHand: 1_000, onOrder: 4_000, position: 5_000 });
    const received = follow(ordered, order(low(), 7, 'received', { received: 3_000, approvedAt: after(2), receivedAt: after(26) }), 26);
    expect(received.events).toEqual([
      { type: 'supply.restocked', data: { householdId: 'hh_anna', supplyId: 'sup_milk', orderId: 'ord_1', unit: 'ml', amount: 3_000 } },
    ]);
    expect(received.state).toMatchObject({ onHand: 1_000, pantry: 3_000, cycle: 2 });
    expect(received.state.need).toBeUndefined();
    const shelved = observe(received.state, [reading(4, 26.5, 4)], after(26.5));
    expect(shelved.events[0]?.data).toMatchObject({ amount: 3_000, fromPantry: 3_000, boughtElsewhere: 0 });
    expect(stockAt(shelved.supply, after(26.5)).position).toBe(4_000);
  });
  test('do not count before anybody has said yes', () => {
    expect(stockAt(follow(low(), order(low(), 1, 'asking', { outstanding: 4_000 }), 1).state, after(1)).onOrder).toBe(0);
  });
  test('teach the lead time, from the approval', () => {
    const ordered = follow(low(), order(low(), 3, 'on-order', onOrder), 2).state;
    const received = follow(ordered, order(low(), 7, 'received', { received: 4_000, approvedAt: after(2), receivedAt: after(50) }), 51);
    // 1.2 + (2 − 1.2) / 4
    expect(received.state.leadTime).toMatchObject({ meanDays: 1.4, deliveries: 1 });
  });
  test('are forgiven what never came of them', () => {
    const ordered = follow(low(), order(low(), 3, 'on-order', onOrder), 2).state;
    const early = observe(ordered, [reading(4, 3, 3)], after(3)).supply;
    expect(early.early).toBe(2_000);
    const cancelled = follow(early, order(low(), 5, 'nothing', { approvedAt: after(2) }), 4).state;
    expect(cancelled.early).toBe(0);
    expect(stockAt(cancelled, after(4))).toMatchObject({ onHand: 3_000, onOrder: 0, position: 3_000 });
  });
  test('that went another way are written off when the slot stays empty', () => {
    const ordered = follow(low(), order(low(), 3, 'on-order', onOrder), 2).state;
    const empty = observe(ordered, [reading(4, 20, 0.05)], after(20)).supply;
    let supply = follow(empty, order(low(), 7, 'received', { received: 4_000 }), 26).state;
    expect(supply.slotEmptySince).toBe(after(26));
    // Three glasses of 200 ml at some 750 ml a day are 0.8 days.
    expect(supply.dueAt && supply.dueAt > after(26 + 18) && supply.dueAt < after(26 + 20)).toBe(true);
    supply = observe(supply, [reading(5, 40, 0)], after(40)).supply;
    expect(supply.pantry).toBe(4_000);
    expect(observe(supply, [reading(6, 61, 0)], after(61)).supply).toMatchObject({ pantry: 0, lowSince: after(61) });
    const written = changed(review(supply, after(46)));
    expect(written.state).toMatchObject({ pantry: 0, lowSince: after(46) });
    expect(changed(review(written.state, after(48))).events).toMatchObject([{ type: 'supply.low', data: { cycle: 2 } }]);
  });
});

describe('repeats and disorder', () => {
  const ordered = follow(low(), order(low(), 3, 'on-order', onOrder), 2).state;

  test.each([
    { name: 'the same version', view: order(low(), 3, 'on-order', onOrder), reason: 'late' },
    { name: 'an older one', view: order(low(), 1, 'proposed'), reason: 'late' },
    { name: 'a newer one that says nothing new', view: order(low(), 4, 'on-order', onOrder), reason: 'unchanged' },
  ])('$name is ignored', ({ view, reason }) => expect(followOrder(ordered, view, after(3))).toEqual({ kind: 'ignored', reason }));

  test('a delivery counts once even after many other orders', () => {
    const delivered = (number: number): OrderForSupply =>
      order(low(), 5, 'received', { orderId: `ord_${String(number)}`, received: 1_000, receivedAt: after(number) });
    let supply = milk();
    for (let number = 1; number <= 20; number += 1) supply = follow(supply, delivered(number), number).state;
    expect(Object.keys(supply.orders)).toHaveLength(8);
    const pantry = supply.pantry;
    for (let number = 1; number <= 20; number += 1) {
      const repeat = followOrder(supply, delivered(number), after(40));
      expect(repeat.kind).toBe('ignored');
    }
    expect(supply.pantry).toBe(pantry);
    expect(JSON.stringify(supplySchema.parse(supply)).length).toBeLessThan(4_096);
  });
  test('what came is forgotten but for the last two, when nothing is open and no queue still holds a word of it', () => {
    const at = (number: number): number => 30 * number;
    const delivered = (number: number): OrderForSupply =>
      order(low(), 5, 'received', { orderId: `ord_${String(number)}`, received: 1_000, receivedAt: after(at(number)) });
    let supply = milk();
    const kept = [1, 2, 3, 4, 5, 6, 7].map((number) => Object.keys((supply = follow(supply, delivered(number), at(number)).state).orders).length);
    // Thirty hours apart: the one of four days ago is the fourth before.
    expect(kept).toEqual([1, 2, 3, 4, 4, 4, 4]);
    expect(supply.forgottenUpTo).toBe(after(at(3)));
    for (let number = 1; number <= 7; number += 1) expect(followOrder(supply, delivered(number), after(at(8))).kind).toBe('ignored');
    // As long as a need is open, all that could belong to it are known.
    const { need } = low();
    const open = { ...supply, need: need && { ...need, lowest: 100_000 } };
    const asked = order(low(), 2, 'asking', { orderId: 'ord_9' });
    expect(Object.keys(follow(open, asked, at(30)).state.orders)).toHaveLength(5);
    expect(Object.keys(follow(supply, delivered(8), at(30)).state.orders)).toHaveLength(2);
  });
  test('an order that was never seen under way is taken in as it is', () => {
    const received = follow(low(), order(low(), 9, 'received', { received: 2_000, approvedAt: after(2), receivedAt: after(30) }), 30);
    expect(received.state).toMatchObject({ pantry: 2_000, cycle: 2 });
  });
});

describe('after a no', () => {
  const declined = follow(low(), order(low(), 4, 'declined'), 2).state;

  test('a need rests for a day at least and is asked for once more', () => {
    expect(declined.need).toMatchObject({ standing: 'declined', askAgainAt: after(26) });
    expect(declined.dueAt).toBe(after(26));
    expect(review(declined, after(25))).toEqual({ kind: 'ignored', reason: 'not-due' });
    const again = changed(review(declined, after(26)));
    expect(again.events).toMatchObject([{ type: 'supply.low', data: { cycle: 1, round: 2, confirmedBy: 'asked-again' } }]);
    expect(needStands(again.state, needIdOf(low()), 2)).toBe(true);
    expect(needStands(again.state, needIdOf(low()), 1)).toBe(false);
    const second = follow(again.state, order(low(), 4, 'declined', { orderId: 'ord_2' }), 30).state;
    expect(second.need).toMatchObject({ standing: 'declined', round: 2, askAgainAs: 'next-cycle' });
    // Not before what is there has run out and what an order brings would be gone too.
    expect(second.dueAt && second.dueAt > after(30 + 5 * 24)).toBe(true);
    const bought = observe(second, [reading(9, 40, 3)], after(40)).supply;
    expect(bought).toMatchObject({ cycle: 2 });
    expect(bought.need).toBeUndefined();
    const empty = observe(second, [reading(9, 190, 0)], after(190)).supply;
    const nextCycle = changed(review(empty, after(190)));
    expect(nextCycle.events).toEqual([]);
    expect(changed(review(nextCycle.state, after(192))).events).toMatchObject([{ data: { cycle: 2, round: 1, confirmedBy: 'due' } }]);
  });
  test('it waits as long as an order would still come in time', () => {
    // A careful household with an unreliable shop: it is told to order long before the last moment.
    const careful = milk({ settings: { serviceLevel: 0.999, coverDays: 5, capacity: 9_000, packsMax: 6 }, leadTime: { meanDays: 1.2, sdDays: 2 } });
    const readings = [1, 2, 3].map((seq) => reading(seq, seq / 10, 3.6));
    const told = observe(careful, readings, after(0.3)).supply;
    const { askAgainAt } = follow(told, order(told, 4, 'declined'), 2).state.need ?? {};
    // 3.6 l at 750 ml a day are 4.8 days, an order takes 1.2 of them.
    expect(askAgainAt && askAgainAt > after(3.1 * 24) && askAgainAt < after(4.1 * 24)).toBe(true);
  });
  test('it goes on holding when the forecast has become a longer one meanwhile', () => {
    // 1.8 l that hardly anybody drank for a day: below the reorder point still, but not gone before an order of that day would come.
    const quiet = [4, 8, 12, 16, 20, 24].reduce((supply, hours) => observe(supply, [reading(10 + hours, hours, 1.8)], after(hours)).supply, declined);
    expect(stockAt(quiet, after(26)).position).toBeLessThanOrEqual(reorderPointOf(quiet, after(26)));
    const held = changed(review(quiet, after(26)));
    expect(held.events).toEqual([]);
    expect(held.state.need).toMatchObject({ standing: 'declined', round: 1, askAgainAs: 'asked-again' });
    expect(held.state.dueAt && held.state.dueAt > after(27)).toBe(true);
    const orderBy = held.state.need?.askAgainAt ?? after(0);
    const empty = observe(held.state, [reading(40, 27, 0.1)], after(27)).supply;
    expect(changed(review(empty, orderBy)).events).toMatchObject([{ type: 'supply.low', data: { round: 2, confirmedBy: 'asked-again' } }]);
  });
  test('without a sensor the next cycle begins when what was bought elsewhere would be gone', () => {
    const told = changed(review(cellarMilk({ onHand: 500 }), after(1)));
    expect(told.events).toMatchObject([{ data: { confirmedBy: 'review', round: 1 } }]);
    const no = follow(told.state, order(told.state, 2, 'declined'), 2).state;
    const again = changed(review(no, after(30)));
    const final = follow(again.state, order(told.state, 2, 'declined', { orderId: 'ord_2' }), 31).state;
    expect(final.dueAt).toBe(after(31 + 5 * 24));
    expect(changed(review(final, after(31 + 5 * 24))).events).toMatchObject([{ data: { cycle: 2, round: 1, confirmedBy: 'review' } }]);
  });
  test('an order that is taken back after the yes is a no', () => {
    const ordered = follow(low(), order(low(), 3, 'on-order', onOrder), 2).state;
    const withdrawn = follow(ordered, order(low(), 4, 'declined', { approvedAt: after(2) }), 3);
    expect(withdrawn.events).toEqual([]);
    expect(withdrawn.state.need).toMatchObject({ standing: 'declined', round: 1 });
    expect(withdrawn.state.cycle).toBe(1);
  });
});

test('silence is asked once more, before it runs out', () => {
  const expired = follow(low(), order(low(), 4, 'expired'), 2).state;
  // 1 l lasts for some 31 h and an order takes 29 h, which leaves less than the 4 h that pass at least.
  expect(expired.need).toMatchObject({ standing: 'expired', askAgainAt: after(6) });
  const nearlyOut = { ...low(), onHand: 50 };
  const { askAgainAt } = follow(nearlyOut, order(low(), 4, 'expired'), 2).state.need ?? {};
  expect(askAgainAt && askAgainAt < after(4)).toBe(true);
  const again = changed(review(expired, after(6)));
  expect(again.events).toMatchObject([{ data: { round: 2, confirmedBy: 'asked-again' } }]);
  expect(follow(again.state, order(low(), 4, 'expired', { orderId: 'ord_2' }), 20).state.need).toMatchObject({ round: 2, askAgainAs: 'next-cycle' });
});

describe('an order that comes to nothing', () => {
  const ordered = follow(low(), order(low(), 3, 'on-order', onOrder), 2).state;

  test('is told again at once in the next round', () => {
    const rejected = follow(ordered, order(low(), 5, 'nothing', { approvedAt: after(2) }), 5);
    expect(rejected.events).toMatchObject([{ type: 'supply.low', data: { needId: needIdOf(low()), cycle: 1, round: 2, confirmedBy: 'not-delivered' } }]);
  });
  test('is over when enough is there', () => {
    const plenty = { ...ordered, pantry: 5_000 };
    const rejected = follow(plenty, order(low(), 5, 'nothing', { approvedAt: after(2) }), 5);
    expect(rejected.events).toEqual([]);
    expect(rejected.state).toMatchObject({ cycle: 2 });
  });
  test('waits while an older order of this supply still asks', () => {
    const older = order(low(), 2, 'asking', { orderId: 'ord_older', needId: 'need_older-1' });
    const rejected = follow(follow(ordered, older, 4).state, order(low(), 5, 'nothing', { approvedAt: after(2) }), 5);
    expect(rejected.events).toEqual([]);
    expect(rejected.state.need).toMatchObject({ askAgainAs: 'not-delivered', askAgainAt: after(29) });
  });
  test('from a shop that fails every time is tried once a day after the fifth', () => {
    let supply = low();
    for (let round = 1; round <= 5; round += 1) {
      const id = { orderId: `ord_${String(round)}` };
      supply = follow(supply, order(low(), 3, 'on-order', { ...onOrder, ...id }), 2).state;
      supply = follow(supply, order(low(), 5, 'nothing', { approvedAt: after(2), ...id }), 3).state;
    }
    expect(supply.need).toMatchObject({ round: 5, askAgainAs: 'not-delivered', askAgainAt: after(27) });
    // By then the fridge has said again that it is low.
    const heard = observe(supply, [reading(9, 26, 0.4)], after(26)).supply;
    expect(changed(review(heard, after(27))).events).toMatchObject([{ data: { round: 6, confirmedBy: 'not-delivered' } }]);
  });
});

test('a second shortage while the first order is still on its way is another need', () => {
  const ordered = follow(low(), order(low(), 3, 'on-order', { outstanding: 1_500, approvedAt: after(2) }), 2).state;
  expect(ordered.need).toMatchObject({ standing: 'ordered', lifted: true });
  const drunk = observe(ordered, [reading(4, 3, 0), reading(5, 3.1, 0), reading(6, 3.2, 0)], after(3.2));
  expect(stockAt(drunk.supply, after(3.2)).position).toBeLessThan(reorderPointOf(drunk.supply, after(3.2)));
  const due = changed(review(drunk.supply, after(6)));
  expect([...drunk.events, ...due.events]).toMatchObject([{ type: 'supply.low', data: { cycle: 2, round: 1 } }]);
});

test('a new need waits for the answer that an older order still asks for', () => {
  const asking = follow(low(), order(low(), 2, 'asking'), 1).state;
  const bought = observe(asking, [reading(4, 2, 4)], after(2)).supply;
  expect(bought.cycle).toBe(2);
  const drunk = observe(bought, [reading(5, 6, 1), reading(6, 6.1, 1), reading(7, 6.2, 1)], after(6.2));
  expect(drunk.events).toEqual([]);
  const answered = follow(drunk.supply, order(low(), 3, 'expired'), 8);
  expect(answered.events).toMatchObject([{ data: { cycle: 2, round: 1, confirmedBy: 'three-readings' } }]);
});
