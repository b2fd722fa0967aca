/** The consumption model on households whose truth is known. */
import { describe, expect, test } from 'vitest';
import { takeByHand } from '../../../shared/supply/by-hand.ts';
import { consumptionPerDay, demandSchema, learn, newDemand, noteUse, pauseDaysOf, type Demand } from '../../../shared/supply/demand.ts';
import { projectedStockout } from '../../../shared/supply/forecast/forecast.ts';
import { forecastOf } from '../../../shared/supply/forecast/forecast-of.ts';
import { followOrder } from '../../../shared/supply/follow-order.ts';
import { review } from '../../../shared/supply/review.ts';
import { reorderPointOf, stockAt } from '../../../shared/supply/stock.ts';
import type { Supply } from '../../../shared/supply/supply.ts';
import { addDuration, daysBetween, duration, orderIdSchema, type Instant, type Outcome } from '../../../shared/values.ts';
import { inPhases, onceAWeek, seeded, whenever, type Buyer } from './buyers.ts';
import { cellarMilk, milkConfig, order, START } from './milk.ts';

const SEED = 20_260;
const day = (days: number): Instant => addDuration(START, duration(days, 'days'));
const TOLD = { everyUseTold: true } as const;

/** Told of every use from a guess on that is twice too high. */
function told(uses: readonly number[], perDay: number): Demand {
  let demand = newDemand({ perDay: 2 * perDay, portion: 1, confidenceDays: 7, asOf: START });
  for (const use of uses) demand = noteUse(demand, 1, day(use));
  return demand;
}

/** Who is more regular than the model can know is covered more often than it says, who buys in phases less often. */
const COVERED = { whenever: [0.73, 0.91], onceAWeek: [0.76, 0.96], inPhases: [0.66, 0.87] } as const;

describe.each<[string, Buyer, readonly [number, number]]>([
  ['whenever', whenever, COVERED.whenever],
  ['once a week', onceAWeek, COVERED.onceAWeek],
  ['in phases', inPhases, COVERED.inPhases],
])('a household that buys %s', (_name, buyer, [least, most]) => {
  test.each([0.02, 0.06, 0.11])('at %d a day: the rate is found, and the mean of what is expected', (perDay) => {
    const found = Array.from({ length: 100 }, (_, house) => {
      // In the middle of a phase of the one kind or of the other.
      const now = 720 + 22 + 45 * (house % 2);
      const demand = told(buyer(seeded(SEED + house), perDay, now), perDay);
      return forecastOf({ demand, settings: TOLD }, day(now)).meanPerDay / perDay;
    });
    const mean = found.reduce((sum, ratio) => sum + ratio, 0) / found.length;
    expect(mean, `seed ${String(SEED)}`).toBeGreaterThan(0.85);
    expect(mean, `seed ${String(SEED)}`).toBeLessThan(1.15);
  });

  test.each([0.02, 0.06, 0.11])('at %d a day: about four of five stockouts are inside the interval', (perDay) => {
    const HOUSES = 400;
    let covered = 0;
    for (let house = 0; house < HOUSES; house += 1) {
      const random = seeded(SEED + house);
      const ownRate = perDay * (0.6 + 0.8 * random());
      // A year is known, and it is looked ahead from some moment of the month after it.
      const uses = buyer(random, ownRate, 2_000);
      const now = 365 + 30 * random();
      const demand = told(
        uses.filter((use) => use <= now),
        perDay,
      );
      const units = 1 + Math.floor(3 * random());
      const emptyOn = uses.filter((use) => use > now)[units - 1] ?? Infinity;
      const { p10, p90 } = projectedStockout(forecastOf({ demand, settings: TOLD }, day(now)), { position: units, now: day(now) });
      if (emptyOn >= daysBetween(START, p10) && (emptyOn <= daysBetween(START, p90) || daysBetween(day(now), p90) >= 366)) covered += 1;
    }
    expect(covered / HOUSES, `seed ${String(SEED)}`).toBeGreaterThan(least);
    expect(covered / HOUSES, `seed ${String(SEED)}`).toBeLessThan(most);
  });
});

describe('the pause after a use', () => {
  const pauseOf = (buyer: Buyer, perDay: number) => pauseDaysOf(told(buyer(seeded(SEED), perDay, 1_000), perDay));

  test('is long for who shops once a week, and short for who buys whenever', () => {
    expect(pauseOf(onceAWeek, 0.11)).toBeGreaterThan(1.4);
    expect(pauseOf(whenever, 0.3)).toBeLessThan(0.6);
  });
  test('makes two uses in three days unlikely, and leaves the year as it is', () => {
    const weekly = told(onceAWeek(seeded(SEED), 0.11, 1_000), 0.11);
    const { again: _again, ...unpaused } = weekly;
    const [paused, free] = [weekly, unpaused].map((demand) => forecastOf({ demand }, day(1_000)));
    expect((paused?.usedUp(2, 3) ?? 1) / (free?.usedUp(2, 3) ?? 0)).toBeLessThan(0.5);
    expect(paused?.usedUp(40, 366)).toBeCloseTo(free?.usedUp(40, 366) ?? 0, 1);
  });
  test('is nothing where uses are not told one by one', () => {
    expect(pauseDaysOf(learn(newDemand({ perDay: 1, portion: 1, confidenceDays: 9, asOf: START }), { consumed: 3, from: START, to: day(2) }))).toBe(0);
  });
});

