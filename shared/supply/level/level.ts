/**
 * What a noisy level sensor says about the pack in use now. A household uses each pack at a pace of its own (the days that a pack lasts are
 * log-normal, coefficient of variation about 1.2), so the long-term rate alone orders too late for a fast pack and too early for a slow
 * one. A bank of paces is weighed with every reading: how likely each explains the fall since, and where the level would then stand
 * (a scalar Kalman filter each). Now and then a pace ends, most likely when one pack has been used since it began, and the long-term
 * paces are born anew: a switching state-space model (West & Harrison 1997, ch. 12, multi-process class II) with merging by moments.
 */
import { z } from 'zod';
import { daysBetween, instantOf, millisOf, type Instant } from '../../values.ts';
import { decode, encode, type Scale } from './level-code.ts';

/** Packs a day, from one in 500 days to 1.2 a day in equal ratios: a step of 1.53. */
const SLOWEST = 1 / 500;
const FASTEST = 1.2;
export const CELLS = 16;
export const STEP = Math.log(FASTEST / SLOWEST) / (CELLS - 1);
export const PACES: readonly number[] = Array.from({ length: CELLS }, (_, cell) => SLOWEST * Math.exp(cell * STEP));

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

/** The same as numbers, in packs and days. */
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
  readonly cells: readonly Cell[];
}

export interface Cell {
  readonly perDay: number;
  /** 0–1, all together 1. */
  readonly weight: number;
  /** By how much more is in the house than was read last, if this is the pace. */
  readonly offset: number;
  /** Used since this pace began. */
  readonly used: number;
}

export function beliefOf(level: Level): Belief {
  const [days = 0, noise = 0, median = 0, spread = 1, ...numbers] = decode(level.paces, SCALES);
  const cells = PACES.map((perDay, cell): Cell => {
    const at = 3 * cell;
    return { perDay, weight: Math.exp(numbers[at] ?? 0), offset: numbers[at + 1] ?? 0, used: numbers[at + 2] ?? 0 };
  });
  return { atMinute: level.at, days, pack: level.pack, noise, median, spread, cells: weighed(cells) };
}

export function levelOf({ atMinute, days, pack, noise, median, spread, cells }: Belief): Level {
  const numbers = cells.flatMap(({ weight, offset, used }) => [Math.log(weight), offset, used]);
  return { at: atMinute, pack, paces: encode([days, noise, median, spread, ...numbers], SCALES) };
}

export const minuteOf = (instant: Instant): number => Math.round(millisOf(instant) / MINUTE);
export const instantOfLevel = ({ at }: Level): Instant => instantOf(at * MINUTE);

/** Keeps every pace possible: a sensor can be wrong for a while. */
const WEIGHT_MIN = 1e-6;

export function weighed(cells: readonly Cell[]): Cell[] {
  const sum = cells.reduce((total, { weight }) => total + weight, 0);
  return cells.map((cell) => ({ ...cell, weight: sum > 0 ? Math.max(WEIGHT_MIN, cell.weight / sum) : 1 / CELLS }));
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
  const cells = PACES.map((perDay, cell): Cell => ({ perDay, weight: (births[cell] ?? 0) / perDay, offset: 0, used: USED_AT_FIRST }));
  return levelOf({ atMinute: minuteOf(start.at), days: 0, pack, noise: 0, median, spread, cells: weighed(cells) });
}

/** A share of packs like none before; not so many slow ones that most of the time would be theirs. */
const UNLIKELY = 0.002;

/** How likely the next pack has each pace, all together 1. */
export function birthsOf({ median, spread }: Pick<Belief, 'median' | 'spread'>): number[] {
  const densities = PACK_DAYS_LOG.map((days) => Math.exp(-0.5 * ((days - median) / spread) ** 2));
  const sum = densities.reduce((total, density) => total + density, 0);
  const unlikely = PACES.map((perDay) => UNLIKELY * Math.min(1, perDay * Math.exp(median)));
  const rest = 1 - unlikely.reduce((total, share) => total + share, 0);
  return densities.map((density, cell) => (unlikely[cell] ?? 0) + rest * (sum > 0 ? density / sum : 1 / CELLS));
}

