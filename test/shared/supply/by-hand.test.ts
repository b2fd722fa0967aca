/** What a person says of a supply, beside what sensors and shops say of it. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { takeByHand, type HandCommand } from '../../../shared/supply/by-hand.ts';
import { consumptionPerDay } from '../../../shared/supply/demand.ts';
import { followOrder } from '../../../shared/supply/follow-order.ts';
import type { SupplyEvent } from '../../../shared/supply/need.ts';
import { observe } from '../../../shared/supply/observe.ts';
import { reorderPointOf, stockAt } from '../../../shared/supply/stock.ts';
import { supplySchema, type Supply } from '../../../shared/supply/supply.ts';
import { after, cellarMilk, changed, milk, order, reading, START } from './milk.ts';

const hand = (type: HandCommand['type'], amount: number, id: string | number = 'once', more: object = {}): HandCommand => ({
  ...{ type, amount, handId: `ent_${String(id).padStart(4, '0')}` },
  ...more,
});
const take = (supply: Supply, command: HandCommand, hours = 0) => changed<Supply, SupplyEvent>(takeByHand(supply, command, after(hours)));
const inHouse = (supply: Supply, hours = 0): number => {
  const { onHand, pantry } = stockAt(supply, after(hours));
  return onHand + pantry;
};
/** A fridge that has said `litres` at the beginning. */
const sensed = (litres = 2): Supply => observe(milk(), [reading(1, 0, litres)], after(0)).supply;
const onItsWay = (supply: Supply, amount: number): Supply =>
  changed(followOrder(supply, order(supply, 1, 'on-order', { outstanding: amount }), after(0))).state;
const received = (supply: Supply, amount: number, hours = 1): Supply =>
  changed(followOrder(supply, order(supply, 2, 'received', { received: amount, receivedAt: after(hours) }), after(hours))).state;

describe('a count', () => {
  it('is what is in the house, where nothing senses it, and moves the forecast', () => {
    const { state, events } = take(cellarMilk(), hand('count', 3_300), 24);
    expect(inHouse(state, 24)).toBe(3_300);
    expect(events[0]).toEqual({
      type: 'supply.counted',
      data: { householdId: 'hh_anna', supplyId: 'sup_milk', unit: 'ml', how: 'count', amount: 3_300, expected: 3_250, inHouse: 3_300 },
    });
  });

  it('teaches what is used, over at least a day', () => {
    const slow = take(cellarMilk(), hand('count', 3_900), 4 * 24).state;
    expect(consumptionPerDay(slow.demand)).toBeLessThan(consumptionPerDay(cellarMilk().demand) - 20);
    const within = take(cellarMilk(), hand('count', 3_900), 6).state;
    expect(consumptionPerDay(within.demand)).toBe(consumptionPerDay(cellarMilk().demand));
    expect(within.counted).toEqual({ stock: 3_900, asOf: START, used: 100 });
  });

  it('corrects the larder of a supply with a sensor, and not the slot while both can be true', () => {
    const { state } = take(sensed(2), hand('count', 5_000), 1);
    expect(stockAt(state, after(1))).toMatchObject({ onHand: 2_000, pantry: 3_000, modelled: false });
    expect(stockAt(take(state, hand('count', 1_900, 'twice'), 1).state, after(1))).toMatchObject({ onHand: 2_000, pantry: 0, modelled: false });
  });

  it('is believed over a sensor that says clearly more than there is', () => {
    const { state, events } = take(sensed(2), hand('count', 500), 1);
    expect(stockAt(state, after(1))).toMatchObject({ onHand: 500, pantry: 0, modelled: true });
    expect(events.filter(({ type }) => type === 'supply.sensor-doubted')).toMatchObject([{ data: { reason: 'contradicted' } }]);
  });

  it('is believed while the device is silent, until that speaks again', () => {
    const { state } = take(sensed(2), hand('count', 5_000), 48);
    expect(inHouse(state, 48)).toBe(5_000);
    expect(inHouse(state, 72)).toBeCloseTo(5_000 - consumptionPerDay(state.demand), 0);
    const back = observe(state, [reading(2, 73, 1)], after(73)).supply;
    expect(stockAt(back, after(73)).onHand).toBe(1_000);
  });

  it('opens a need at once, because somebody has looked', () => {
    const { state, events } = take(cellarMilk(), hand('count', 200), 1);
    expect(events.find(({ type }) => type === 'supply.low')?.data).toMatchObject({ confirmedBy: 'count', inventoryPosition: 200 });
    expect(state.need?.standing).toBe('open');
  });

  it('closes a need when there is enough', () => {
    const low = take(cellarMilk(), hand('count', 200), 1).state;
    const { state } = take(low, hand('count', 6_000, 'twice'), 2);
    expect([state.need, state.cycle, stockAt(state, after(2)).position > reorderPointOf(state, after(2))]).toEqual([undefined, low.cycle + 1, true]);
  });

  it.each([
    ['a surplus is taken to be it', {}, { position: 6_000, onOrder: 1_000 }],
    ['unless the person says no', { arrived: false }, { position: 7_000, onOrder: 2_000 }],
  ])('beside an order on its way: %s', (_, more, expected) => {
    const { state } = take(onItsWay(cellarMilk(), 2_000), hand('count', 5_000, 'once', more));
    expect(stockAt(state, after(0))).toMatchObject(expected);
  });

  it('takes the person’s word that the order is among less than was expected', () => {
    const { state } = take(onItsWay(cellarMilk(), 2_000), hand('count', 3_000, 'once', { arrived: true }));
    expect(stockAt(state, after(0))).toMatchObject({ position: 3_000, onOrder: 0 });
    expect(stockAt(received(state, 2_000), after(1)).position).toBeCloseTo(3_000 - consumptionPerDay(state.demand) / 24, 0);
  });
});

