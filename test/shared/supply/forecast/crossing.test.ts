import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newDemand } from '../../../../shared/supply/demand.ts';
import { bisect, isPastCrossing, type Crossing } from '../../../../shared/supply/forecast/crossing.ts';
import { amountWithTail, type Forecast } from '../../../../shared/supply/forecast/forecast.ts';
import { forecastOf } from '../../../../shared/supply/forecast/forecast-of.ts';
import { levelForecast } from '../../../../shared/supply/level/level-forecast.ts';
import { dayAfter, live, newShelf, PACK, PORTION, randomOf } from '../level/level-truth.ts';

const SEED = 27;
const TOLERANCE = 1 / 86_400;

/** The same answers, each one asked. */
const isPastPlainly = ({ probabilityAt, target, past }: Crossing) => {
  return (value: number): boolean => (past === 'at-least' ? probabilityAt(value) >= target : probabilityAt(value) <= target);
};

/** Falls or rises anyhow: in steps, steeply, with a flat middle, never reaching its target. */
const monotoneArbitrary = fc
  .array(fc.record({ at: fc.double({ min: 1e-3, max: 400, noNaN: true }), width: fc.double({ min: 1e-4, max: 3, noNaN: true }) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((waves) => (value: number) => waves.reduce((sum, { at, width }) => sum + 1 / (1 + Math.exp(-(value - at) / width)), 0) / waves.length);

test(`finds the point that plain halving finds, whatever rises or falls, wherever it looks first, seed ${String(SEED)}`, () => {
  const probability = fc.double({ min: 0.001, max: 0.999, noNaN: true });
  const near = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(monotoneArbitrary, probability, near, fc.boolean(), (rising, target, first, rises) => {
      const crossing: Crossing = {
        probabilityAt: rises ? rising : (value) => 1 - rising(value),
        ...{ target, past: rises ? 'at-least' : 'at-most', near: first, most: 366, tolerance: TOLERANCE },
      };
      expect(bisect(0, 366, TOLERANCE, isPastCrossing(crossing))).toBe(bisect(0, 366, TOLERANCE, isPastPlainly(crossing)));
    }),
    { seed: SEED, numRuns: 400 },
  );
});

/** Levels in all states, and purchases alone. */
const forecasts = Array.from({ length: 12 }, (_, index) => {
  const random = randomOf(SEED + index);
  const shelf = newShelf(5 + 90 * random());
  const days = 3 + 90 * random();
  live(shelf, 4 + index, () => PACK / days, random);
  const demand = newDemand({ perDay: 5 + 200 * random(), portion: PORTION, confidenceDays: 3 + 200 * random(), asOf: dayAfter(0) });
  return [levelForecast(shelf.level, PORTION, dayAfter(shelf.day)), forecastOf({ demand }, dayAfter(9))];
}).flat();

const plainAmount = (forecast: Forecast, days: number, tail: number, tolerance: number): number => {
  let high = forecast.portion;
  while (forecast.usedUp(high, days) > tail) high *= 2;
  return bisect(high === forecast.portion ? 0 : high / 2, high, tolerance, (amount) => forecast.usedUp(amount, days) <= tail);
};

test('amounts of real forecasts are those of plain halving, for less than half of the questions', () => {
  let [asked, askedPlainly] = [0, 0];
  for (const forecast of forecasts) {
    for (const [days, tail] of [
      [0.3, 0.2],
      [3.2, 0.06],
      [21, 0.01],
    ] as const) {
      const near = forecast.meanPerDay * days;
      const tolerance = PORTION * 1e-6;
      const amount = amountWithTail({ portion: PORTION, tail, near, tolerance }, (one) => ((asked += 1), forecast.usedUp(one, days)));
      const counted: Forecast = { ...forecast, usedUp: (one, horizon) => ((askedPlainly += 1), forecast.usedUp(one, horizon)) };
      expect(amount).toBe(plainAmount(counted, days, tail, tolerance));
    }
  }
  expect(asked).toBeLessThan(0.5 * askedPlainly);
});
