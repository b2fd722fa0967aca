import { describe, expect, test } from 'vitest';
import { demandQuantile } from '../../../../shared/supply/forecast/forecast.ts';
import { expectedNeed, heatForecast } from '../../../../shared/supply/heat/heat-forecast.ts';
import { filledTank, heatSchema, learnHeat, newHeat, readTank, unitsPerDegreeDay, type Heat } from '../../../../shared/supply/heat/heat.ts';
import { day, drawsOf, litresOf, normalFrom, ORDINARY, sumOf, type HouseTruth } from './heat-house.ts';

/** 14 and 18 have two hard winters in a row, which look like a leakier house to whoever sees no thermometer. */
const SEEDS = [11, 13, 14, 15, 17, 18];
const YEARS = 730;

/** Told once a day what a burner has counted. @param seen called with what is known before each day */
function follow(litres: readonly number[], seen: (heat: Heat, index: number) => unknown = () => undefined, perDay = 5): Heat {
  let heat = newHeat({ perDay, asOf: day(0) });
  for (const [index, consumed] of litres.entries()) {
    seen(heat, index);
    heat = learnHeat(heat, { consumed, from: day(index), to: day(index + 1) });
  }
  return heat;
}
const fortnight = (heat: Heat, index: number): number => expectedNeed(heat, day(index), day(index + 14)).mean;
/** Σ|forecast − came| / Σ came over fortnights, from the second year on. */
function errorOf(litres: readonly number[], perDay = 5): number {
  let [error, came] = [0, 0];
  follow(
    litres,
    (heat, index) => {
      if (index < 365 || index + 14 > litres.length || index % 7 !== 0) return;
      error += Math.abs(fortnight(heat, index) - sumOf(litres, index, 14));
      came += sumOf(litres, index, 14);
    },
    perDay,
  );
  return error / came;
}

describe('a heating whose truth is known', () => {
  const truths: readonly (readonly [string, HouseTruth])[] = [
    ['an ordinary house', ORDINARY],
    ['a leaky house in a colder town', { perDegreeDay: 2, hotWater: 2, limitCelsius: 18, colderCelsius: 1.5 }],
    ['an insulated house with much hot water', { perDegreeDay: 0.4, hotWater: 2, limitCelsius: 14, colderCelsius: 0 }],
  ];

  test.each(truths)('%s: K is found after two years, from guesses that are three times too low or too high', (_name, truth) => {
    const found = SEEDS.flatMap((seed) => {
      const litres = litresOf(truth, seed, YEARS);
      const mean = sumOf(litres, 0, YEARS) / YEARS;
      return [mean / 3, mean * 3].map((guess) => Math.log(unitsPerDegreeDay(follow(litres, undefined, guess)) / truth.perDegreeDay));
    });
    const most = Math.max(...found.map(Math.abs));
    const mean = found.reduce((sum, error) => sum + error, 0) / found.length;
    expect(most, `seeds ${SEEDS.join(' ')}`).toBeLessThan(0.45);
    expect(Math.abs(mean), `seeds ${SEEDS.join(' ')}`).toBeLessThan(0.1);
  });

  test.each(truths)('%s: a fortnight is forecast better than by the last one and last year together', (_name, truth) => {
    let [ours, theirs] = [0, 0];
    for (const seed of SEEDS) {
      const litres = litresOf(truth, seed, YEARS);
      ours += errorOf(litres) / SEEDS.length;
      let [error, came] = [0, 0];
      for (let index = 371; index + 14 <= YEARS; index += 7) {
        error += Math.abs((sumOf(litres, index - 14, 14) + sumOf(litres, index - 365, 14)) / 2 - sumOf(litres, index, 14));
        came += sumOf(litres, index, 14);
      }
      theirs += error / came / SEEDS.length;
    }
    expect(ours, `ours ${ours.toFixed(3)}, theirs ${theirs.toFixed(3)}, seeds ${SEEDS.join(' ')}`).toBeLessThan(0.9 * theirs);
  });

  test.each(truths)('%s: the 80 % interval of a fortnight holds as often as it says', (_name, truth) => {
    let [held, asked] = [0, 0];
    for (const seed of SEEDS) {
      const litres = litresOf(truth, seed, YEARS);
      follow(litres, (heat, index) => {
        if (index < 180 || index + 14 > YEARS || index % 7 !== 0) return;
        const forecast = heatForecast(heat, 1, day(index));
        const came = sumOf(litres, index, 14);
        if (came >= demandQuantile(forecast, 14, 0.1) && came <= demandQuantile(forecast, 14, 0.9)) held += 1;
        asked += 1;
      });
    }
    expect(held / asked, `of ${asked}, seeds ${SEEDS.join(' ')}`).toBeGreaterThan(0.72);
    expect(held / asked, `of ${asked}, seeds ${SEEDS.join(' ')}`).toBeLessThan(0.9);
  });
});

