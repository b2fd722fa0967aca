/**
 * The counts of a run, kept with its data: a run that is killed and started again goes on counting where it was. Once a second at
 * the most they go to disk, as a whole or not at all, so that of a killed run no more than that second is missing.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Count } from './billed.ts';

/** In the data folder of a run. */
export const COUNTS_FILE = 'cost.json';
const WRITE_EVERY_MILLIS = 1_000;
const countsSchema = z.record(z.string(), z.record(z.string(), z.number()));
export const tallySchema = z.strictObject({
  /** Product time up to which is counted, and since when; milliseconds. */
  startsAt: z.int(),
  until: z.number(),
  /** Before product time went on: households move in once. What is counted → by which stage → how much. */
  movingIn: countsSchema,
  living: countsSchema,
  /** Of CloudWatch's embedded metrics: each name and dimension is billed by the month. */
  metrics: z.array(z.string()),
});
export type TallyContent = z.infer<typeof tallySchema>;

export interface TallyOptions {
  readonly file: string;
  /** Product time in milliseconds. */
  readonly startsAt: number;
  readonly now: () => number;
}

export class Tally {
  readonly #options: TallyOptions;
  readonly #content: TallyContent;
  readonly #metrics: Set<string>;
  readonly #gauges = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;

  /** @throws Error when the file holds something else */
  constructor(options: TallyOptions) {
    const { file, startsAt } = options;
    this.#options = options;
    this.#content = existsSync(file) ? readTally(file) : { startsAt, until: startsAt, movingIn: {}, living: {}, metrics: [] };
    this.#metrics = new Set(this.#content.metrics);
  }

  readonly count: Count = (what, amount, by) => {
    const { movingIn, living } = this.#content;
    const counts = this.#options.now() > this.#options.startsAt ? living : movingIn;
    const ofThis = (counts[what] ??= {});
    ofThis[by] = (ofThis[by] ?? 0) + amount;
    this.#writeSoon();
  };

  metric(name: string): void {
    if (this.#metrics.has(name)) return;
    this.#metrics.add(name);
    this.#writeSoon();
  }

  /** Asked before each writing to count what has grown by itself since, such as the minutes of a connection. */
  gauge(countUp: () => void): void {
    this.#gauges.add(countUp);
  }

  close(): void {
    this.#write();
  }

  #writeSoon(): void {
    this.#timer ??= setTimeout(() => this.#write(), WRITE_EVERY_MILLIS).unref();
  }

  #write(): void {
    for (const countUp of this.#gauges) countUp();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { file, now } = this.#options;
    const content = { ...this.#content, until: Math.max(this.#content.until, now()), metrics: [...this.#metrics].sort() };
    writeFileSync(`${file}.new`, JSON.stringify(content));
    renameSync(`${file}.new`, file);
  }
}

export function readTally(file: string): TallyContent {
  const parsed = tallySchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Error(`${file} holds no counts of a run; begin anew with --fresh or choose another folder with --data`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
