/** The backtest on a shelf that can be reckoned by hand, and on generated households. */
import { describe, expect, test } from 'vitest';
import { bootstrapInterval } from '../../../../infra/local/backtest/bootstrap.ts';
import { calibrationOf } from '../../../../infra/local/backtest/calibration.ts';
import { arrivalDay } from '../../../../infra/local/backtest/delay.ts';
import { oracle } from '../../../../infra/local/backtest/oracle.ts';
import { ours } from '../../../../infra/local/backtest/ours.ts';
import { purchases } from '../../../../infra/local/backtest/purchases.ts';
import { add, NOTHING, type Delays, type Tally, type Trial } from '../../../../infra/local/backtest/scenario.ts';
import { keepShelf } from '../../../../infra/local/backtest/shelf.ts';
import { addScores, Calendar, NO_SCORE, signalScore } from '../../../../infra/local/backtest/signals.ts';
import { signalLines, signalReport } from '../../../../infra/local/backtest/signals-table.ts';
import { linesOf, reportOf } from '../../../../infra/local/backtest/table.ts';
import { inPhases, onceAWeek, seeded, whenever } from '../../../shared/supply/buyers.ts';

const THREE_DAYS: Delays = { leadTimeDays: { least: 3, most: 3 }, approvalHours: { least: 0, most: 0 } };
const trialOf = (days: readonly number[], more: Partial<Trial> = {}): Trial => {
  const counts = new Map<number, number>();
  for (const day of days) counts.set(Math.floor(day), (counts.get(Math.floor(day)) ?? 0) + 1);
  const needs = [...counts].map(([day, count]) => ({ day, count }));
  return { pair: { customer: '7', item: 'milk', needs }, splitDay: 1_000, endDay: 1_010, delays: THREE_DAYS, ...more };
};
const threshold = (least: number) => ({
  see: () => undefined,
  order: (_day: number, { onHand, onOrder }: { onHand: number; onOrder: number }) => (onHand + onOrder <= least ? least + 1 - onHand - onOrder : 0),
});

describe('the shelf', () => {
  test('one unit at first; what is ordered on a day is there for the need of the third after it', () => {
    // Day 1,000 takes the one; ordered that evening, missed on 1,002, there on 1,003, and so on.
    const trial = trialOf([1_000, 1_002, 1_003, 1_009]);
    expect(keepShelf(trial, threshold(0))).toEqual({ itemDays: 10, needs: 4, missed: 1, unitDays: 3, orders: 3, stockoutDays: 0 });
    expect(keepShelf(trial, threshold(1))).toMatchObject({ missed: 1, unitDays: 10, orders: 3 });
  });
  test('whoever knows all needs misses none that can be ordered for, and holds nothing', () => {
    const { tally } = oracle.run(trialOf([1_000, 1_003, 1_004, 1_004, 1_009]));
    expect(tally).toMatchObject({ needs: 5, missed: 0, unitDays: 0 });
  });
  test('delays are drawn between their ends, the same again for the same order', () => {
    const delays: Delays = { leadTimeDays: { least: 1, most: 5 }, approvalHours: { least: 0, most: 48 } };
    const days = Array.from({ length: 400 }, (_, ordered) => arrivalDay(trialOf([], { delays }), 0, ordered));
    expect(days).toEqual(Array.from({ length: 400 }, (_, ordered) => arrivalDay(trialOf([], { delays }), 0, ordered)));
    expect([Math.min(...days), Math.max(...days)]).toEqual([2, 7]);
    // Whole days from 1 to 5, then up to two more, rounded up: 3 + 1 + 1/2 on average.
    expect(days.reduce((sum, day) => sum + day, 0) / 400).toBeCloseTo(4.5, 0);
  });
});

const SEED = 61;
const buyers = [whenever, onceAWeek, inPhases];
/** Slow and fast items of three kinds of buyers, known for three years and tested for one. */
const trials = Array.from({ length: 48 }, (_, item) => {
  const random = seeded(SEED + item);
  const perDay = [0.01, 0.03, 0.06, 0.12][item % 4] ?? 0;
  const uses = (buyers[item % 3] ?? whenever)(random, perDay, 1_460);
  return trialOf(uses, { pair: { ...trialOf(uses).pair, item: String(item) }, splitDay: 1_095, endDay: 1_460 });
});
const sumOf = (run: (trial: Trial) => Tally): Tally => trials.map(run).reduce(add, NOTHING);
const missed = ({ missed: none, needs }: Tally) => none / needs;
const held = ({ unitDays, itemDays }: Tally) => unitDays / itemDays;

describe(`our own way, seed ${String(SEED)}`, () => {
  const [at99, at996] = [ours(0.99), ours(0.996)].map((method) => sumOf((trial) => method.run(trial).tally));
  const [atOne, atTwo] = [0, 1].map((least) => sumOf((trial) => keepShelf(trial, threshold(least))));

  test('misses a fifth of what a shelf of one does, and less than a shelf of two with less on it', () => {
    expect(missed(at996 ?? NOTHING)).toBeLessThan(0.2 * missed(atOne ?? NOTHING));
    expect(missed(at996 ?? NOTHING)).toBeLessThan(missed(atTwo ?? NOTHING));
    expect(held(at996 ?? NOTHING)).toBeLessThan(0.85 * held(atTwo ?? NOTHING));
  });
  test('misses less and holds more at a higher service level', () => {
    expect(missed(at996 ?? NOTHING)).toBeLessThan(missed(at99 ?? NOTHING));
    expect(held(at996 ?? NOTHING)).toBeGreaterThan(held(at99 ?? NOTHING));
  });
  test('says when it runs out, right about four times of five', () => {
    const projections = trials.flatMap((trial) => ours(0.99, true).run({ ...trial, splitDay: 1_060 }).projections ?? []);
    const { covered, projections: many } = calibrationOf(projections);
    expect(many).toBeGreaterThan(40);
    expect(covered).toBeGreaterThan(0.7);
    expect(covered).toBeLessThan(0.95);
  });
});

