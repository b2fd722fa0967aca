/** Runs a scenario's methods over all households in as many processes as the machine has cores, each with households of its own. */
import { build } from 'esbuild';
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { UsageError } from '../options.ts';
import type { Options } from './options.ts';
import type { Projection, Tally } from './scenario.ts';
import { signalScoreSchema, type SignalScore } from './signals.ts';

const tallySchema = z.object({
  itemDays: z.number(),
  needs: z.number(),
  missed: z.number(),
  unitDays: z.number(),
  orders: z.number(),
  stockoutDays: z.number(),
});
const projectionSchema = z.object({ perDay: z.number(), isCovered: z.boolean(), isOpen: z.boolean().optional() });

/** What a worker says. */
export const wordSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('begun'), households: z.int() }),
  z.object({
    kind: z.literal('household'),
    customer: z.string(),
    items: z.int(),
    /** By method. */
    tallies: z.record(z.string(), tallySchema),
    projections: z.array(projectionSchema),
    signals: signalScoreSchema.optional(),
  }),
  z.object({ kind: z.literal('refused'), message: z.string() }),
]);
export type Word = z.infer<typeof wordSchema>;

/** One share of the households. */
export interface Task {
  readonly options: Options;
  readonly share: number;
  readonly shares: number;
}

export interface Results {
  readonly households: readonly { readonly customer: string; readonly items: number; readonly tallies: Readonly<Record<string, Tally>> }[];
  readonly projections: readonly Projection[];
  /** One for each household, where signals are tried. */
  readonly signals?: readonly SignalScore[];
}

/** @param progress after each household: how many are done, of how many */
export async function runAll(options: Options, progress: (done: number, of: number) => void): Promise<Results> {
  const shares = Math.max(1, Math.min(8, availableParallelism()));
  const words: Extract<Word, { kind: 'household' }>[] = [];
  let of = 0;
  const hear = (word: Word): void => {
    if (word.kind === 'begun') of += word.households;
    if (word.kind === 'household') words.push(word);
    progress(words.length, of);
  };
  const directory = mkdtempSync(path.join(tmpdir(), 'backtest-'));
  try {
    const worker = await bundledWorker(directory);
    await Promise.all(Array.from({ length: shares }, (_, share) => runShare(worker, { options, share, shares }, hear)));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  if (words.length === 0) {
    throw new UsageError(
      `No household of ${options.purchases} has an item that was bought ten times before ${options.split} and once in the 120 days before it.`,
    );
  }
  if (words.length < of) throw new Error(`Of ${of} households only ${words.length} were heard of.`);
  const households = words.sort((a, b) => a.customer.localeCompare(b.customer, 'en', { numeric: true }));
  return { households, projections: households.flatMap(({ projections }) => projections), signals: households.flatMap(({ signals }) => signals ?? []) };
}

/** The worker as one file. What `tsx` loads names each inner function anew whenever it is made, a tenth of all the time. @returns where it stands */
async function bundledWorker(directory: string): Promise<string> {
  const outfile = path.join(directory, 'worker.mjs');
  const entryPoint = fileURLToPath(new URL('worker.ts', import.meta.url));
  await build({ entryPoints: [entryPoint], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'warning' });
  return outfile;
}

function runShare(worker: string, task: Task, hear: (word: Word) => void): Promise<void> {
  const child = fork(worker, [JSON.stringify(task)], { execArgv: [] });
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      const word = wordSchema.parse(message);
      if (word.kind === 'refused') reject(new UsageError(word.message));
      else hear(word);
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`A worker of the backtest ended with ${String(code)}.`));
    });
  });
}
