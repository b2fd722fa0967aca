/**
 * How fast one connection may speak: a bucket of tokens that wall time refills. AWS IoT takes 100 messages a second and discards
 * the rest silently; a household's things say a few a day, so the fifth of that already means that something is broken.
 */
const MESSAGES_PER_SECOND = 20;
const BURST = 20;
const REPORT_MS = 60_000;

export class Pace {
  #tokens = BURST;
  #filledAt: number;
  #discarded = 0;
  #reportedAt = Number.NEGATIVE_INFINITY;

  /** @param now milliseconds of wall time, here and below */
  constructor(now: number) {
    this.#filledAt = now;
  }

  /** May one more message pass? */
  takes(now: number): boolean {
    this.#tokens = Math.min(BURST, this.#tokens + ((now - this.#filledAt) * MESSAGES_PER_SECOND) / 1_000);
    this.#filledAt = now;
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      return true;
    }
    this.#discarded += 1;
    return false;
  }

  /** How many were discarded since the last time this told a number; undefined when there were none, or the minute is not over. */
  toReport(now: number): number | undefined {
    if (this.#discarded === 0 || now - this.#reportedAt < REPORT_MS) return undefined;
    return this.#take(now);
  }

  /** The rest, when the connection ends. */
  last(): number | undefined {
    return this.#discarded === 0 ? undefined : this.#take(Number.POSITIVE_INFINITY);
  }

  #take(now: number): number {
    const discarded = this.#discarded;
    this.#discarded = 0;
    this.#reportedAt = now;
    return discarded;
  }
}
