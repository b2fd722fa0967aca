/**
 * What a noisy level sensor says about the pack in use now. A household uses each pack at a pace of its own (the days that a pack lasts are
 * log-normal, coefficient of variation about 1.2), so the long-term rate alone orders too late for a fast pack and too early for a slow
 * one. A bank of paces is weighed with every reading: how likely each explains the fall since, and where the level would then stand
 * (a scalar Kalman filter each). Now and then a pace ends, most likely when one pack has been used since it began, and the long-term
 * paces are born anew: a switching state-space model (West & Harrison 1997, ch. 12, multi-process class II) with merging by moments.
 */
import { z } from 'zod';
import { inDays, millisOf, type Instant } from '../../values.ts';
import { decode, encode, type Scale } from './level-code.ts';

/** Packs a day, from one in 500 days to 1.2 a day in equal ratios: a step of 1.53. */
const SLOWEST = 1 / 500;
const FASTEST = 1.2;
export const CELLS = 16;
export const STEP = Math.log(FASTEST / SLOWEST) / (CELLS - 1);
export const PACES: readonly number[] = Array.from({ length: CELLS }, (_, cell) => SLOWEST * Math.exp(cell * STEP));
export const paceOf = (cell: number): number => PACES[cell] ?? 0;

/** ln(days that a pack lasts) at each pace. */
const PACK_DAYS_LOG = PACES.map((perDay) => -Math.log(perDay));

const MINUTE = 60_000;
const DAYS_COUNTED_MAX = 63;
const HEADER: readonly Scale[] = [
  { characters: 2, least: 0, most: DAYS_COUNTED_MAX },
  { characters: 2, least: 0, most: 1 },
  { characters: 3, least: -4, most: 10 },
  { characters: 3, least: 0, most: 4 },
];
const CELL: readonly Scale[] = [
  { characters: 2, least: -16, most: 0 },
  { characters: 2, least: -2, most: 2 },
  { characters: 2, least: 0, most: 2 },
];
const SCALES: readonly Scale[] = [...HEADER, ...PACES.flatMap(() => CELL)];
const charactersOf = (scales: readonly Scale[]): number => scales.reduce((sum, { characters }) => sum + characters, 0);

/** The stored state, some 150 bytes as JSON. */
export const levelSchema = z.strictObject({
  /** Up to when it has followed the readings, in minutes since 1970. */
  at: z.int().min(0),
  /** What a pack holds, in base units: everything below is counted in packs. */
  pack: z.number().positive(),
  /** Days followed, noise, median and spread of a pack's days, then for each pace its weight, level and use: numbers of two or three characters (level-code.ts). */
  paces: z.string().length(charactersOf(SCALES)),
});
export type Level = z.infer<typeof levelSchema>;

/** The same as numbers, in packs and days; nobody changes them in place. */
export interface Belief {
  readonly atMinute: number;
  /** For how long it has followed the readings, at most 63. */
  readonly days: number;
  readonly pack: number;
  /** Standard deviation of a reading. */
  readonly noise: number;
  /** Of ln(days that a pack lasts), over the packs of this item. */
  readonly median: number;
  readonly spread: number;
  readonly cells: Cells;
}

/** One number for each of the paces. A copied array of doubles is made ten times as fast as a typed one of this length. */
export type PerPace = number[];
const ZEROS: Readonly<PerPace> = PACES.slice().fill(0);
export const zeros = (): PerPace => ZEROS.slice();
export const perPace = (value: (cell: number) => number): PerPace => {
  const numbers = zeros();
  for (let cell = 0; cell < CELLS; cell += 1) numbers[cell] = value(cell);
  return numbers;
};

export interface Cells {
  /** 0–1, all together 1. */
  readonly weight: PerPace;
  /** By how much more is in the house than was read last, if this is the pace. */
  readonly offset: PerPace;
  /** Used since this pace began. */
  readonly used: PerPace;
}

export const nothingYet = (): Cells => ({ weight: zeros(), offset: zeros(), used: zeros() });

/** What is stored is never changed, and one decision reads it several times. */
const read = new WeakMap<Level, Belief>();

