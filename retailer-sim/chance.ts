/** Chance without a state: the same seed and words give the same number on every run, in whatever order they are asked for. */
import { createHash } from 'node:crypto';

export type Chance = (...words: string[]) => number;

/** Uniform in [0, 1). */
export const chanceOf =
  (seed: number, retailerId: string): Chance =>
  (...words) =>
    createHash('sha256')
      .update(JSON.stringify([seed, retailerId, ...words]))
      .digest()
      .readUIntBE(0, 6) /
    2 ** 48;

/** Standard normal, by Box and Muller (1958). */
export const normal = (chance: Chance, ...words: string[]): number =>
  Math.sqrt(-2 * Math.log(1 - chance(...words, 'radius'))) * Math.cos(2 * Math.PI * chance(...words, 'angle'));
