import { describe, expect, test } from 'vitest';
import { consumptionPerDay } from '../../../shared/supply/demand.ts';
import { followOrder } from '../../../shared/supply/follow-order.ts';
import { needIdOf } from '../../../shared/supply/need.ts';
import { observe } from '../../../shared/supply/observe.ts';
import { reorderPointOf, stockAt } from '../../../shared/supply/stock.ts';
import { supplySchema, type Supply } from '../../../shared/supply/supply.ts';
import { instantOf, millisOf } from '../../../shared/values.ts';
import { after, changed, milk, order, reading } from './milk.ts';

const seen = (supply: Supply, ...readings: ReturnType<typeof reading>[]): Supply => {
  const last = readings.reduce((latest, { sampledAt }) => Math.max(latest, millisOf(sampledAt)), 0);
  return observe(supply, readings, instantOf(last)).supply;
};
/** A fridge that has said 4 l at the start. */
const watched = (changes: object = {}): Supply => seen(milk(changes), reading(1, 0, 4));

describe('a reading is judged', () => {
  const supply = seen(milk(), reading(5, 0, 4));
  test.each([
    { name: 'fresh', given: reading(6, 2, 3.6), verdict: 'applied' },
    { name: 'repeated', given: reading(5, 0, 4), verdict: 'ignored', reason: 'duplicate' },
    { name: 'late', given: reading(4, -1, 4.2), verdict: 'ignored', reason: 'late' },
    { name: 'the same within the noise', given: reading(6, 2, 3.95), verdict: 'ignored', reason: 'unchanged' },
    { name: 'a heartbeat', given: reading(6, 24, 4), verdict: 'applied' },
    { name: 'of another kind', given: reading(6, 2, 4, { level: { amount: 4, unit: 'kg' } }), verdict: 'quarantined', reason: 'wrong-unit' },
    { name: 'of more than fits', given: reading(6, 2, 40), verdict: 'quarantined', reason: 'level-above-capacity' },
    { name: 'from the day after tomorrow', given: reading(6, 50, 3.6), verdict: 'quarantined', reason: 'sampled-in-the-future' },
    { name: 'from last year', given: reading(6, -31 * 24, 3.6), verdict: 'quarantined', reason: 'sampled-too-long-ago' },
    { name: 'by a clock an hour ahead', given: reading(6, 25, 3.6), verdict: 'applied' },
  ])('$name: $verdict $reason', ({ given, verdict, reason }) => {
    const observed = observe(supply, [given], after(24));
    expect(observed.verdicts).toEqual([{ bootId: 1, seq: given.seq, verdict, ...(reason && { reason }) }]);
    expect(observed.changed).toBe(verdict === 'applied');
    if (verdict !== 'applied') expect(observed.supply).toBe(supply);
  });

  test('a batch is one pass with one verdict for each reading', () => {
    const observed = observe(supply, [reading(7, 3, 3.4), reading(6, 2, 3.7), reading(7, 3, 3.4), reading(2, -1, 4)], after(3));
    expect(observed.verdicts.map(({ seq, verdict, reason }) => [seq, verdict, reason])).toEqual([
      [2, 'ignored', 'late'],
      [6, 'applied', undefined],
      [7, 'applied', undefined],
      [7, 'ignored', 'duplicate'],
    ]);
    expect(observed.supply.onHand).toBe(3_400);
    expect(observed.supply.lastReading).toEqual({ bootId: 1, seq: 7, sampledAt: after(3), uncertainty: 20 });
    expect(supplySchema.parse(observed.supply)).toEqual(observed.supply);
  });

  test('one that says nothing new is remembered where something is written anyway', () => {
    const observed = observe(supply, [reading(6, 2, 3.6), reading(7, 2.1, 3.62)], after(3));
    expect(observed.verdicts.map(({ verdict }) => verdict)).toEqual(['applied', 'ignored']);
    expect(observed.supply.lastReading).toMatchObject({ seq: 7, sampledAt: after(2) });
    expect(observe(observed.supply, [reading(7, 2.1, 3.62)], after(3)).verdicts).toMatchObject([{ reason: 'duplicate' }]);
  });

  test('a restart counts from its own first reading', () => {
    const observed = observe(supply, [reading(1, 2, 3.9, { bootId: 2, usage: 0 })], after(2));
    expect(observed.verdicts[0]?.verdict).toBe('applied');
    expect(observed.supply.lastReading?.bootId).toBe(2);
  });
});

