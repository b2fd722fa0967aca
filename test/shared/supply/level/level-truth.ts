/** A shelf with packs whose paces are known, on a noisy scale that counts in steps: what its tests compare the tracker with. */
import { newLevel, type Level } from '../../../../shared/supply/level/level.ts';
import { followReading } from '../../../../shared/supply/level/level-reading.ts';
import { addDuration, duration, type Instant } from '../../../../shared/values.ts';
import { START } from '../milk.ts';

export const PACK = 1_000;
export const PORTION = 10;
const NOISE = 50;
const STEP = 50;

/** Mulberry32: numbers from 0 to 1 that a seed brings back. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const normalOf = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
export const dayAfter = (day: number): Instant => addDuration(START, duration(day, 'days'));

/** What a scale with 5 % noise says of an amount, in steps of 5 %. */
export const sensed = (amount: number, random: () => number): number => Math.max(0, Math.round((amount + NOISE * normalOf(random)) / STEP) * STEP);

export const follow = (level: Level, day: number, before: number, after: number): Level =>
  followReading(level, { at: dayAfter(day), before, after, inSlot: after, noise: Math.hypot(NOISE, STEP / Math.sqrt(12)), portion: PORTION, isRefill: false });

export interface Shelf {
  level: Level;
  /** As it is, and as it was read last. */
  amount: number;
  read: number;
  day: number;
}

/** One reading a day while `perDay` is used; goods that are put on are known to have come. */
export function live(shelf: Shelf, days: number, perDay: (day: number) => number, random: () => number): void {
  for (let count = 0; count < days; count += 1) {
    shelf.day += 1;
    shelf.amount -= perDay(shelf.day);
    while (shelf.amount <= 0) {
      shelf.amount += PACK;
      shelf.read += PACK;
    }
    const read = sensed(shelf.amount, random);
    shelf.level = follow(shelf.level, shelf.day, shelf.read, read);
    shelf.read = read;
  }
}

export const newShelf = (meanDays: number): Shelf => ({
  level: newLevel({ perDay: PACK / meanDays, pack: PACK, at: START }),
  amount: PACK,
  read: PACK,
  day: 0,
});
