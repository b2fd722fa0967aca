/** Holds the clock while orders wait for an answer, once for each order: who lets it go on all the same is not stopped again. */
import type { Snapshot } from '../../window/snapshot.ts';

/** The orders that wait for a person, of all that wait. @param whoAnswers the households for which a person answers */
export const askedOf = ({ households }: Pick<Snapshot, 'households'>, whoAnswers: readonly string[]): string[] =>
  households.filter(({ householdId }) => whoAnswers.includes(householdId)).flatMap(({ openOrders }) => openOrders.map(({ orderId }) => orderId));

interface Clock {
  pause(): Promise<void>;
  resume(): Promise<void>;
}

export class ClockHold {
  readonly #clock: Clock;
  readonly #held = new Set<string>();
  #isHolding = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isHolding(): boolean {
    return this.#isHolding;
  }

  /** @param asked the ids of all orders that wait now */
  follow(asked: readonly string[]): void {
    const fresh = asked.filter((orderId) => !this.#held.has(orderId));
    for (const orderId of fresh) this.#held.add(orderId);
    if (fresh.length > 0) {
      this.#isHolding = true;
      void this.#clock.pause();
    } else if (asked.length === 0 && this.#isHolding) {
      this.#isHolding = false;
      void this.#clock.resume();
    }
  }

  /** A clock that was started again runs: what waits holds it anew. */
  startOver(): void {
    this.#held.clear();
  }

  /** A person's own wish goes before ours. */
  async toggle(isPaused: boolean): Promise<void> {
    this.#isHolding = false;
    await (isPaused ? this.#clock.resume() : this.#clock.pause());
  }
}
