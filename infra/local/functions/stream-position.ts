/** How far a mapping has come in a stream, kept across restarts. Written after the work: a crash in between repeats, and never skips. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const positionSchema = z.strictObject({ passed: z.string().regex(/^\d+$/) });

/** Sequence numbers are decimal and have no leading zero or all the same length, so the longer one is the later one. */
export const compareSequences = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

export class StreamPosition {
  readonly #file: string;
  #passed: string | undefined;

  constructor(directory: string, mappingId: string) {
    mkdirSync(directory, { recursive: true });
    this.#file = path.join(directory, `${mappingId}.json`);
    this.#passed = read(this.#file);
  }

  /** The last sequence number that is done with; undefined at the beginning. */
  get passed(): string | undefined {
    return this.#passed;
  }

  advance(sequence: string): void {
    this.#passed = sequence;
    // A rename is there as a whole or not at all.
    writeFileSync(`${this.#file}.new`, JSON.stringify({ passed: sequence }));
    renameSync(`${this.#file}.new`, this.#file);
  }
}

/** Without a readable position the stream is read from the first record that is left: everything behind it bears a repeat. */
function read(file: string): string | undefined {
  try {
    return positionSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).passed;
  } catch {
    return undefined;
  }
}