test('the season is followed: the same tank lasts longer from March on than from November on', () => {
  // BEGIN is the first of July; 123 days later it is November, 243 days later March.
  const lasts = (index: number): number => {
    const heat = follow(litresOf(ORDINARY, 22, 365 + index));
    const forecast = heatForecast(heat, 1, day(365 + index));
    return Array.from({ length: 366 }, (_, days) => days).find((days) => forecast.usedUp(1_000, days) >= 0.5) ?? 366;
  };
  const [november, march] = [lasts(123), lasts(243)];
  expect(november).toBeGreaterThan(30);
  expect(march).toBeGreaterThan(1.5 * november);
});

describe('nobody at home', () => {
  const [from, days] = [560, 15];
  const away = { ...ORDINARY, away: [{ from, days, share: 0.2 }] };
  const stays = SEEDS.map((seed) => ({ seed, litres: litresOf(ORDINARY, seed, 600), left: litresOf(away, seed, 600) }));

  test('two weeks in January take nothing from K', () => {
    for (const { seed, litres, left } of stays) {
      const [with_, without] = [follow(left), follow(litres)].map(unitsPerDegreeDay);
      expect(Math.abs((with_ ?? 0) / (without ?? 1) - 1), `seed ${seed}`).toBeLessThan(0.05);
    }
  });

  test('less is expected while they are away, and three days after their return as much as if they had stayed', () => {
    for (const { seed, litres, left } of stays) {
      const said = new Map<number, number>();
      const stayed = new Map<number, number>();
      const asked = [from + 5, from + days + 3];
      follow(left, (heat, index) => asked.includes(index) && said.set(index, fortnight(heat, index)));
      follow(litres, (heat, index) => asked.includes(index) && stayed.set(index, fortnight(heat, index)));
      const share = (index: number): number => (said.get(index) ?? 0) / (stayed.get(index) ?? 1);
      expect(share(from + 5), `seed ${seed}`).toBeLessThan(0.85);
      expect(Math.abs(share(from + days + 3) - 1), `seed ${seed}: ${share(from + days + 3)}`).toBeLessThan(0.12);
    }
  });

  test('a house that uses a third from some day on for good is believed within twelve weeks', () => {
    for (const seed of SEEDS) {
      const litres = litresOf({ ...ORDINARY, away: [{ from: 480, days: 400, share: 0.33 }] }, seed, 600);
      follow(litres, (heat, index) => {
        if (index === 480 + 84) expect(Math.abs(fortnight(heat, index) / sumOf(litres, index, 14) - 1), `seed ${seed}`).toBeLessThan(0.45);
      });
    }
  });
});