/** 0.1 a day for a year and a half, but for the days named. */
const withSpell = (from: number, days: number, perDay: number, seed = SEED): number[] => {
  const random = seeded(seed);
  const usual = whenever(random, 0.5, 540).filter((use) => use < from || use >= from + days);
  const spell = whenever(random, perDay, days).map((use) => from + use);
  return [...usual, ...spell].sort((a, b) => a - b);
};
const expectedAt = (uses: readonly number[], now: number): number => {
  const demand = told(
    uses.filter((use) => use <= now),
    0.5,
  );
  return forecastOf({ demand, settings: TOLD }, day(now)).meanPerDay;
};
const averaged = (value: (seed: number) => number): number => Array.from({ length: 20 }, (_, index) => value(SEED + index)).reduce((a, b) => a + b, 0) / 20;

describe('what passes', () => {
  test('a week of guests is noticed while they are there, and forgotten two months later', () => {
    expect(averaged((seed) => expectedAt(withSpell(400, 7, 4, seed), 407))).toBeGreaterThan(0.65);
    expect(averaged((seed) => expectedAt(withSpell(400, 7, 4, seed), 467))).toBeLessThan(0.6);
  });
  test('three weeks of holidays do not lose the rate', () => {
    expect(averaged((seed) => expectedAt(withSpell(400, 21, 0.0001, seed), 421))).toBeGreaterThan(0.36);
    expect(averaged((seed) => expectedAt(withSpell(400, 21, 0.0001, seed), 450))).toBeGreaterThan(0.43);
  });
});

/** Toothpaste in a cupboard, every tube told of, always answered with a yes and delivered on the third day. */
class Cupboard {
  supply: Supply = cellarMilk({
    ...{ unit: 'piece', products: [{ gtin: milkConfig.products[0]?.gtin, pack: { amount: 1, unit: 'piece' } }] },
    ...{ perDay: 0.05, portion: 1, confidenceDays: 7, onHand: 1, leadTime: { meanDays: 3, sdDays: 0 } },
    settings: { serviceLevel: 0.95, coverDays: 1, packsMax: 5, everyUseTold: true },
  });
  ordered = 0;
  readonly #coming: { view: ReturnType<typeof order>; on: number }[] = [];

  #take(outcome: Outcome<Supply, unknown>): void {
    if (outcome.kind === 'changed') this.supply = outcome.state;
  }
  live(today: number, isUsed: boolean): void {
    for (const { view } of this.#coming.filter(({ on }) => on === today))
      this.#take(followOrder(this.supply, { ...view, orderVersion: 2, standing: 'received', outstanding: 0, received: 1, receivedAt: day(today) }, day(today)));
    if (isUsed) this.#take(takeByHand(this.supply, { type: 'use', amount: 1, handId: `cnt_${String(today).padStart(6, '0')}` }, day(today + 0.4)));
    this.#take(review(this.supply, day(today + 0.7)));
    if (this.supply.need?.standing !== 'open') return;
    this.ordered += 1;
    const view = order(this.supply, 1, 'on-order', {
      orderId: orderIdSchema.parse(`ord_${String(this.ordered)}`),
      outstanding: 1,
      approvedAt: day(today + 0.7),
    });
    this.#take(followOrder(this.supply, view, day(today + 0.7)));
    this.#coming.push({ view, on: today + 3 });
  }
}

describe('where every use is told', () => {
  test('an item that is used no more is ordered no more, and is expected to last', () => {
    const cupboard = new Cupboard();
    const random = seeded(SEED);
    for (let today = 0; today < 300; today += 1) cupboard.live(today, random() < 0.05);
    const untilThen = cupboard.ordered;
    expect(untilThen).toBeGreaterThan(5);
    for (let today = 300; today < 1_400; today += 1) cupboard.live(today, false);
    expect(cupboard.ordered - untilThen).toBeLessThanOrEqual(1);
    expect(forecastOf(cupboard.supply, day(1_400)).usedUp(1, 60)).toBeLessThan(0.2);
  });
  test('silence takes nothing off the shelf', () => {
    const cupboard = new Cupboard();
    expect(stockAt(cupboard.supply, day(25)).position).toBe(1);
    expect(stockAt({ ...cupboard.supply, settings: { ...cupboard.supply.settings, everyUseTold: undefined } }, day(15)).position).toBe(0.25);
  });
  test('what is used beyond the stock was got elsewhere, and what comes afterwards is all there', () => {
    const cupboard = new Cupboard();
    for (const today of [1, 2, 3]) cupboard.live(today, true);
    for (let today = 4; today < 14; today += 1) cupboard.live(today, false);
    const { onHand, pantry, onOrder } = stockAt(cupboard.supply, day(14));
    expect([onHand + pantry, onOrder]).toEqual([cupboard.ordered, 0]);
    expect(reorderPointOf(cupboard.supply, day(14))).toBeLessThan(2);
  });
});

describe('the state', () => {
  test('takes at most 256 bytes, however long it has learnt', () => {
    const demand = told(whenever(seeded(SEED), 3.3, 400), 3.3);
    expect(JSON.stringify({ ...demand, portion: 123.456 }).length).toBeLessThanOrEqual(256);
    expect(demandSchema.safeParse(demand).success).toBe(true);
  });
  test('of before goes on where it stood', () => {
    const before = demandSchema.parse({ shape: 40, rateDays: 100, portion: 200, asOf: START });
    expect(consumptionPerDay(before)).toBeCloseTo(80, 6);
    const later = learn(before, { consumed: 160, from: START, to: day(2) });
    expect(consumptionPerDay(later)).toBeCloseTo(80, 4);
    expect(later.lately?.rateDays).toBeGreaterThan(40);
  });
});
