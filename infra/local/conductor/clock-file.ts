/** The product time that may have been reached, on disk before it is: a restart goes on from there and never back. */
import { closeSync, existsSync, fdatasyncSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { instantOf, instantSchema, millisOf } from '../../../shared/values.ts';

const contentSchema = z.strictObject({ reachedBy: instantSchema });
/** Every instant has the same length, so each write replaces the one before in place. */
const contentOf = (millis: number): string => `${JSON.stringify({ reachedBy: instantOf(millis) })}\n`;

function readReached(file: string): number {
  try {
    return millisOf(contentSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).reachedBy);
  } catch {
    throw new Error(`${file} does not hold the product's time; start with a fresh data folder, or put {"reachedBy":"<instant>"} there`);
  }
}

export class ClockFile {
  readonly #descriptor: number;
  #reachedBy: number;

  /** @param startsAt milliseconds, for a file that does not exist yet */
  constructor(file: string, startsAt: number) {
    if (!existsSync(file)) {
      // A rename is there as a whole or not at all.
      writeFileSync(`${file}.new`, contentOf(startsAt));
      renameSync(`${file}.new`, file);
    }
    this.#reachedBy = readReached(file);
    this.#descriptor = openSync(file, 'r+');
  }

  /** Milliseconds. */
  get reachedBy(): number {
    return this.#reachedBy;
  }

  /** Durable when it returns. Whole milliseconds, rounded up: a bound may be late but not early. */
  write(millis: number): void {
    const reachedBy = Math.ceil(millis);
    if (reachedBy === this.#reachedBy) return;
    writeSync(this.#descriptor, contentOf(reachedBy), 0);
    fdatasyncSync(this.#descriptor);
    this.#reachedBy = reachedBy;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