describe('sensors that err', () => {
  test('a tank that is read with 1 % noise of 3,000 l teaches K, across deliveries of known amounts', () => {
    const found = SEEDS.map((seed) => {
      const draw = drawsOf(seed + 2);
      let level = 2_500;
      let heat = readTank(newHeat({ perDay: 10, asOf: day(0) }), { level, deviation: 30, at: day(0) });
      let [error, came] = [0, 0];
      const litres = litresOf(ORDINARY, seed, YEARS);
      for (const [index, used] of litres.entries()) {
        if (index >= 365 && index + 14 <= YEARS && index % 7 === 0) {
          error += Math.abs(fortnight(heat, index) - sumOf(litres, index, 14));
          came += sumOf(litres, index, 14);
        }
        level -= used;
        const delivered = level < 600 ? 1_800 : undefined;
        level += delivered ?? 0;
        heat = readTank(heat, { level: Math.max(0, level + 30 * normalFrom(draw)), deviation: 30, at: day(index + 1), delivered });
      }
      return { ratio: Math.log(unitsPerDegreeDay(heat) / ORDINARY.perDegreeDay), wape: error / came };
    });
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.max(...found.map(({ ratio }) => Math.abs(ratio))), `the farthest of seeds ${SEEDS.join(' ')}`).toBeLessThan(0.4);
    expect(Math.abs(mean(found.map(({ ratio }) => ratio))), `seeds ${SEEDS.join(' ')}`).toBeLessThan(0.15);
    expect(mean(found.map(({ wape }) => wape)), `seeds ${SEEDS.join(' ')}`).toBeLessThan(0.19);
  });

  test('a counter that says a tenth too little is put right by the deliveries, and so is all that it has taught', () => {
    for (const seed of SEEDS) {
      const litres = litresOf(ORDINARY, seed, YEARS);
      const draw = drawsOf(seed + 3);
      const read = (level: number): number => level + 20 * normalFrom(draw);
      let level = 1_800;
      let heat = filledTank(newHeat({ perDay: 5, asOf: day(0) }), { before: 0, after: read(level), deviation: 20 });
      let deliveries = 0;
      for (const [index, used] of litres.entries()) {
        level -= used;
        heat = learnHeat(heat, { consumed: 0.9 * used, from: day(index), to: day(index + 1) });
        if (level > 400) continue;
        deliveries += 1;
        heat = filledTank(heat, { before: read(level), after: read(level + 1_400), deviation: 20, delivered: 1_400 });
        level += 1_400;
      }
      const unanchored = follow(litres.map((used) => 0.9 * used));
      expect(deliveries, `seed ${seed}`).toBeGreaterThan(1);
      for (const factor of [heat.perCounted ?? 1, fortnight(heat, YEARS) / fortnight(unanchored, YEARS)]) {
        expect(factor, `seed ${seed}`).toBeGreaterThan(1.07);
        expect(factor, `seed ${seed}`).toBeLessThan(1.16);
      }
    }
  });

  test('one wild day in a hundred moves nothing', () => {
    const litres = litresOf(ORDINARY, 31, YEARS);
    const wild = litres.map((used, index) => (index % 100 === 50 ? used * 8 : used));
    expect(Math.abs(unitsPerDegreeDay(follow(wild)) / unitsPerDegreeDay(follow(litres)) - 1)).toBeLessThan(0.1);
  });
});

test('an interval twice, or one from before, teaches nothing', () => {
  const once = learnHeat(newHeat({ perDay: 5, asOf: day(0) }), { consumed: 4, from: day(0), to: day(0.25) });
  expect(learnHeat(once, { consumed: 4, from: day(0), to: day(0.25) })).toBe(once);
  const later = learnHeat(once, { consumed: 12, from: day(0.25), to: day(1.25) });
  expect(learnHeat(later, { consumed: 9, from: day(0.5), to: day(1) })).toBe(later);
});

test('a day told in four parts teaches what it teaches as a whole', () => {
  const start = newHeat({ perDay: 5, asOf: day(0) });
  const parts = [0, 1, 2, 3].reduce((heat, quarter) => learnHeat(heat, { consumed: 2, from: day(quarter / 4), to: day((quarter + 1) / 4) }), start);
  const whole = learnHeat(start, { consumed: 8, from: day(0), to: day(1) });
  expect(fortnight(parts, 1)).toBeCloseTo(fortnight(whole, 1), 0);
});

test('it is kept in 256 bytes beside a counter, half as much again with all else that it can know', () => {
  const counted = follow(litresOf(ORDINARY, 41, YEARS));
  expect(JSON.stringify(counted).length).toBeLessThanOrEqual(256);
  expect(heatSchema.parse(JSON.parse(JSON.stringify(counted)))).toEqual(counted);
  const read = readTank(counted, { level: 1_234.567, deviation: 12.3, at: day(YEARS + 1) });
  const everything: Heat = { ...read, counted: { amount: 4.321, until: day(YEARS + 2) }, perCounted: 1.0321, filled: { level: 2_345.6, counted: 987.65 } };
  expect(JSON.stringify(everything).length).toBeLessThanOrEqual(384);
});

test('less is used up surely than likely, and with more time: at every moment of the year', () => {
  for (const begin of [200, 365, 430, 520, 600]) {
    const forecast = heatForecast(follow(litresOf(ORDINARY, 51, begin)), 1, day(begin));
    const horizons = [0.1, 1, 3, 7, 14, 30, 90, 200, 366];
    for (const amount of [5, 50, 200, 1_000]) {
      // A billionth decides nothing.
      const chances = horizons.map((days) => Math.round(forecast.usedUp(amount, days) * 1e9) / 1e9);
      expect(chances, `amount ${amount} on day ${begin}`).toEqual([...chances].sort((a, b) => a - b));
      for (const days of horizons) expect(forecast.usedUp(amount * 1.5, days)).toBeLessThanOrEqual(forecast.usedUp(amount, days));
    }
  }
});
