/** What somebody does once in the run, on a day of its own: each is tried until it is done, and not done again after a restart. */
import { duration, instantOf } from '../../shared/values.ts';
import type { LifeLine } from './life-lines.ts';

const TRY_AGAIN_AFTER = duration(1, 'hours');

export interface Chore {
  /** Names it for ever. */
  readonly what: string;
  readonly householdId: string;
  /** Product milliseconds. */
  readonly at: number;
  /** Each of its steps may be repeated. @returns false: not yet, try again */
  readonly carryOut: (now: number) => Promise<boolean>;
}

export class Chores {
  readonly #record: (lines: readonly LifeLine[]) => Promise<void>;
  readonly #done: Set<string>;
  readonly #open: { readonly chore: Chore; at: number }[];

  constructor(chores: readonly Chore[], record: (lines: readonly LifeLine[]) => Promise<void>, past: readonly LifeLine[]) {
    this.#record = record;
    this.#done = new Set(past.flatMap((line) => (line.kind === 'done' ? [line.what] : [])));
    this.#open = chores.filter(({ what }) => !this.#done.has(what)).map((chore) => ({ chore, at: chore.at }));
  }

  isDone(what: string): boolean {
    return this.#done.has(what);
  }

  /** Product milliseconds; `null` once all are done. */
  get nextAt(): number | null {
    return this.#open.reduce<number | null>((least, { at }) => Math.min(least ?? Infinity, at), null);
  }

  async act(now: number): Promise<void> {
    for (const open of this.#open.filter(({ at }) => at <= now)) {
      const { what, householdId, carryOut } = open.chore;
      if (!(await carryOut(now))) {
        open.at = now + TRY_AGAIN_AFTER;
        continue;
      }
      await this.#record([{ at: instantOf(now), kind: 'done', householdId, what }]);
      this.#done.add(what);
      this.#open.splice(this.#open.indexOf(open), 1);
    }
  }
}
