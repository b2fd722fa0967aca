import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newDemand } from '../../../../shared/supply/demand.ts';
import { projectedStockout } from '../../../../shared/supply/forecast/forecast.ts';
import { forecastOf } from '../../../../shared/supply/forecast/forecast-of.ts';
import { beliefOf, isSettled, levelOf, levelSchema, paceOf, type Level } from '../../../../shared/supply/level/level.ts';
import { levelForecast } from '../../../../shared/supply/level/level-forecast.ts';
import { daysBetween } from '../../../../shared/values.ts';
import { dayAfter, follow, live, newShelf, normalOf, PACK, PORTION, randomOf } from './level-truth.ts';
import { START } from '../milk.ts';

const likeliestOf = (level: Level): number => {
  const { weight } = beliefOf(level).cells;
  return paceOf(weight.indexOf(Math.max(...weight)));
};
const intervalOf = (shelf: { level: Level; day: number; read: number }) => {
  const now = dayAfter(shelf.day);
  const { p10, median, p90 } = projectedStockout(levelForecast(shelf.level, PORTION, now), { position: shelf.read, now });
  return { p10: daysBetween(now, p10), median: daysBetween(now, median), p90: daysBetween(now, p90) };
};

describe('the pace of the pack in use', () => {
  test.each([
    { name: 'as slow as the item', days: 40 },
    { name: 'four times as fast', days: 10 },
    { name: 'three times as slow', days: 120 },
  ])('$name is recovered, and its end lies in the interval as often as that says, once half of it is used', ({ days }) => {
    const seeds = Array.from({ length: 30 }, (_, index) => index + 1);
    const within = seeds.filter((seed) => {
      const shelf = newShelf(40);
      live(shelf, Math.round(days * 0.6), () => PACK / days, randomOf(seed));
      // The likeliest pace is the true one or its neighbour, half as fast again.
      expect(Math.abs(Math.log(likeliestOf(shelf.level) * days)), `seed ${seed}`).toBeLessThan(0.65);
      const likely = levelForecast(shelf.level, PORTION, dayAfter(shelf.day)).usedUp(shelf.read, (shelf.amount * days) / PACK);
      return 0.1 <= likely && likely <= 0.9;
    });
    // Of packs as unusual as the second and the third the interval is right less often than of all.
    expect(within.length).toBeGreaterThanOrEqual(17);
  });

  test('a fast pack after slow ones shows within two days', () => {
    const shelf = newShelf(60);
    const random = randomOf(7);
    live(shelf, 30, () => PACK / 60, random);
    expect(intervalOf(shelf).median).toBeGreaterThan(15);
    live(shelf, 2, () => PACK / 6, random);
    expect(intervalOf(shelf).median).toBeLessThan(6);
  });

  test('what the packs of an item last is learnt from them, whatever was said at first', () => {
    const shelf = newShelf(100);
    live(shelf, 400, () => PACK / 12, randomOf(11));
    const { median, spread } = beliefOf(shelf.level);
    expect(Math.exp(median)).toBeGreaterThan(9);
    expect(Math.exp(median)).toBeLessThan(25);
    expect(spread).toBeLessThan(0.96);
  });
});

test('the 80 % interval is right as often as it says, over households whose packs last as irregularly as real ones', () => {
  let [covered, asked] = [0, 0];
  for (let household = 0; household < 40; household += 1) {
    const random = randomOf(100 + household);
    const meanDays = 12 + 60 * random();
    const spread = 0.96;
    const packDays = Array.from({ length: 40 }, () => Math.max(1, meanDays * Math.exp(spread * normalOf(random) - spread ** 2 / 2)));
    // A pack ends and the next begins in the middle of a day: what was used up to each day is a broken line.
    const ends = packDays.reduce<number[]>((sofar, days) => [...sofar, (sofar.at(-1) ?? 0) + days], []);
    const usedBy = (day: number): number => {
      const pack = ends.findIndex((end) => end > day);
      const began = ends[pack - 1] ?? 0;
      return PACK * (pack + (day - began) / (packDays[pack] ?? 1));
    };
    const dayOf = (used: number): number => {
      const pack = Math.floor(used / PACK);
      return (ends[pack - 1] ?? 0) + (used / PACK - pack) * (packDays[pack] ?? 1);
    };
    const shelf = newShelf(meanDays);
    for (let turn = 0; turn < 25; turn += 1) {
      live(shelf, 8, (day) => usedBy(day) - usedBy(day - 1), random);
      if (turn < 4) continue;
      const outcome = dayOf(usedBy(shelf.day) + shelf.amount) - shelf.day;
      // Where what was then used up by that moment was neither unlikely nor nearly certain, it came between p10 and p90.
      const likely = levelForecast(shelf.level, PORTION, dayAfter(shelf.day)).usedUp(shelf.read, outcome);
      asked += 1;
      if (0.1 <= likely && likely <= 0.9) covered += 1;
    }
  }
  expect(asked).toBeGreaterThan(800);
  expect(covered / asked).toBeGreaterThan(0.76);
  expect(covered / asked).toBeLessThan(0.88);
});

