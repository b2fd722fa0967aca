/**
 * What a simulator has done, one JSON document a line, on disk before it leaves the process: the memory that survives `kill -9`,
 * and the auditor's evidence of what was said.
 */
import { mkdir, open, readFile, truncate, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { instantSchema } from '../shared/values.ts';

export const ledgerLineSchema = z.looseObject({ at: instantSchema, kind: z.string() });
export type LedgerLine = z.infer<typeof ledgerLineSchema>;

export class Ledger {
  readonly #file: FileHandle;
  #waiting: string[] = [];
  #last: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Resolves once the lines are on disk. Lines that come while the disk is busy share the next fsync. */
  append(lines: readonly LedgerLine[]): Promise<void> {
    if (lines.length === 0) return Promise.resolve();
    this.#waiting.push(...lines.map((line) => `${JSON.stringify(line)}\n`));
    this.#next ??= this.#last = this.#last.then(() => this.#write());
    return this.#next;
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#file.close();
  }

  async #write(): Promise<void> {
    const text = this.#waiting.join('');
    this.#waiting = [];
    this.#next = undefined;
    await this.#file.appendFile(text);
    await this.#file.datasync();
  }
}

/** Opens a ledger to go on with it, and says what stands in it. */
export async function openLedger(path: string): Promise<{ ledger: Ledger; lines: LedgerLine[] }> {
  await mkdir(dirname(path), { recursive: true });
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  // A line without its end was being written when the process died; what it records never left the process, so it never was.
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) await truncate(path, Buffer.byteLength(whole));
  return { ledger: new Ledger(await open(path, 'a')), lines: wholeLines(whole).map((line) => ledgerLineSchema.parse(JSON.parse(line))) };
}

/** The lines that have their end; a torn last one is left out. */
export const wholeLines = (text: string): string[] => text.split('\n').slice(0, -1);