/** A pace may end at any time, and most likely does when it has used one pack. */
const HAZARD = 0.6;
const HAZARD_AT_END = 12;
const PACK_END = 0.95;
const PACK_END_WIDTH = 0.06;

/** The hazard of a pace to end, per pack used, added up from its beginning (softplus is the integral of the logistic step). */
export const hazardUpTo = (used: number): number => HAZARD * used + HAZARD_AT_END * PACK_END_WIDTH * Math.log1p(Math.exp((used - PACK_END) / PACK_END_WIDTH));

/** P(a pace that has used so much goes on for this much more). */
export const goesOn = (used: number, more: number): number => Math.exp(hazardUpTo(used) - hazardUpTo(used + more));

const STEPS_MAX = 8;
/** How much an ended pace teaches of the item: the last twenty packs count most. */
const REMEMBERED = 0.05;
const SPREAD_MIN = 0.4;
const SPREAD_MAX = 2;

/** Time passes: levels fall by their pace, some paces end, and others are born where those ended. @param days 0 or more */
export function passed(belief: Belief, days: number): Belief {
  const steps = Math.min(STEPS_MAX, Math.max(1, Math.ceil(days)));
  let next = belief;
  for (let step = 0; step < steps; step += 1) next = passedOnce(next, days / steps);
  return { ...next, atMinute: belief.atMinute + Math.round(days * 24 * 60), days: Math.min(DAYS_COUNTED_MAX, belief.days + days) };
}

function passedOnce(belief: Belief, days: number): Belief {
  const births = birthsOf(belief);
  const ended = belief.cells.map(({ weight, used, perDay }) => weight * (1 - goesOn(used, perDay * days)));
  const share = ended.reduce((sum, weight) => sum + weight, 0);
  const level = belief.cells.reduce((sum, { offset }, cell) => sum + offset * (ended[cell] ?? 0), 0) / Math.max(share, 1e-12);
  const cells = belief.cells.map(({ perDay, weight, offset, used }, cell): Cell => {
    const stays = weight - (ended[cell] ?? 0);
    const born = share * (births[cell] ?? 0);
    const both = stays + born;
    const fall = perDay * days;
    return { perDay, weight: both, offset: (stays * offset + born * level) / both - fall, used: (stays * (used + fall) + born * (fall / 2)) / both };
  });
  return { ...belief, ...taught(belief, ended, share), cells: weighed(cells) };
}

/** Expectation-maximisation step by step (Cappé & Moulines 2009): each pace that ends, as far as it is believed to, teaches what packs last. */
function taught({ median, spread }: Belief, ended: readonly number[], share: number): Pick<Belief, 'median' | 'spread'> {
  if (share < 1e-9) return { median, spread };
  let [distance, square] = [0, 0];
  for (const [cell, days] of PACK_DAYS_LOG.entries()) {
    distance += (ended[cell] ?? 0) * (days - median);
    square += (ended[cell] ?? 0) * (days - median) ** 2;
  }
  const variance = spread ** 2 + REMEMBERED * (square - share * spread ** 2);
  return { median: median + REMEMBERED * distance, spread: Math.min(SPREAD_MAX, Math.max(SPREAD_MIN, Math.sqrt(variance))) };
}

export const daysSince = (level: Level, now: Instant): number => Math.max(0, daysBetween(instantOfLevel(level), now));

/** A pace shows in the third day at the earliest; until then what was known of the item before stands. */
const DAYS_MIN = 3;
export const isSettled = (level: Level): boolean => (decode(level.paces, HEADER)[0] ?? 0) >= DAYS_MIN;
