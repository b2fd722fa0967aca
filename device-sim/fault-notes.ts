/** Counts the faults that were injected: once each, in the ledger first and then in the run's own file. */
import { appendFile } from 'node:fs/promises';
import { instantOf, type ThingName } from '../shared/values.ts';
import type { DeviceFault, DeviceLine, Past } from './past.ts';

export class FaultNotes {
  readonly #file: string | undefined;
  readonly #record: (line: DeviceLine) => Promise<void>;
  /** `<fault> <subject>` of all that have been counted, before a restart too. */
  readonly #noted: Set<string>;

  constructor(file: string | undefined, pasts: Iterable<Past>, record: (line: DeviceLine) => Promise<void>) {
    this.#file = file;
    this.#record = record;
    this.#noted = new Set(Array.from(pasts, ({ faults }) => [...faults]).flat());
  }

  async note(fault: DeviceFault, thing: ThingName, now: number, detail: string): Promise<void> {
    const subject = `${thing} ${detail}`;
    const at = instantOf(now);
    if (this.#noted.has(`${fault} ${subject}`)) return;
    this.#noted.add(`${fault} ${subject}`);
    await this.#record({ at, kind: 'fault', thing, fault, subject });
    if (this.#file !== undefined) await appendFile(this.#file, `${JSON.stringify({ fault, at, subject })}\n`);
  }
}