describe('a sensor that errs', () => {
  test('does not make the projected stockout jump, however it trembles', () => {
    const shelf = newShelf(40);
    const random = randomOf(5);
    live(shelf, 15, () => PACK / 40, random);
    const medians = Array.from({ length: 8 }, () => {
      live(shelf, 1, () => PACK / 40, random);
      return intervalOf(shelf).median + shelf.day;
    });
    expect(Math.max(...medians) - Math.min(...medians)).toBeLessThan(12);
  });
  test('of which one reading is wild is believed no more than a moment', () => {
    const shelf = newShelf(40);
    live(shelf, 15, () => PACK / 40, randomOf(5));
    const { median } = intervalOf(shelf);
    const wild = follow(follow(shelf.level, 15.01, shelf.read, 100), 15.02, 100, shelf.read);
    expect(intervalOf({ ...shelf, level: wild }).median).toBeGreaterThan(0.6 * median);
  });
  test('is not taken for a slow pace when the shelf is empty', () => {
    const shelf = newShelf(10);
    live(shelf, 9, () => PACK / 10, randomOf(9));
    let { level, read } = shelf;
    for (let day = 10; day < 30; day += 1) {
      level = follow(level, day, read, 0);
      read = 0;
    }
    expect(levelForecast(level, PORTION, dayAfter(29)).meanPerDay).toBeGreaterThan(PACK / 60);
  });
});

describe('its state', () => {
  const shelf = newShelf(40);
  live(shelf, 25, () => PACK / 33, randomOf(3));

  test('takes no more than 256 bytes together with the long-term demand, and parses', () => {
    const demand = newDemand({ perDay: 25.123, portion: PORTION, confidenceDays: 123.456, asOf: START });
    expect(JSON.stringify({ demand, level: shelf.level }).length).toBeLessThanOrEqual(256);
    expect(levelSchema.parse(shelf.level)).toEqual(shelf.level);
  });
  test('says the same after it was stored', () => {
    expect(levelOf(beliefOf(shelf.level))).toEqual(shelf.level);
  });
  test('forecasts only after three days; until then what was known before stands', () => {
    const demand = newDemand({ perDay: 25, portion: PORTION, confidenceDays: 28, asOf: START });
    const young = newShelf(40);
    live(young, 2, () => PACK / 5, randomOf(3));
    expect(isSettled(young.level)).toBe(false);
    expect(forecastOf({ demand, level: young.level }, dayAfter(2)).meanPerDay).toBeCloseTo(25, 0);
    live(young, 1, () => PACK / 5, randomOf(4));
    expect(forecastOf({ demand, level: young.level }, dayAfter(3)).meanPerDay).toBeGreaterThan(60);
  });
  test('grows unsure while the device is silent', () => {
    const width = (days: number): number => {
      const forecast = levelForecast(shelf.level, PORTION, dayAfter(25 + days));
      return forecast.usedUp(800, 8) - forecast.usedUp(800, 60);
    };
    expect(Math.abs(width(20))).toBeLessThan(Math.abs(width(0)));
  });
});

test('what is used grows with the horizon and falls with the amount', () => {
  const shelf = newShelf(20);
  live(shelf, 12, () => PACK / 15, randomOf(21));
  const forecast = levelForecast(shelf.level, PORTION, dayAfter(12));
  expect(forecast.usedUp(0, 3)).toBe(1);
  expect(forecast.usedUp(100, 0)).toBe(0);
  const days = [0.5, 1, 2, 4, 8, 16, 32, 64].map((horizon) => forecast.usedUp(400, horizon));
  const amounts = [50, 100, 200, 400, 800, 1_600].map((amount) => forecast.usedUp(amount, 5));
  expect(days).toEqual([...days].sort((a, b) => a - b));
  expect(amounts).toEqual([...amounts].sort((a, b) => b - a));
  expect(days[0]).toBeGreaterThanOrEqual(0);
  expect(days.at(-1)).toBeGreaterThan(0.95);
});

test('a forecast answers the same whatever it was asked before, seed 31', () => {
  const shelf = newShelf(30);
  live(shelf, 45, () => PACK / 12, randomOf(5));
  const now = dayAfter(shelf.day + 0.5);
  const asked = levelForecast(shelf.level, PORTION, now);
  const anew = (amount: number, days: number): number => levelForecast({ ...shelf.level }, PORTION, now).usedUp(amount, days);
  const question = fc.tuple(fc.constantFrom(0, 40, 250, 600, 1_500, 4_000), fc.constantFrom(0, 0.1, 1, 2.5, 3, 4, 5, 9, 40, 300));
  fc.assert(
    fc.property(fc.array(question, { minLength: 1, maxLength: 12 }), (questions) => {
      for (const [amount, days] of questions) expect(asked.usedUp(amount, days)).toBe(anew(amount, days));
    }),
    { numRuns: 60, seed: 31 },
  );
});
