/** Keeps every line that a function writes; lines with a `journal` member are the runtime's own journal and are kept together as well. */
import { appendFileSync, closeSync, fstatSync, mkdirSync, openSync, readSync } from 'node:fs';
import path from 'node:path';

/** Opens for appending; a last line that a crash cut short is ended, so that the next one stays readable. */
function openLines(file: string): number {
  const descriptor = openSync(file, 'a+');
  const { size } = fstatSync(descriptor);
  const last = Buffer.alloc(1);
  if (size > 0) readSync(descriptor, last, 0, 1, size - 1);
  if (size > 0 && last.toString() !== '\n') appendFileSync(descriptor, '\n');
  return descriptor;
}

/** A line of CloudWatch's embedded metric format is no entry, whatever its metrics are called. */
function isJournalEntry(line: string): boolean {
  if (!line.startsWith('{') || !line.includes('"journal"')) return false;
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'object' && entry !== null && 'journal' in entry && !('_aws' in entry);
  } catch {
    return false;
  }
}

export type Wrote = (functionName: string, lines: readonly string[]) => void;

export class Journal {
  readonly #wrote: Wrote;
  readonly #logs: string;
  readonly #journal: number;
  readonly #descriptors = new Map<string, number>();

  /** Writes `logs/<function>.ndjson` and `journal.ndjson` below the directory. @param wrote hears of every line */
  constructor(directory: string, wrote: Wrote = () => undefined) {
    this.#wrote = wrote;
    this.#logs = path.join(directory, 'logs');
    mkdirSync(this.#logs, { recursive: true });
    this.#journal = openLines(path.join(directory, 'journal.ndjson'));
  }

  /** When it returns, the lines outlive this process: messages are removed only after that. */
  append(functionName: string, lines: readonly string[]): void {
    if (lines.length === 0) return;
    this.#wrote(functionName, lines);
    const descriptor = this.#descriptors.get(functionName) ?? openLines(path.join(this.#logs, `${functionName}.ndjson`));
    this.#descriptors.set(functionName, descriptor);
    appendFileSync(descriptor, lines.map((line) => `${line}\n`).join(''));
    const entries = lines.filter(isJournalEntry);
    if (entries.length > 0) appendFileSync(this.#journal, entries.map((line) => `${line}\n`).join(''));
  }

  close(): void {
    for (const descriptor of [this.#journal, ...this.#descriptors.values()]) closeSync(descriptor);
    this.#descriptors.clear();
  }
}