describe('consumption', () => {
  test('is learnt from counted usage, whatever got lost in between', () => {
    const supply = seen(milk({ confidenceDays: 1 }), reading(1, 0, 4, { usage: 0 }));
    const later = seen(supply, reading(90, 48, 1.4, { usage: 2.6 }));
    // One day believed at 750 ml and two seen at 1,300 ml, hardly forgotten: (750 + 2,600) / 3.
    expect(consumptionPerDay(later.demand)).toBeCloseTo(1_117, -1);
    expect(later.onHand).toBe(1_400);
  });
  test('is learnt from the fall of the level where usage is not counted', () => {
    const supply = seen(milk({ confidenceDays: 1 }), reading(1, 0, 4));
    expect(consumptionPerDay(seen(supply, reading(2, 48, 1.4)).demand)).toBeCloseTo(1_117, -1);
  });
  test('is not learnt from noise, but from a week of standing still', () => {
    const supply = watched({ confidenceDays: 1 });
    const later = seen(supply, reading(2, 24, 3.95));
    expect(later.demand).toEqual(supply.demand);
    expect(consumptionPerDay(seen(later, reading(3, 7 * 24, 3.95)).demand)).toBeLessThan(150);
  });
  test('an empty shelf teaches nothing', () => {
    const supply = seen(milk(), reading(1, 0, 0, { usage: 4 }));
    expect(seen(supply, reading(2, 72, 0, { usage: 4 })).demand).toEqual(supply.demand);
  });
  test('of a week recovers the rate of a drinker unlike the guess', () => {
    let supply = seen(milk({ perDay: 300 }), reading(1, 0, 6, { usage: 0 }));
    for (let hour = 8; hour <= 30 * 24; hour += 8) {
      const usage = (hour / 24) * 1.2;
      supply = seen(supply, reading(hour, hour, Math.round((6 - (usage % 5.5)) * 20) / 20, { usage: Math.round(usage * 1_000) / 1_000 }));
    }
    expect(consumptionPerDay(supply.demand)).toBeGreaterThan(700);
    expect(stockAt(supply, after(30 * 24)).onHand).toBeCloseTo(6_000 - (36_000 % 5_500), -2);
  });
});

describe('a rise of the level', () => {
  const refilled = (supply: Supply, ...readings: ReturnType<typeof reading>[]) => observe(supply, readings, after(10)).events;

  test('was bought elsewhere when nothing was there to refill from', () => {
    expect(refilled(watched(), reading(2, 10, 5))).toEqual([
      { type: 'supply.refilled', data: { householdId: 'hh_anna', supplyId: 'sup_milk', unit: 'ml', amount: 1_000, fromPantry: 0, boughtElsewhere: 1_000 } },
      { type: 'supply.bought-elsewhere', data: { householdId: 'hh_anna', supplyId: 'sup_milk', unit: 'ml', amount: 1_000, how: 'sensor' } },
    ]);
  });
  test('draws the pantry down first', () => {
    const supply = { ...watched(), pantry: 1_500 };
    const observed = observe(supply, [reading(2, 10, 6)], after(10));
    expect(observed.events[0]?.data).toMatchObject({ amount: 2_000, fromPantry: 1_500, boughtElsewhere: 500 });
    expect(observed.supply.pantry).toBe(0);
  });
  test('within the noise is none', () => expect(refilled(watched(), reading(2, 10, 4.1))).toEqual([]));
  test('hidden by use shows in the balance with the usage', () => {
    const supply = { ...seen(milk(), reading(1, 0, 4, { usage: 0 })), pantry: 2_000 };
    const observed = observe(supply, [reading(2, 10, 4, { usage: 0.8 })], after(10));
    expect(observed.events[0]?.data).toMatchObject({ amount: 800, fromPantry: 800, boughtElsewhere: 0 });
    expect(observed.supply).toMatchObject({ onHand: 4_000, pantry: 1_200 });
  });
  test('in steps smaller than the noise adds up until it shows', () => {
    let supply: Supply = { ...seen(milk(), reading(1, 0, 4, { usage: 0 })), pantry: 2_000 };
    for (let step = 1; step <= 20; step += 1) {
      const given = [reading(1 + step, step * 24, 4, { usage: Math.round(step * 100) / 1_000 })];
      supply = observe(supply, given, after(step * 24)).supply;
    }
    expect(supply.pantry).toBeLessThan(400);
  });
  test('out of a pantry that keeps the slot full is reckoned where usage is not counted', () => {
    const full = { ...observe(milk(), [reading(1, 0, 6)], after(0)).supply, pantry: 3_000 };
    const kept = observe(full, [reading(2, 24, 6)], after(24)).supply;
    expect(kept).toMatchObject({ onHand: 6_000, pantry: 2_250, demand: full.demand });
    expect(observe(full, [reading(2, 24, 5)], after(24)).supply.pantry).toBe(3_000);
  });
  test('before a delivery is said belongs to the order on its way', () => {
    const ordered = changed(followOrder(watched(), order(watched(), 3, 'on-order', { outstanding: 2_000 }), after(1))).state;
    const early = observe(ordered, [reading(2, 10, 5.98)], after(10));
    expect(early.events[0]?.data).toMatchObject({ amount: 1_980, fromPantry: 0, boughtElsewhere: 0 });
    expect(stockAt(early.supply, after(10))).toMatchObject({ onHand: 5_980, pantry: 0, onOrder: 0, position: 5_980 });
    const delivered = changed(followOrder(early.supply, order(watched(), 4, 'received', { received: 2_000 }), after(11)));
    expect(delivered.events).toMatchObject([{ type: 'supply.restocked', data: { amount: 2_000 } }]);
    expect(stockAt(delivered.state, after(11))).toMatchObject({ onHand: 5_980, pantry: 0, onOrder: 0, position: 5_980 });
  });
});