describe('packs by hand', () => {
  it.each([
    ['nothing senses', cellarMilk()],
    ['a fridge senses', sensed(2)],
  ])('that come are counted once with the order that brings them, where %s it', (_, supply) => {
    const waiting = onItsWay(supply, 2_000);
    const before = stockAt(waiting, after(0)).position;
    const scanned = take(waiting, hand('add', 2_000)).state;
    expect(stockAt(scanned, after(0)).position).toBe(before);
    const told = received(scanned, 2_000, 0);
    expect(stockAt(told, after(0)).position).toBe(before);
    const after2 = take(received(waiting, 2_000, 0), hand('add', 2_000)).state;
    expect(stockAt(after2, after(0)).position).toBe(before);
  });

  it('that a sensor has seen already are not counted again, the day after they are', () => {
    const seen = observe(sensed(1), [reading(2, 1, 3)], after(1)).supply;
    expect(inHouse(take(seen, hand('add', 2_000), 2).state, 2)).toBe(3_000);
    expect(inHouse(take(seen, hand('add', 2_000), 2 + 24).state, 26)).toBeGreaterThan(3_500);
  });

  it('that are empty teach what is used, and what was counted less them is left', () => {
    const { state } = take(cellarMilk(), hand('use', 1_000), 48);
    expect(inHouse(state, 48)).toBe(3_000);
    expect(state.demand.asOf).toBe(after(48));
  });

  it('that are thrown away are said so and teach nothing', () => {
    const { state, events } = take(cellarMilk(), hand('spoil', 1_000));
    expect(events).toEqual([{ type: 'supply.spoiled', data: { householdId: 'hh_anna', supplyId: 'sup_milk', unit: 'ml', amount: 1_000 } }]);
    expect([inHouse(state), state.demand]).toEqual([3_000, cellarMilk().demand]);
  });
});

const commands = fc.array(
  fc.record({ type: fc.constantFrom('add' as const, 'use' as const, 'spoil' as const), amount: fc.integer({ min: 1, max: 12 }).map((steps) => steps * 500) }),
  { minLength: 1, maxLength: 10 },
);
const live = (supply: Supply, list: readonly HandCommand[]): Supply =>
  list.reduce((state, command) => {
    const outcome = takeByHand(state, command, after(0));
    return outcome.kind === 'changed' ? outcome.state : state;
  }, supply);
const figures = (supply: Supply) => ({ inHouse: Math.round(inHouse(supply)), stock: supply.counted?.stock, used: supply.counted?.used, demand: supply.demand });

test('entries in any order, and some of them twice, come to the same, and the state stays one that can be stored', () => {
  fc.assert(
    fc.property(
      commands.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray([...list.keys()], { minLength: list.length, maxLength: list.length }))),
      fc.array(fc.nat(), { maxLength: 5 }),
      ([list, places], repeats) => {
        const entries = list.map(({ type, amount }, index) => hand(type, amount, index));
        const once = live(cellarMilk(), entries);
        expect(supplySchema.parse(once)).toEqual(once);
        const shuffled = places.flatMap((place) => entries[place] ?? []);
        const twice = repeats.flatMap((at) => shuffled[at % shuffled.length] ?? []);
        expect(figures(live(cellarMilk(), [...shuffled, ...twice]))).toEqual(figures(once));
      },
    ),
    { numRuns: 60 },
  );
});

test('never: a count, a scan and the shop’s word of one delivery never make more of it than came', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(['count', 'add', 'received', 'reading'] as const, { minLength: 1 }), fc.boolean(), (witnesses, isSensed) => {
      const start = onItsWay(isSensed ? sensed(2) : cellarMilk(), 2_000);
      // Four litres are there with the delivery that has just come into the cellar, or six where nothing senses the four.
      const truth = isSensed ? 4_000 : 6_000;
      const end = witnesses.reduce((supply, witness) => {
        if (witness === 'received') return received(supply, 2_000, 0);
        if (witness === 'reading') return isSensed ? observe(supply, [reading(2, 0, 2)], after(0)).supply : supply;
        return live(supply, [hand(witness, witness === 'count' ? truth : 2_000, witness)]);
      }, start);
      expect(stockAt(end, after(0)).position).toBeLessThanOrEqual(truth + 1);
    }),
    { numRuns: 100 },
  );
});