export function beliefOf(level: Level): Belief {
  const known = read.get(level);
  if (known) return known;
  const numbers = decode(level.paces, SCALES);
  const [days = 0, noise = 0, median = 0, spread = 1] = numbers;
  const { weight: weights, offset, used } = nothingYet();
  for (let cell = 0, at = HEADER.length; cell < CELLS; cell += 1, at += CELL.length) {
    weights[cell] = Math.exp(numbers[at] ?? 0);
    offset[cell] = numbers[at + 1] ?? 0;
    used[cell] = numbers[at + 2] ?? 0;
  }
  const cells = { weight: weighed(weights), offset, used };
  const belief: Belief = { atMinute: level.at, days, pack: level.pack, noise, median, spread, cells };
  read.set(level, belief);
  return belief;
}

export function levelOf({ atMinute, days, pack, noise, median, spread, cells }: Belief): Level {
  const numbers = [days, noise, median, spread];
  for (let cell = 0; cell < CELLS; cell += 1) numbers.push(Math.log(cells.weight[cell] ?? 0), cells.offset[cell] ?? 0, cells.used[cell] ?? 0);
  return { at: atMinute, pack, paces: encode(numbers, SCALES) };
}

export const minuteOf = (instant: Instant): number => Math.round(millisOf(instant) / MINUTE);

/** Keeps every pace possible: a sensor can be wrong for a while. */
const WEIGHT_MIN = 1e-6;

export function weighed(weights: PerPace): PerPace {
  const sum = sumOf(weights);
  const shares = zeros();
  for (let cell = 0; cell < CELLS; cell += 1) shares[cell] = sum > 0 ? Math.max(WEIGHT_MIN, (weights[cell] ?? 0) / sum) : 1 / CELLS;
  return shares;
}

export function sumOf(numbers: PerPace): number {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum;
}

/** Coefficient of variation of the days between two purchases of an item: the median of what households really do. */
const VARIATION_TYPICAL = 1.23;
/** Where a pace that nobody saw begin stands in its pack, on average. */
const USED_AT_FIRST = 0.45;

/** What is used up sooner is bought several at a time: a pace holds for as many as last four days. */
const PACK_DAYS_MIN = 4;

/** @param start amounts in base units */
export function newLevel(start: { perDay: number; pack: number; at: Instant }): Level {
  const pack = Math.max(start.pack, PACK_DAYS_MIN * start.perDay);
  // Of several packs together the quick ones and the slow ones cancel.
  const spread = Math.sqrt(Math.log1p((VARIATION_TYPICAL ** 2 * start.pack) / pack));
  const median = Math.log(pack / start.perDay) - spread ** 2 / 2;
  const births = birthsOf({ median, spread });
  // Whoever looks at a random moment meets the slow packs more often, by the days that they last.
  const weight = weighed(perPace((cell) => (births[cell] ?? 0) / paceOf(cell)));
  const cells = { weight, offset: perPace(() => 0), used: perPace(() => USED_AT_FIRST) };
  return levelOf({ atMinute: minuteOf(start.at), days: 0, pack, noise: 0, median, spread, cells });
}

/** A share of packs like none before; not so many slow ones that most of the time would be theirs. */
const UNLIKELY = 0.002;

/** How likely the next pack has each pace, all together 1. */
export function birthsOf({ median, spread }: Pick<Belief, 'median' | 'spread'>): PerPace {
  const [densities, births] = [zeros(), zeros()];
  const typical = Math.exp(median);
  let [sum, unlikely] = [0, 0];
  for (let cell = 0; cell < CELLS; cell += 1) {
    const density = Math.exp(-0.5 * (((PACK_DAYS_LOG[cell] ?? 0) - median) / spread) ** 2);
    densities[cell] = density;
    births[cell] = UNLIKELY * Math.min(1, paceOf(cell) * typical);
    sum += density;
    unlikely += births[cell] ?? 0;
  }
  for (let cell = 0; cell < CELLS; cell += 1) births[cell] = (births[cell] ?? 0) + (1 - unlikely) * (sum > 0 ? (densities[cell] ?? 0) / sum : 1 / CELLS);
  return births;
}

