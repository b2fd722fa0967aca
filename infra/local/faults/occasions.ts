/**
 * When something goes wrong: moments of product time that follow from the seed alone, so that a fault comes as often in a slow run as in a fast
 * one, and a program that was killed and started again meets the next one and not the first.
 */
import { createHash } from 'node:crypto';

/** Uniform in [0, 1), the same for the same words. */
export type Dice = (...words: (string | number)[]) => number;

export const diceOf =
  (seed: number): Dice =>
  (...words) =>
    createHash('sha256')
      .update(JSON.stringify([seed, ...words]))
      .digest()
      .readUIntBE(0, 6) /
    2 ** 48;

export interface OccasionsOptions {
  readonly name: string;
  readonly dice: Dice;
  /** Product milliseconds. */
  readonly startsAt: number;
  readonly everyMillis: number;
  /** Where the program begins: what was due earlier is over. */
  readonly openedAt: number;
}

export class Occasions {
  readonly #options: OccasionsOptions;
  #index = 0;
  #nextAt: number;

  constructor(options: OccasionsOptions) {
    this.#options = options;
    this.#nextAt = options.startsAt;
    do this.#advance();
    while (this.#nextAt < options.openedAt);
  }

  /** The number of the occasion that has come, once for each; undefined while none has. Those that passed unused are one. */
  take(now: number): number | undefined {
    if (now < this.#nextAt) return undefined;
    const taken = this.#index;
    do this.#advance();
    while (this.#nextAt <= now);
    return taken;
  }

  /**
   * Between half and one and a half times the usual gap, so that no household's daily rhythm meets every one or none; the first within one gap, so
   * that a run of a few days meets some of many.
   */
  #advance(): void {
    const { name, dice, everyMillis } = this.#options;
    this.#index += 1;
    this.#nextAt += everyMillis * ((this.#index === 1 ? 0 : 0.5) + dice(name, 'gap', this.#index));
  }
}
