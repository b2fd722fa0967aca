/** What holds for a supply whatever happens, in whatever order, how often and how late. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Reading } from '../../../shared/device/telemetry.ts';
import { followOrder, type OrderForSupply } from '../../../shared/supply/follow-order.ts';
import { needIdOf } from '../../../shared/supply/need.ts';
import { observe } from '../../../shared/supply/observe.ts';
import { noiseOf, reorderPointOf, stockAt } from '../../../shared/supply/stock.ts';
import { supplySchema, type Supply } from '../../../shared/supply/supply.ts';
import { daysBetween, instantOf, millisOf, orderIdSchema } from '../../../shared/values.ts';
import { House, steps } from './house.ts';
import { after, milk, reading } from './milk.ts';

const readings = fc.uniqueArray(
  fc.record({
    bootId: fc.integer({ min: 1, max: 2 }),
    seq: fc.integer({ min: 1, max: 12 }),
    hours: fc.integer({ min: -4, max: 60 }),
    level: fc.integer({ min: 0, max: 80 }).map((step) => step / 10),
    usage: fc.option(
      fc.integer({ min: 0, max: 60 }).map((step) => step / 10),
      { nil: undefined },
    ),
    unit: fc.constantFrom('l', 'l', 'l', 'kg'),
  }),
  { minLength: 1, maxLength: 12, selector: ({ bootId, seq }) => `${String(bootId)}/${String(seq)}` },
);
const asReadings = (given: { bootId: number; seq: number; hours: number; level: number; usage: number | undefined; unit: string }[]): Reading[] =>
  given.map(({ bootId, seq, hours, level, usage, unit }) =>
    reading(seq, hours, level, { bootId, level: { amount: level, unit }, ...(usage !== undefined && { usage }) }),
  );

describe('a batch of readings', () => {
  test('ends alike in any order, and given again it changes nothing', () => {
    fc.assert(
      fc.property(
        readings.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }))),
        fc.integer({ min: 60, max: 90 }),
        ([list, shuffled], hours) => {
          const once = observe(milk(), asReadings(list), after(hours));
          expect(observe(milk(), asReadings(shuffled), after(hours))).toEqual(once);
          const again = observe(once.supply, asReadings(shuffled), after(hours));
          expect(again.changed).toBe(false);
          expect(again.supply).toBe(once.supply);
          expect(again.verdicts.every(({ verdict }) => verdict !== 'applied')).toBe(true);
          expect(observe(milk(), [...asReadings(list), ...asReadings(shuffled)], after(hours)).supply).toEqual(once.supply);
          expect(once.verdicts).toHaveLength(list.length);
          expect(supplySchema.parse(once.supply)).toEqual(once.supply);
        },
      ),
      { numRuns: 60 },
    );
  });
});

const lives = fc.array(fc.tuple(fc.constantFrom(...Object.keys(steps)), fc.integer({ min: 1, max: 6 })), { minLength: 1, maxLength: 60 });
/** Lives through it, with time passing and reviews running, and checks after every step. */
const live = (life: [string, number][], check: (house: House) => void): House => {
  const house = new House();
  for (const [name, amount] of life) {
    house.hours += 0.25;
    steps[name]?.(house, amount);
    house.reviewUntilQuiet();
    check(house);
  }
  return house;
};

describe('whatever happens in the house', () => {
  test('the position never counts goods twice, and misses none that were ordered', () => {
    fc.assert(
      fc.property(lives, (life) => {
        live(life, (house) => {
          house.measure();
          if (house.supply.pantry === 0 && house.cellar > 0) house.boughtElsewhere += house.cellar; // written off: the model gave them up
          const { position } = stockAt(house.supply, house.now);
          expect(position).toBeLessThanOrEqual(house.trulyThereOrComing + 0.01);
          if (house.boughtElsewhere === 0) expect(position).toBeCloseTo(house.trulyThereOrComing, 1);
        });
      }),
      { numRuns: 150 },
    );
  });

  test('each round of a cycle is told once, no amount is negative, and the state stays small', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const house = live(life, ({ supply }) => {
          expect(supplySchema.parse(supply)).toEqual(supply);
          expect(JSON.stringify(supply).length).toBeLessThan(4_096);
        });
        const told = house.events.flatMap((event) => (event.type === 'supply.low' ? [`${String(event.data.cycle)}/${String(event.data.round)}`] : []));
        expect(new Set(told).size).toBe(told.length);
      }),
      { numRuns: 100 },
    );
  });

  test('a low supply always has a moment at which it speaks, or an order, or a no', () => {
    fc.assert(
      fc.property(lives, (life) => {
        live(life, ({ supply, now }) => {
          const isLow = stockAt(supply, now).position <= reorderPointOf(supply, now);
          if (supply.dueAt) expect(millisOf(supply.dueAt)).toBeGreaterThanOrEqual(millisOf(now));
          if (!isLow) return;
          if (supply.need === undefined) expect(supply.dueAt && daysBetween(now, supply.dueAt)).toBeLessThanOrEqual(1.01);
          else if (supply.need.standing === 'open')
            expect(Boolean(supply.dueAt) || Object.values(supply.orders).some(({ standing }) => standing === 'proposed')).toBe(true);
          else if (supply.need.standing === 'expired') expect(supply.need.askedAgain || supply.dueAt !== undefined).toBe(true);
        });
      }),
      { numRuns: 100 },
    );
  });
});

test('with a noisy sensor a month of life leaves no goods that are not there', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
      let state = seed;
      const random = (): number => (state = (Math.imul(state, 48_271) >>> 0) % 2_147_483_647) / 2_147_483_647;
      const normal = (): number => Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());
      let [shelf, used, seq, restocks] = [4, 0, 0, 0];
      let supply: Supply = milk();
      for (let hour = 0; hour < 30 * 24; hour += 2) {
        if (random() < 0.3 && shelf >= 0.2) [shelf, used] = [shelf - 0.2, used + 0.2];
        if (shelf < 1) {
          restocks += 1;
          const orderId = orderIdSchema.parse(`ord_${String(restocks)}`);
          const view: OrderForSupply = {
            orderId,
            orderVersion: 1,
            needId: needIdOf(supply),
            standing: 'received',
            outstanding: 0,
            received: 4_000,
            receivedAt: after(hour),
          };
          const outcome = followOrder(supply, view, after(hour));
          if (outcome.kind === 'changed') supply = outcome.state;
          shelf += 4;
        }
        seq += 1;
        const level = Math.max(0, Math.round((shelf + 0.02 * normal()) / 0.05) * 0.05);
        const given = reading(seq, hour, Math.round(level * 100) / 100, { usage: Math.round(used * 1_000) / 1_000 });
        supply = observe(supply, [given], instantOf(millisOf(after(hour)) + 1_000)).supply;
      }
      expect(restocks).toBeGreaterThan(2);
      expect(supply.pantry).toBeLessThanOrEqual(noiseOf(supply));
      expect(Math.abs(supply.onHand - shelf * 1_000)).toBeLessThan(2 * noiseOf(supply));
    }),
    { numRuns: 10 },
  );
});
