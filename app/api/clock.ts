/**
 * What time it is for the household. Each answer of the API says it (`nachschub-now`); between two answers wall time counts
 * on, at the pace learnt from them. On AWS that pace is one; a local cloud may run a day in a minute, stand still, or jump.
 */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Instant } from '../../shared/values.ts';

interface Reading {
  readonly product: number;
  readonly wall: number;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
export const isInstant = (text: string): text is Instant => INSTANT.test(text) && !Number.isNaN(Date.parse(text));

/** @param millis since 1970 */
export function instantAt(millis: number): Instant {
  const text = new Date(Math.round(millis)).toISOString();
  if (!isInstant(text)) throw new RangeError(`${millis} is no time of ours`);
  return text;
}

/** Two answers closer together tell nothing about the pace. */
const APART_MIN_MILLIS = 1_000;
/** Somebody turned the clock by a day: that is no pace, and two readings in a row do not agree about one. */
const AGREE_WITHIN = 0.25;

/** Pure, for its test: knows no clock but what it is told. */
export class ProductClock {
  #last: Reading | undefined;
  #anchor: Reading | undefined;
  #guess: number | undefined;
  #rate = 1;

  observe(reading: Reading): void {
    // Answers overtake each other; product time never goes back.
    if (this.#last === undefined || reading.product >= this.#last.product) this.#last = reading;
    if (this.#anchor === undefined) this.#anchor = reading;
    const wallMillis = reading.wall - this.#anchor.wall;
    if (wallMillis < APART_MIN_MILLIS) return;
    this.#learn((reading.product - this.#anchor.product) / wallMillis);
    this.#anchor = reading;
  }

  /** What was last said, in milliseconds since 1970: never ahead of who said it. */
  get said(): number | undefined {
    return this.#last?.product;
  }

  get isSet(): boolean {
    return this.#last !== undefined;
  }

  at(wall: number): number {
    return this.#last === undefined ? wall : this.#last.product + Math.max(0, wall - this.#last.wall) * this.#rate;
  }

  #learn(pace: number): void {
    const agrees = this.#guess !== undefined && Math.abs(pace - this.#guess) <= AGREE_WITHIN * Math.max(1, Math.abs(this.#guess));
    if (agrees && pace >= 0) this.#rate = pace;
    this.#guess = pace;
  }
}

const clock = new ProductClock();
const ticks = signal(0);

/** @param header of an answer, or null when it has none */
export function observeNow(header: string | null): void {
  if (header === null || !isInstant(header)) return;
  clock.observe({ product: Date.parse(header), wall: Date.now() });
  ticks.value += 1;
}

/** From a copy, while no answer has said what time it is. @param wall milliseconds since 1970 when it was made */
export function recallNow(instant: Instant, wall: number): void {
  if (clock.isSet) return;
  clock.observe({ product: Date.parse(instant), wall });
  ticks.value += 1;
}

export const now = (): Instant => instantAt(clock.at(Date.now()));

/** For what begins at once: by our own reckoning it might begin after the server's now, and stand as not begun. */
export const saidNow = (): Instant => instantAt(clock.said ?? Date.now());

let watchers = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const TICK_MILLIS = 1_000;

/** Draws its component anew every second, and when an answer has set the clock. */
export function useNow(): Instant {
  useEffect(() => {
    watchers += 1;
    timer ??= setInterval(() => (ticks.value += 1), TICK_MILLIS);
    return () => {
      watchers -= 1;
      if (watchers > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  }, []);
  // Reading it is what makes the component be drawn again.
  return ticks.value < 0 ? instantAt(0) : now();
}
