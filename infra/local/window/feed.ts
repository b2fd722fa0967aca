/** Takes snapshots for as long as somebody looks, when something has changed, and at most twice a second. */
import type { Snapshot } from './snapshot.ts';

const INTERVAL_WALL_MILLIS = 500;
/** While time runs supplies fall even where nothing is written. */
const IDLE_WALL_MILLIS = 2_000;

export type FeedListener = (snapshot: Snapshot) => void;

export class Feed {
  readonly #take: () => Promise<Snapshot>;
  readonly #isRunning: () => boolean;
  readonly #listeners = new Set<FeedListener>();
  readonly #onFailure: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #takenAt = -Infinity;
  #isTaking = false;
  #isChanged = false;

  constructor({ take, isRunning, onFailure }: { take: () => Promise<Snapshot>; isRunning: () => boolean; onFailure: (error: unknown) => void }) {
    this.#take = take;
    this.#isRunning = isRunning;
    this.#onFailure = onFailure;
  }

  /** Answers how to stop listening. The first snapshot comes at once. */
  listen(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    this.changed();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#rest();
    };
  }

  /** Something happened; costs nothing while nobody looks. */
  changed(): void {
    if (this.#listeners.size === 0 || (this.#isChanged && this.#timer !== undefined)) return;
    this.#isChanged = true;
    if (!this.#isTaking) this.#lookIn(this.#takenAt + INTERVAL_WALL_MILLIS - performance.now());
  }

  close(): void {
    this.#listeners.clear();
    this.#rest();
  }

  /** As at the beginning: a timer that is cleared but still held would pass for a look to come, and nobody would ever look again. */
  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isChanged = false;
  }

  #lookIn(wallMillis: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), Math.max(0, wallMillis));
  }

  async #look(): Promise<void> {
    this.#timer = undefined;
    this.#isTaking = true;
    this.#isChanged = false;
    let isTaken = false;
    try {
      const snapshot = await this.#take();
      isTaken = true;
      for (const listener of [...this.#listeners]) listener(snapshot);
    } catch (error) {
      this.#onFailure(error);
    }
    this.#isTaking = false;
    this.#takenAt = performance.now();
    if (this.#listeners.size === 0) return;
    if (this.#wasChanged()) this.#lookIn(INTERVAL_WALL_MILLIS);
    else if (this.#isRunning() || !isTaken) this.#lookIn(IDLE_WALL_MILLIS);
  }

  /** Asked anew: it may have been set while the snapshot was being taken. */
  #wasChanged(): boolean {
    return this.#isChanged;
  }
}
