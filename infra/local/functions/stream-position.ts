/** How far a mapping has come in a stream, kept across restarts. Written after the work: a crash in between repeats, and never skips. */
import { closeSync, constants, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const positionSchema = z.strictObject({ passed: z.string().regex(/^\d+$/) });

/** Sequence numbers are decimal and have no leading zero or all the same length, so the longer one is the later one. */
export const compareSequences = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/** Each position takes as much room, so that one write replaces the one before in place: a killed process leaves the old or the new one. */
const contentOf = (passed: string): string => `${JSON.stringify({ passed })}\n`.padEnd(CONTENT_BYTES);
const CONTENT_BYTES = 128;

export class StreamPosition {
  readonly #descriptor: number;
  #passed: string | undefined;

  constructor(directory: string, mappingId: string) {
    mkdirSync(directory, { recursive: true });
    const file = path.join(directory, `${mappingId}.json`);
    this.#passed = read(file);
    this.#descriptor = openSync(file, constants.O_RDWR | constants.O_CREAT);
  }

  /** The last sequence number that is done with; undefined at the beginning. */
  get passed(): string | undefined {
    return this.#passed;
  }

  advance(sequence: string): void {
    this.#passed = sequence;
    // Renaming a new file into its place would be as safe and, done for every batch, takes most of a run's time on some disks.
    writeSync(this.#descriptor, contentOf(sequence), 0);
  }

  close(): void {
    closeSync(this.#descriptor);
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
