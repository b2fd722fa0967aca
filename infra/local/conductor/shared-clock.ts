/**
 * The product clock in shared memory, so that a function in its own thread reads the same time without asking.
 * `functions/bootstrap.mjs` reads the same cells in plain JavaScript.
 */

/** Cells: a count of writes (Int32), then product and wall milliseconds of the last setting, the rate and the ceiling (Float64). */
export const CLOCK_BYTES = 40;
const PRODUCT = 1;

/** Monotonic and the same in every thread of this process, unlike `Date.now()` and `performance.now()`. */
export const wallMillis = (): number => Number(process.hrtime.bigint() / 1_000n) / 1_000;

export class SharedClock {
  readonly buffer = new SharedArrayBuffer(CLOCK_BYTES);
  readonly #writes = new Int32Array(this.buffer, 0, 1);
  readonly #cells = new Float64Array(this.buffer);
  readonly #wall: () => number;

  /** @param wall milliseconds on a monotonic clock; another one than the default suits only tests in one thread. */
  constructor(productMillis: number, wall: () => number = wallMillis) {
    this.#wall = wall;
    this.#write(productMillis, wall(), 0, productMillis);
  }

  /** From where it is, product time goes on at `rate` (product ms per wall ms), but never past `ceilingMillis`. */
  run(rate: number, ceilingMillis: number): void {
    const wall = this.#wall();
    const product = this.#at(wall);
    this.#write(product, wall, rate, Math.max(ceilingMillis, product));
  }

  /** Product time stands at `productMillis`. Going back is refused: whoever read the time before would see effects before causes. */
  jump(productMillis: number): void {
    const wall = this.#wall();
    if (productMillis < Math.floor(this.#at(wall))) throw new Error(`product time cannot go back from ${this.now()} to ${productMillis}`);
    this.#write(productMillis, wall, 0, productMillis);
  }

  /** Product milliseconds since 1970, whole. */
  now(): number {
    return Math.floor(this.#at(this.#wall()));
  }

  #at(wallNow: number): number {
    const [product = 0, wall = 0, rate = 0, ceiling = 0] = this.#cells.subarray(PRODUCT);
    return Math.min(product + (wallNow - wall) * rate, ceiling);
  }

  /** An odd count of writes tells readers in other threads that the cells do not belong together yet. */
  #write(product: number, wall: number, rate: number, ceiling: number): void {
    Atomics.add(this.#writes, 0, 1);
    this.#cells.set([product, wall, rate, ceiling], PRODUCT);
    Atomics.add(this.#writes, 0, 1);
  }
}
