import { describe, expect, test } from 'vitest';
import { expectedNeed, heatForecast } from '../../../../shared/supply/heat/heat-forecast.ts';
import { isOutdoorHeard, type DailyCelsius } from '../../../../shared/supply/heat/heat-outdoor.ts';
import { dayNumber } from '../../../../shared/supply/heat/heat-season.ts';
import { withOutdoorHeard } from '../../../../shared/supply/heat/heat-trial.ts';
import { heatSchema, learnHeat, newHeat, type Heat } from '../../../../shared/supply/heat/heat.ts';
import { day, drawsOf, litresOf, normalFrom, ORDINARY, sumOf, weatherOf } from './heat-house.ts';

const SEEDS = [11, 14, 18, 24];
const DAYS = 640;

interface Told {
  readonly seed: number;
  /** What the thermometer shows; what a service foretells rests on the same. */
  readonly celsius?: readonly number[];
  readonly foretells?: boolean;
  readonly seen?: (heat: Heat, index: number) => void;
}

/** A burner that counts, told once a day. A service errs by a degree tomorrow, and by nearly three a week ahead. */
function lived({ seed, celsius, foretells = false, seen = () => undefined }: Told): Heat {
  const draw = drawsOf(seed + 99);
  const litres = litresOf(ORDINARY, seed, DAYS);
  let heat = newHeat({ perDay: 5, asOf: day(0) });
  for (const [index, used] of litres.entries()) {
    seen(heat, index);
    const at = day(index + 1);
    const coming = Array.from({ length: 7 }, (_, ahead) => ({
      day: dayNumber(at) + ahead,
      celsius: (celsius?.[index + 1 + ahead] ?? 0) + (1 + 0.3 * ahead) * normalFrom(draw),
    }));
    const days: readonly DailyCelsius[] = foretells ? coming : [];
    const learnt = learnHeat(heat, { consumed: used, from: day(index), to: at });
    heat = withOutdoorHeard(heat, learnt, { celsius: celsius?.[index], days, used, at });
  }
  return heat;
}

/** Σ|forecast − came| / Σ came over fortnights of the second year. */
function errorOf(told: Told): number {
  const litres = litresOf(ORDINARY, told.seed, DAYS);
  let [error, came] = [0, 0];
  lived({
    ...told,
    seen(heat, index) {
      if (index < 365 || index + 14 > DAYS || index % 3 !== 0) return;
      error += Math.abs(expectedNeed(heat, day(index), day(index + 14)).mean - sumOf(litres, index, 14));
      came += sumOf(litres, index, 14);
    },
  });
  return error / came;
}
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the temperature outside', () => {
  test('with the coming week foretold makes a fortnight nearer by a tenth at least, and is heard', () => {
    const without = meanOf(SEEDS.map((seed) => errorOf({ seed })));
    const with_ = meanOf(SEEDS.map((seed) => errorOf({ seed, celsius: weatherOf(seed, DAYS), foretells: true })));
    expect(with_, `${with_.toFixed(3)} with, ${without.toFixed(3)} without, seeds ${SEEDS.join(' ')}`).toBeLessThan(0.9 * without);
    for (const seed of SEEDS) expect(isOutdoorHeard(lived({ seed, celsius: weatherOf(seed, DAYS), foretells: true }).outdoor), `seed ${seed}`).toBe(true);
  });

  test('is not heard before two months of it are scored', () => {
    lived({
      ...{ seed: 11, celsius: weatherOf(11, DAYS), foretells: true },
      seen: (heat, index) => {
        if (index < 56) expect(isOutdoorHeard(heat.outdoor), `day ${index}`).toBe(false);
      },
    });
  });

  test.each([
    ['of another town', false, (seed: number) => weatherOf(seed + 500, DAYS)],
    ['of another town, foretold for a week', true, (seed: number) => weatherOf(seed + 500, DAYS)],
    ['of a thermometer that always shows the same', false, () => Array.from({ length: DAYS }, () => 12)],
  ])('%s is kept out: not one forecast is another', (_name, foretells, celsius) => {
    for (const seed of SEEDS) {
      const told = lived({ seed, celsius: celsius(seed), foretells });
      const silent = lived({ seed });
      expect(isOutdoorHeard(told.outdoor), `seed ${seed}: ${JSON.stringify(told.outdoor?.score)}`).toBe(false);
      const { outdoor: _outdoor, ...rest } = told;
      expect(rest).toEqual(silent);
      for (const amount of [20, 100, 400])
        for (const days of [3, 14, 40])
          expect(heatForecast(told, 1, day(DAYS)).usedUp(amount, days)).toBe(heatForecast(silent, 1, day(DAYS)).usedUp(amount, days));
    }
  });

  test('of a sensor on a warm wall, six degrees too high, is as good: it is learnt how far it is from the season', () => {
    const true_ = meanOf(SEEDS.map((seed) => errorOf({ seed, celsius: weatherOf(seed, DAYS), foretells: true })));
    const warm = (seed: number) => weatherOf(seed, DAYS).map((celsius) => celsius + 6);
    const onWall = meanOf(SEEDS.map((seed) => errorOf({ seed, celsius: warm(seed), foretells: true })));
    expect(Math.abs(onWall - true_), `seeds ${SEEDS.join(' ')}`).toBeLessThan(0.01);
  });

  test('loses its say within a year when it turns wrong', () => {
    const seed = 14;
    const right = weatherOf(seed, DAYS);
    const wrong = weatherOf(seed + 700, DAYS);
    const turned = right.map((celsius, index) => (index < 200 ? celsius : (wrong[index] ?? 0)));
    const heard = new Map<number, boolean>();
    const last = lived({ seed, celsius: turned, foretells: true, seen: (heat, index) => heard.set(index, isOutdoorHeard(heat.outdoor)) });
    expect(heard.get(200)).toBe(true);
    expect(isOutdoorHeard(last.outdoor), JSON.stringify(last.outdoor?.score)).toBe(false);
  });

  test('is kept in as few bytes as everything else that a heating knows, and read back as it was', () => {
    const heat = lived({ seed: 18, celsius: weatherOf(18, DAYS), foretells: true });
    expect(JSON.stringify(heat).length).toBeLessThanOrEqual(400);
    expect(heatSchema.parse(JSON.parse(JSON.stringify(heat)))).toEqual(heat);
  });

  test('that nobody tells leaves no trace', () => {
    const heat = newHeat({ perDay: 5, asOf: day(0) });
    const learnt = learnHeat(heat, { consumed: 4, from: day(0), to: day(1) });
    expect(withOutdoorHeard(heat, learnt, { used: 4, at: day(1) })).toBe(learnt);
  });
});
