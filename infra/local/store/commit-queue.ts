import type { Level } from 'level';
import { internalError } from './store-errors.ts';

export type LevelWrite = { readonly type: 'put'; readonly key: string; readonly value: string } | { readonly type: 'del'; readonly key: string };

/** One write of one item: all of it stands on disk afterwards, or none. */
export interface Change {
  /** Called when the change's turn has come, so that sequence numbers follow the order of commits. */
  readonly writes: () => readonly LevelWrite[];
  /** Called once the change stands. */
  readonly done: () => void;
}

interface Waiting {
  readonly change: Change;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** Bounds what one batch holds in memory: a change carries an item of at most 400 KB about four times (item, index, two images). */
const CHANGES_PER_BATCH = 64;

/**
 * Commits changes in order of arrival, whatever has gathered meanwhile in one level batch. One batch at a time: two in parallel
 * could reach the log the other way round, and a kill between them would leave a gap in the stream.
 * The system's cache holds a batch when it is acknowledged, so it survives the death of this process, though not a power cut.
 */
export class CommitQueue {
  readonly #level: Level;
  readonly #onFailure: (reason: Error) => void;
  #waiting: Waiting[] = [];
  #failure: Error | undefined;
  #running: Promise<void> | undefined;

  constructor(level: Level, onFailure: (reason: Error) => void) {
    this.#level = level;
    this.#onFailure = onFailure;
  }

  /** Resolves when the change is durable; rejects with an ApiError (500) when the disk refuses. */
  commit(change: Change): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#failure) {
        reject(this.#failure);
        return;
      }
      this.#waiting.push({ change, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  async whenIdle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, CHANGES_PER_BATCH);
      try {
        await this.#level.batch(group.flatMap(({ change }) => change.writes()));
      } catch (cause) {
        this.#fail(cause, group);
        break;
      }
      for (const { change, resolve } of group) {
        change.done();
        resolve();
      }
    }
    this.#running = undefined;
  }

  /** After a torn write, level might not find again what is appended behind it: nothing more is confirmed until a restart has read the log anew. */
  #fail(cause: unknown, group: readonly Waiting[]): void {
    const reason = cause instanceof Error ? cause.message : String(cause);
    this.#failure = internalError(`The store can no longer write to its disk (${reason}): correct that and start again; nothing that was confirmed is lost.`);
    for (const { reject } of [...group, ...this.#waiting]) reject(this.#failure);
    this.#waiting = [];
    this.#onFailure(this.#failure);
  }
}
