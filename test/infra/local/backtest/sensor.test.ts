/** Scenario B on a shelf that can be reckoned by hand, and on generated packs. */
import { describe, expect, test } from 'vitest';
import { add, NOTHING, type Method, type Tally, type Trial } from '../../../../infra/local/backtest/scenario.ts';
import { sensor } from '../../../../infra/local/backtest/sensor.ts';
import { keepLevel, ratesOf } from '../../../../infra/local/backtest/sensor-shelf.ts';
import { seeded } from '../../../shared/supply/buyers.ts';

const SPLIT_DAY = 1_000;
const trialOf = (days: readonly number[], item = 'flour'): Trial => ({
  pair: { customer: '7', item, needs: days.map((day) => ({ day, count: 1 })) },
  splitDay: SPLIT_DAY,
  endDay: 2_000,
  delays: { leadTimeDays: { least: 3, most: 3 }, approvalHours: { least: 0, most: 0 } },
});

describe('the shelf', () => {
  const trial = trialOf([990, 1_000, 1_004, 1_014]);

  test('a pack lasts from one purchase to the next, and after the last nobody knows', () => {
    expect(ratesOf(trial)).toEqual([...Array.from({ length: 4 }, () => 1 / 4), ...Array.from({ length: 10 }, () => 1 / 10)]);
  });

  test('one pack at first; who never orders is without from the evening on which it is used up', () => {
    const { tally } = keepLevel(trial, { order: () => 0 });
    // Four days of a quarter: 0.75, 0.5, 0.25 and nothing, and nothing for ten days more.
    expect(tally).toEqual({ ...NOTHING, itemDays: 14, needs: 2, unitDays: 1.5, orders: 0, stockoutDays: 11 });
  });

  test('what is ordered in the evening is there on the third morning', () => {
    const came: number[] = [];
    const { tally } = keepLevel(trial, { order: (day) => (day === 1_000 ? 1 : 0), receive: (day) => came.push(day) });
    expect(came).toEqual([1_003]);
    expect(tally).toMatchObject({ stockoutDays: 1, orders: 1 });
  });
});

const SEED = 19;
/** Packs last log-normally, as irregularly as households' really do (coefficient of variation 1.2), known for a year before the test. */
const trials = [9, 14, 22, 35, 50, 70].map((meanDays, item) => {
  const random = seeded(SEED + item);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const days: number[] = [];
  for (let day = 500; day < 1_900; day += Math.max(1, Math.round(meanDays * Math.exp(0.94 * normal() - 0.44)))) days.push(day);
  return trialOf(days, String(item));
});
const sumOf = (name: string): Tally => trials.map((trial) => methodOf(name).run(trial).tally).reduce(add, NOTHING);
function methodOf(name: string): Method {
  const method = sensor.methods.find((one) => one.name === name);
  if (method === undefined) throw new Error(`no method ${name}`);
  return method;
}
const out = ({ stockoutDays, itemDays }: Tally): number => (365 * stockoutDays) / itemDays;
const held = ({ unitDays, itemDays }: Tally): number => unitDays / itemDays;

describe(`our own way with a level sensor, seed ${String(SEED)}`, () => {
  const [low, high] = [sumOf('ours, service 0.92'), sumOf('ours, service 0.97')];

  test('is without on fewer days than a threshold of a fifth, and holds less than one of a half', () => {
    expect(out(low)).toBeLessThan(0.6 * out(sumOf('threshold 20 %')));
    expect(held(low)).toBeLessThan(0.85 * held(sumOf('threshold 50 %')));
  });
  test('is without more seldom and holds more at a higher service level', () => {
    expect(out(high)).toBeLessThan(out(low));
    expect(held(high)).toBeGreaterThan(held(low));
  });
  test('whoever knows the future is without less, and holds less', () => {
    const best = sumOf('oracle, up to two');
    expect(out(best)).toBeLessThan(out(high));
    expect(held(best)).toBeLessThan(held(low));
  });
});