describe('what is printed', () => {
  const tally = (part: Partial<Tally>): Tally => ({ ...NOTHING, itemDays: 100, needs: 50, unitDays: 100, orders: 40, ...part });
  const households = Array.from({ length: 12 }, (_, index) => ({
    customer: String(index),
    items: 2,
    tallies: Object.fromEntries(purchases.methods.map(({ name }) => [name, tally({ missed: index })])),
  }));
  test('has a row for each method, with the spread over households', () => {
    const lines = linesOf(purchases, reportOf(purchases, { households, projections: [{ perDay: 0.1, isCovered: true }] }));
    expect(lines[0]).toContain('12 households, 24 items, 600 needs');
    // (0 + … + 11) / 600 missed.
    expect(lines.find((line) => line.includes('oracle'))).toMatch(/11\.00 \(\d+\.\d\d–\d+\.\d\d\)\s+1\.000 \(1\.000–1\.000\)\s+0\.80/);
  });
  test('the interval of the bootstrap holds the figure, and is as wide as households differ', () => {
    const missedShare = ({ missed: none, needs }: Tally) => (100 * none) / needs;
    const { low, high } = bootstrapInterval(
      households.map(({ tallies }) => tallies['oracle'] ?? NOTHING),
      missedShare,
    );
    // The standard error of a mean of 0 … 11 in 50 needs each is 2 %; 1.64 of it on both sides.
    expect(low).toBeGreaterThan(11 - 5);
    expect(low).toBeLessThan(11 - 1.5);
    expect(high).toBeLessThan(11 + 5);
    expect(high).toBeGreaterThan(11 + 1.5);
  });
  test('calibration by decile: the slowest first, those without an end apart', () => {
    const projections = Array.from({ length: 100 }, (_, index) => ({ perDay: (100 - index) / 100, isCovered: index % 10 !== 0, isOpen: false }));
    const { covered, deciles, open } = calibrationOf([...projections, { perDay: 0.001, isCovered: false, isOpen: true }]);
    expect(covered).toBeCloseTo(0.9, 9);
    expect(deciles.map(({ projections: many }) => many)).toEqual(Array.from({ length: 10 }, () => 10));
    expect(deciles[0]?.perDay).toBeLessThan(deciles[9]?.perDay ?? 0);
    expect(open).toEqual({ projections: 1, covered: 0 });
  });
});

describe('signals from outside', () => {
  const START_DAY = 15_000;
  const END_DAY = START_DAY + 1_460;
  const SPLIT_DAY = START_DAY + 1_095;
  const shopper = (seed: number, item: number, isOnDay: (day: number) => number): Trial => {
    const random = seeded(seed * 100 + item);
    const needs = Array.from({ length: END_DAY - START_DAY }, (_, index) => START_DAY + index)
      .filter((day) => random() < 0.06 * isOnDay(day))
      .map((day) => ({ day, count: 1 }));
    return { ...trialOf([]), pair: { customer: String(seed), item: `item ${String(item)}`, needs }, splitDay: SPLIT_DAY, endDay: END_DAY };
  };
  const reported = (isOnDay: (day: number) => number) => {
    const houses = [1, 2, 3, 4, 5, 6].map((seed) => [0, 1, 2, 3, 4, 5].map((item) => shopper(seed, item, isOnDay)));
    const calendar = new Calendar(
      houses.flat().map(({ pair }) => pair),
      SPLIT_DAY,
    );
    return signalReport(houses.map((trials) => trials.map((trial) => signalScore(trial, calendar)).reduce(addScores, NO_SCORE)));
  };

  test('a week on whose Saturdays everything is bought makes tomorrow nearer, and a fortnight not', () => {
    const { gains, forecasts } = reported((day) => (day % 7 === 2 ? 7 : 0));
    expect(forecasts).toBeGreaterThan(100);
    expect(gains.week[0]?.low).toBeGreaterThan(20);
    expect(Math.abs(gains.week[2]?.value ?? NaN)).toBeLessThan(2);
  });
  test('things that are bought in winter only are foretold better with their season', () => {
    const { gains } = reported((day) => ([11, 0, 1].includes(new Date(day * 86_400_000).getUTCMonth()) ? 4 : 0));
    expect(gains.season[2]?.low).toBeGreaterThan(20);
  });
  test('who buys whenever gains by neither', () => {
    const { gains } = reported(() => 1);
    for (const gain of [...gains.week, ...gains.season]) expect(gain.low).toBeLessThan(2);
  });
  test('are told in thousandths with their intervals', () => {
    expect(signalLines(reported(() => 1)).join('\n')).toMatch(/\+ the item's season +[+-]\d+\.\d \(-?\d+\.\d–-?\d+\.\d\)/);
  });
});