/** What households do with their packs, as far as it is the same for all items. */
export interface Habits {
  /** A pace may end at any time (so many in a pack used), and most likely does when it has used one pack. */
  readonly hazard: number;
  readonly hazardAtEnd: number;
  /** How much an ended pace teaches of the item: the last packs, as many as one over this, count most. */
  readonly remembered: number;
}
/** Chosen on one half of the households of the backtest; the other half neither confirmed nor refuted them (decision 27). */
export const HABITS: Habits = { hazard: 0.2, hazardAtEnd: 60, remembered: 0.03 };
/** What was recorded with the second model is worked out again with these. */
export const HABITS_BEFORE: Habits = { hazard: 0.6, hazardAtEnd: 12, remembered: 0.05 };
const PACK_END = 0.95;
const PACK_END_WIDTH = 0.06;

/** The hazard of a pace to end, per pack used, added up from its beginning (softplus is the integral of the logistic step). */
export const hazardUpTo = (used: number, { hazard, hazardAtEnd }: Habits): number =>
  hazard * used + hazardAtEnd * PACK_END_WIDTH * Math.log1p(Math.exp((used - PACK_END) / PACK_END_WIDTH));

/** P(a pace that has used so much goes on for this much more). */
const goesOn = (used: number, more: number, habits: Habits): number => Math.exp(hazardUpTo(used, habits) - hazardUpTo(used + more, habits));

const STEPS_MAX = 8;
const SPREAD_MIN = 0.4;
const SPREAD_MAX = 2;

/** Time passes: levels fall by their pace, some paces end, and others are born where those ended. @param days 0 or more */
export function passed(belief: Belief, days: number, habits = HABITS): Belief {
  const steps = Math.min(STEPS_MAX, Math.max(1, Math.ceil(days)));
  let next = belief;
  for (let step = 0; step < steps; step += 1) next = passedOnce(next, days / steps, habits);
  return { ...next, atMinute: belief.atMinute + Math.round(days * 24 * 60), days: Math.min(DAYS_COUNTED_MAX, belief.days + days) };
}

function passedOnce(belief: Belief, days: number, habits: Habits): Belief {
  const { weight, offset, used } = belief.cells;
  const births = birthsOf(belief);
  const ended = zeros();
  let [share, level] = [0, 0];
  for (let cell = 0; cell < CELLS; cell += 1) {
    const ends = (weight[cell] ?? 0) * (1 - goesOn(used[cell] ?? 0, paceOf(cell) * days, habits));
    ended[cell] = ends;
    share += ends;
    level += (offset[cell] ?? 0) * ends;
  }
  level /= Math.max(share, 1e-12);
  const next = nothingYet();
  for (let cell = 0; cell < CELLS; cell += 1) {
    const stays = (weight[cell] ?? 0) - (ended[cell] ?? 0);
    const born = share * (births[cell] ?? 0);
    const both = stays + born;
    const fall = paceOf(cell) * days;
    next.weight[cell] = both;
    next.offset[cell] = (stays * (offset[cell] ?? 0) + born * level) / both - fall;
    next.used[cell] = (stays * ((used[cell] ?? 0) + fall) + born * (fall / 2)) / both;
  }
  return { ...belief, ...taught(belief, ended, share, habits), cells: { ...next, weight: weighed(next.weight) } };
}

/** Expectation-maximisation step by step (Cappé & Moulines 2009): each pace that ends, as far as it is believed to, teaches what packs last. */
function taught({ median, spread }: Belief, ended: PerPace, share: number, { remembered }: Habits): Pick<Belief, 'median' | 'spread'> {
  if (share < 1e-9) return { median, spread };
  let [distance, square] = [0, 0];
  for (const [cell, days] of PACK_DAYS_LOG.entries()) {
    distance += (ended[cell] ?? 0) * (days - median);
    square += (ended[cell] ?? 0) * (days - median) ** 2;
  }
  const variance = spread ** 2 + remembered * (square - share * spread ** 2);
  return { median: median + remembered * distance, spread: Math.min(SPREAD_MAX, Math.max(SPREAD_MIN, Math.sqrt(variance))) };
}

export const daysSince = (level: Level, now: Instant): number => Math.max(0, inDays(millisOf(now) - level.at * MINUTE));

/** A pace shows in the third day at the earliest; until then what was known of the item before stands. */
const DAYS_MIN = 3;
export const isSettled = (level: Level): boolean => beliefOf(level).days >= DAYS_MIN;
