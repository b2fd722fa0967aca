import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newDemand } from '../../../../shared/supply/demand.ts';
import { demandQuantile } from '../../../../shared/supply/forecast/forecast.ts';
import { forecastOf } from '../../../../shared/supply/forecast/forecast-of.ts';
import { DECISION_DAYS, leadTimeDaysSlices, learnLeadTime } from '../../../../shared/supply/reorder/lead-time.ts';
import { orderUpToLevel, packsToOrder, reorderPoint } from '../../../../shared/supply/reorder/reorder.ts';
import { START } from '../milk.ts';

const forecast = forecastOf({ demand: newDemand({ perDay: 750, portion: 200, confidenceDays: 28, asOf: START }) }, START);
const leadTime = { meanDays: 1.2, sdDays: 0.3, deliveries: 0 };

describe('the reorder point', () => {
  test('leaves the chance that the service level allows of reaching for a portion that is not there', () => {
    const level = reorderPoint({ forecast, leadTime, serviceLevel: 0.95 });
    const chances = leadTimeDaysSlices(leadTime).map((days) => forecast.usedUp(level + forecast.portion, days));
    expect(chances.reduce((sum, chance) => sum + chance, 0) / chances.length).toBeCloseTo(0.05, 6);
  });
  test('is the quantile of demand when the lead time is certain', () => {
    const level = reorderPoint({ forecast, leadTime: { ...leadTime, sdDays: 0 }, serviceLevel: 0.95 });
    expect(level).toBeCloseTo(demandQuantile(forecast, 1.2 + DECISION_DAYS, 0.95) - forecast.portion, 6);
  });
  test('grows with service, lead time and its spread', () => {
    const at = (meanDays: number, sdDays: number, serviceLevel: number) =>
      reorderPoint({ forecast, leadTime: { meanDays, sdDays, deliveries: 0 }, serviceLevel });
    expect(at(1.2, 0.3, 0.99)).toBeGreaterThan(at(1.2, 0.3, 0.9));
    expect(at(3, 0.3, 0.95)).toBeGreaterThan(at(1.2, 0.3, 0.95));
    expect(at(1.2, 0.9, 0.95)).toBeGreaterThan(at(1.2, 0.1, 0.95));
  });
});

describe('the lead time', () => {
  test('has slices of its mean and deviation', () => {
    const days = leadTimeDaysSlices({ meanDays: 2, sdDays: 0.4, deliveries: 0 }).map((slice) => slice - DECISION_DAYS);
    expect(days.reduce((sum, slice) => sum + slice, 0) / 5).toBeCloseTo(2, 1);
    expect(days).toEqual([...days].sort((a, b) => a - b));
  });
  test('learns from deliveries, the retailer’s word weighing three', () => {
    const once = learnLeadTime({ meanDays: 1, sdDays: 0, deliveries: 0 }, 2);
    // mean 1 + 1/4; variance (3/4) · (0 + 1/4 · 1²) = 3/16
    expect(once).toEqual({ meanDays: 1.25, sdDays: 0.433013, deliveries: 1 });
  });
  test('forgets what a retailer used to be', () => {
    let learnt = { meanDays: 1, sdDays: 0.1, deliveries: 500 };
    for (let delivery = 0; delivery < 100; delivery += 1) learnt = learnLeadTime(learnt, 3);
    expect(learnt.meanDays).toBeGreaterThan(2.95);
    expect(learnt.sdDays).toBeLessThan(0.35);
  });
  test('a delivery that says it took no time does not make it zero', () => expect(learnLeadTime(leadTime, -5).meanDays).toBeGreaterThan(0));
});

describe('how much to order', () => {
  test('lasts for the lead time and the days of cover', () => {
    expect(orderUpToLevel({ forecast, coverDays: 5, leadTime })).toBeCloseTo(750 * (1.2 + DECISION_DAYS + 5), 6);
  });
  test('is eaten before its date, and fits', () => {
    const free = orderUpToLevel({ forecast, coverDays: 30, leadTime });
    const onTheWay = 750 * (1.2 + DECISION_DAYS);
    expect(orderUpToLevel({ forecast, coverDays: 30, leadTime, shelfLifeDays: 7 })).toBeCloseTo(onTheWay + demandQuantile(forecast, 7, 0.2), 6);
    expect(orderUpToLevel({ forecast, coverDays: 30, leadTime, capacity: 4_000 })).toBeCloseTo(onTheWay + 4_000, 6);
    expect(orderUpToLevel({ forecast, coverDays: 30, leadTime, capacity: 4_000_000, shelfLifeDays: 300 })).toBeCloseTo(free, 6);
  });
  test('is whole packs that reach the level, at least one, at most the limit', () => {
    const orderUpTo = 4_000;
    expect(packsToOrder({ position: 1_600, orderUpTo, packAmount: 1_000, packsMax: 9 })).toBe(3);
    expect(packsToOrder({ position: 2_000, orderUpTo, packAmount: 1_000, packsMax: 9 })).toBe(2);
    expect(packsToOrder({ position: 1_999.8, orderUpTo, packAmount: 1_000, packsMax: 9 })).toBe(2);
    expect(packsToOrder({ position: 9_000, orderUpTo, packAmount: 1_000, packsMax: 9 })).toBe(1);
    expect(packsToOrder({ position: 0, orderUpTo, packAmount: 100, packsMax: 9 })).toBe(9);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_000 }), fc.integer({ min: 1, max: 5_000 }), (position, packAmount) => {
        const packs = packsToOrder({ position, orderUpTo, packAmount, packsMax: 99 });
        expect(packs).toBeGreaterThanOrEqual(1);
        if (packs > 1 && packs < 99) expect(position + (packs - 1) * packAmount).toBeLessThan(orderUpTo);
      }),
    );
  });
});
