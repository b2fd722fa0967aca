/** Exponential backoff with jitter, on wall time: many devices that lost the same broker must not come back in step. */
import type { Draw } from './random.ts';

export interface Backoff {
  /** Milliseconds to wait before the next try; longer each time until `restart`. */
  next(): number;
  restart(): void;
}

/**
 * "Equal jitter": half of the step is certain, so that it grows, and half is drawn, so that no two devices agree
 * (Marc Brooker, Exponential Backoff and Jitter, AWS Architecture Blog, 2015).
 */
export function backoff(draw: Draw, { firstMillis, mostMillis }: { firstMillis: number; mostMillis: number }): Backoff {
  let tries = 0;
  return {
    next() {
      const step = Math.min(mostMillis, firstMillis * 2 ** tries);
      tries += 1;
      return step / 2 + (draw() * step) / 2;
    },
    restart() {
      tries = 0;
    },
  };
}
