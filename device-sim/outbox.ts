/** A device's own buffer of readings: in order, re-sent until each is acknowledged, bounded. */
import type { ReadingLine } from './past.ts';

/** A connection while it lasts. */
export interface Link {
  /** Resolves with the PUBACK; rejects, or never settles, when the connection is lost. */
  publish(line: ReadingLine): Promise<unknown>;
  /** Ends this connection, so that another one takes its place. */
  breakOff(): void;
}

/** At a busy device's 100 readings a day, more than a month; the least a device has to keep is a day. */
const READINGS_MOST = 5_000;
const WINDOW = 8;
/** AWS IoT Core discards silently above 100 publishes a second on one connection, so a long buffer goes out at 8 per 80 ms. */
const PACE_MILLIS = (WINDOW * 1_000) / 100;
/** MQTT 3.1.1 §4.4 sends again only on a new connection: a PUBACK that does not come is worth one. */
const PUBACK_LIMIT_MILLIS = 20_000;

export class Outbox {
  readonly #waiting: ReadingLine[];
  readonly #onAcknowledged: (line: ReadingLine) => void;
  readonly #onDropped: (line: ReadingLine) => void;
  #link: Link | undefined;
  #flying = new Set<ReadingLine>();
  #timer: NodeJS.Timeout | undefined;
  #watchers: (() => void)[] = [];

  constructor(unacknowledged: readonly ReadingLine[], on: { acknowledged: (line: ReadingLine) => void; dropped: (line: ReadingLine) => void }) {
    this.#waiting = [...unacknowledged];
    this.#onAcknowledged = on.acknowledged;
    this.#onDropped = on.dropped;
  }

  /** Readings that are on disk already. */
  add(lines: readonly ReadingLine[]): void {
    this.#waiting.push(...lines);
    const surplus = this.#waiting.length - READINGS_MOST;
    if (surplus > 0) for (const line of this.#waiting.splice(0, surplus)) this.#onDropped(line);
    this.#fly();
  }

  up(link: Link): void {
    this.#link = link;
    this.#fly();
    this.#tellWatchers();
  }

  /** What was under way may or may not have arrived: it goes out again, first and with the same identity. */
  down(): void {
    this.#link = undefined;
    this.#flying = new Set();
    clearTimeout(this.#timer);
    this.#tellWatchers();
  }

  /**
   * Resolves when all is acknowledged, or when waiting makes no sense any more: after `offlineMillis` without a connection in one stretch, or
   * after `slowMillis` in all. Readings that are left stay in the buffer.
   */
  async settle({ offlineMillis, slowMillis }: { offlineMillis: number; slowMillis: number }): Promise<void> {
    const givesUpAt = performance.now() + slowMillis;
    let offlineSince = performance.now();
    while (this.#waiting.length > 0) {
      if (this.#link !== undefined) offlineSince = performance.now();
      const limit = this.#link === undefined ? Math.min(givesUpAt, offlineSince + offlineMillis) : givesUpAt;
      const left = limit - performance.now();
      if (left <= 0) return;
      await this.#change(left);
    }
  }

  /** Windows follow each other: the next eight start when the last of these is acknowledged, so the order holds across a lost connection. */
  #fly(): void {
    const link = this.#link;
    const window = new Set(this.#waiting.slice(0, WINDOW));
    if (link === undefined || this.#flying.size > 0 || window.size === 0) return;
    this.#flying = window;
    this.#timer = setTimeout(() => link.breakOff(), PUBACK_LIMIT_MILLIS);
    const startedAt = performance.now();
    for (const line of window) {
      link.publish(line).then(
        () => this.#landed(line, window, startedAt),
        // The connection is gone or going, and its end starts this window anew.
        () => undefined,
      );
    }
  }

  #landed(line: ReadingLine, window: Set<ReadingLine>, startedAt: number): void {
    // An acknowledgement of an earlier connection still counts, unless the reading was confirmed or dropped meanwhile.
    const index = this.#waiting.indexOf(line);
    if (index >= 0) {
      this.#waiting.splice(index, 1);
      this.#onAcknowledged(line);
    }
    if (this.#waiting.length === 0) this.#tellWatchers();
    if (window.size > 1 || window !== this.#flying) {
      window.delete(line);
      return;
    }
    clearTimeout(this.#timer);
    const pause = this.#waiting.length === 0 ? 0 : PACE_MILLIS - (performance.now() - startedAt);
    this.#timer = setTimeout(() => {
      window.delete(line);
      this.#fly();
    }, pause);
  }

  #change(withinMillis: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, withinMillis);
      this.#watchers.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #tellWatchers(): void {
    for (const watcher of this.#watchers.splice(0)) watcher();
  }
}
