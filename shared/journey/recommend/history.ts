/** What a household has bought, as the recommender reads it: on which days, and on which of these each product. Days count from 1970-01-01. */

export interface History {
  /** Each day on which anything was bought, rising. */
  readonly days: readonly number[];
  /** Product → the days on which it was, rising. */
  readonly bought: ReadonlyMap<string, readonly number[]>;
}

/** How many of these days, which rise, lie before this one. */
export function before(days: readonly number[], day: number): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle] ?? Infinity) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param lines in any order; a product counts once a day */
export function historyOf(lines: Iterable<{ readonly product: string; readonly day: number }>): History {
  const sets = new Map<string, Set<number>>();
  const all = new Set<number>();
  for (const { product, day } of lines) {
    all.add(day);
    const days = sets.get(product) ?? new Set<number>();
    days.add(day);
    sets.set(product, days);
  }
  const rising = (days: Iterable<number>): number[] => [...days].sort((a, b) => a - b);
  return { days: rising(all), bought: new Map([...sets].map(([product, days]) => [product, rising(days)])) };
}
