/** A device's own buffer of readings: in order, re-sent until each is acknowledged, bounded, and never faster than the broker listens. */
import type { ReadingLine } from './past.ts';

/** A connection while it lasts. */
export interface Link {
  /** Resolves with the PUBACK; rejects, or never settles, when the connection is lost. */
  publish(line: ReadingLine): Promise<unknown>;
  /** Ends this connection, so that another one takes its place. */
  breakOff(): void;
}

interface Listener {
  acknowledged(line: ReadingLine): void;
  dropped(line: ReadingLine): void;
  /** The fault of a device that sends a window backwards; asked with its first reading. */
  isReversed?(line: ReadingLine): boolean;
  /** The fault of a device that says a reading once more although it was acknowledged. */
  isDuplicated?(line: ReadingLine): boolean;
}

/** At a busy device's 100 readings a day, more than a month; the least a device has to keep is a day. */
const READINGS_MOST = 5_000;
const WINDOW = 7;
/**
 * The broker discards silently what is above 20 messages a second of one connection. Readings take two windows of them, counted from
 * their acknowledgement; presence, `sync` and the display have the rest.
 */
const PACE = { readings: 2 * WINDOW, millis: 1_000 } as const;
/** MQTT 3.1.1 §4.4 sends again only on a new connection: a PUBACK that does not come is worth one. */
const PUBACK_LIMIT_MILLIS = 20_000;

export class Outbox {
  readonly #waiting: ReadingLine[];
  readonly #on: Listener;
  #link: Link | undefined;
  #flying = new Set<ReadingLine>();
  /** When each of the last readings was acknowledged, on wall time; a longer past does not matter. */
  #recent: number[] = [];
  #timer: NodeJS.Timeout | undefined;
  #watchers: (() => void)[] = [];

  constructor(unacknowledged: readonly ReadingLine[], on: Listener) {
    this.#waiting = [...unacknowledged];
    this.#on = on;
  }

  /** Readings that are on disk already. */
  add(lines: readonly ReadingLine[]): void {
    this.#waiting.push(...lines);
    const surplus = this.#waiting.length - READINGS_MOST;
    if (surplus > 0) for (const line of this.#waiting.splice(0, surplus)) this.#on.dropped(line);
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
   * after `slowMillis` without any acknowledgement. Readings that are left stay in the buffer.
   */
  async settle({ offlineMillis, slowMillis }: { offlineMillis: number; slowMillis: number }): Promise<void> {
    let left = this.#waiting.length;
    let heardAt = performance.now();
    let offlineSince = performance.now();
    while (this.#waiting.length > 0) {
      if (this.#link !== undefined) offlineSince = performance.now();
      // A buffer of a day takes its time at this pace; as long as it gets shorter there is something to wait for.
      if (this.#waiting.length < left) heardAt = performance.now();
      left = this.#waiting.length;
      const limit = this.#link === undefined ? Math.min(heardAt + slowMillis, offlineSince + offlineMillis) : heardAt + slowMillis;
      const within = limit - performance.now();
      if (within <= 0) return;
      await this.#change(within);
    }
  }

  /** Windows follow each other: the next begins when the last of these is acknowledged, so the order holds across a lost connection. */
  #fly(): void {
    const link = this.#link;
    if (link === undefined || this.#flying.size > 0 || this.#waiting.length === 0) return;
    clearTimeout(this.#timer);
    const window = this.#waiting.slice(0, WINDOW);
    const pause = this.#pauseBefore(window.length);
    if (pause > 0) {
      this.#timer = setTimeout(() => this.#fly(), pause);
      return;
    }
    const [first] = window;
    if (first !== undefined && window.length > 1 && this.#on.isReversed?.(first) === true) window.reverse();
    this.#flying = new Set(window);
    this.#timer = setTimeout(() => link.breakOff(), PUBACK_LIMIT_MILLIS);
    for (const line of window) this.#send(link, line, this.#flying);
  }

  #send(link: Link, line: ReadingLine, window: Set<ReadingLine>): void {
    link.publish(line).then(
      () => this.#landed(link, line, window),
      // The connection is gone or going, and its end starts this window anew.
      () => undefined,
    );
  }

  #landed(link: Link, line: ReadingLine, window: Set<ReadingLine>): void {
    this.#recent.push(performance.now());
    // An acknowledgement of an earlier connection still counts, unless the reading was confirmed or dropped meanwhile.
    const index = this.#waiting.indexOf(line);
    if (index >= 0) {
      this.#waiting.splice(index, 1);
      this.#on.acknowledged(line);
      if (link === this.#link && this.#on.isDuplicated?.(line) === true) this.#sayAgain(link, line);
    }
    window.delete(line);
    this.#tellWatchers();
    if (window === this.#flying && window.size === 0) {
      clearTimeout(this.#timer);
      this.#fly();
    }
  }

  /** Nobody waits for this one: it was acknowledged before. */
  #sayAgain(link: Link, line: ReadingLine): void {
    this.#recent.push(performance.now());
    link.publish(line).catch(() => undefined);
  }

  /** Milliseconds until there is room for so many readings more. */
  #pauseBefore(count: number): number {
    const now = performance.now();
    this.#recent = this.#recent.filter((at) => at > now - PACE.millis);
    const lastToWaitFor = this.#recent[this.#recent.length + count - PACE.readings - 1];
    return lastToWaitFor === undefined ? 0 : lastToWaitFor + PACE.millis - now;
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