describe('a need', () => {
  const low = (seq: number, hours: number, litres = 1) => reading(seq, hours, litres);

  test('is believed after three low readings', () => {
    const twice = observe(watched(), [low(2, 30), low(3, 30.1)], after(30.1));
    expect(twice.events).toEqual([]);
    expect(twice.supply).toMatchObject({ lowSince: after(30), dueAt: after(32) });
    const third = observe(twice.supply, [low(4, 30.2)], after(30.2));
    expect(third.events).toMatchObject([
      { type: 'supply.low', data: { cycle: 1, round: 1, unit: 'ml', inventoryPosition: 1_000, confirmedBy: 'three-readings' } },
    ]);
    expect(third.events[0]?.data).toMatchObject({ needId: needIdOf(third.supply), reorderPoint: reorderPointOf(third.supply, after(30.2)) });
    expect(third.supply.need).toMatchObject({ standing: 'open', round: 1 });
    expect(third.supply.dueAt).toBe(after(30.2 + 48));
  });
  test('is told once, however often the level is low', () => {
    let supply = watched();
    let told = 0;
    for (let seq = 2; seq < 12; seq += 1) {
      const observed = observe(supply, [low(seq, 30 + seq, 1 - seq / 40)], after(30 + seq));
      told += observed.events.length;
      supply = observed.supply;
    }
    expect(told).toBe(1);
  });
  test('that is only a bottle on the table is cleared', () => {
    const out = observe(watched(), [low(2, 30), low(3, 30.1)], after(30.1)).supply;
    const back = observe(out, [reading(4, 30.5, 4)], after(30.5));
    expect(back.events.map(({ type }) => type)).toEqual(['supply.refilled']);
    expect(back.supply.lowSince).toBeUndefined();
    expect(back.supply.lowSampleTimes).toEqual([]);
  });
  test('is not made by a backlog that ends with a refill', () => {
    const observed = observe(watched(), [low(2, 30), low(3, 31), low(4, 32), reading(5, 33, 5)], after(33));
    expect(observed.events.map(({ type }) => type)).toEqual(['supply.refilled', 'supply.bought-elsewhere']);
    expect(observed.supply.need).toBeUndefined();
  });
  test('waits a quarter of an hour for the rest of an old backlog', () => {
    const observed = observe(watched(), [low(2, 30), low(3, 31), low(4, 32)], after(40));
    expect(observed.events).toEqual([]);
    expect(observed.supply.dueAt).toBe(after(40.25));
    expect(observe(observed.supply, [reading(5, 39.9, 5)], after(40.01)).supply.lowSince).toBeUndefined();
  });
  test('ends with the goods that come, and the next one is another', () => {
    const told = observe(watched(), [low(2, 30), low(3, 30.1), low(4, 30.2)], after(30.2)).supply;
    const full = observe(told, [reading(5, 40, 5)], after(40)).supply;
    expect(full).toMatchObject({ cycle: 2, lowSampleTimes: [] });
    expect(full.need).toBeUndefined();
    const again = observe(full, [low(6, 100), low(7, 100.1), low(8, 100.2)], after(100.2));
    expect(again.events).toMatchObject([{ data: { cycle: 2, round: 1 } }]);
    expect(again.supply.need?.needId).not.toBe(told.need?.needId);
  });
  test('does not end because the sensor wavers about the reorder point', () => {
    const edge = reorderPointOf(watched(), after(30)) / 1_000;
    const at = (seq: number, litres: number) => reading(seq, 30 + seq / 10, Math.round(litres * 1_000) / 1_000);
    const told = observe(watched(), [at(2, edge - 0.02), at(3, edge - 0.03), at(4, edge - 0.01)], after(30.4));
    expect(told.events).toHaveLength(1);
    const wavered = observe(told.supply, [at(5, edge + 0.09), at(6, edge - 0.03), at(7, edge + 0.08)], after(30.7));
    expect(wavered.supply.cycle).toBe(1);
    expect(wavered.events).toEqual([]);
  });
});
