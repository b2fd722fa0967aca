/** What households buy now, as far as so many do that it says nothing of one of them: what is recommended to whoever does not have it yet. */
import { before, type History } from './history.ts';

/** Fewer than so many are never told of, nor counted: whoever reads a recommendation must not learn what a neighbour has. */
export const LEAST_HOUSEHOLDS = 5;
/** A household that bought it so many days ago counts half. */
const REACH_HALF_LIFE_DAYS = 20;
/** Who bought it for the first time within these days says more than who always has: it is being found now. */
const FOUND_DAYS = 60;
const FOUND_WEIGHT = 0.3;
const FORGOTTEN_DAYS = REACH_HALF_LIFE_DAYS * 8;

export interface Reach {
  /** Households that bought it, each by how lately, times how many have just found it. */
  readonly score: number;
  /** Households that bought it within 160 days. */
  readonly households: number;
}

/** Product → its reach before `day`. @param least households; below it a product is left out */
export function reachOf(histories: Iterable<History>, day: number, least: number = LEAST_HOUSEHOLDS): Map<string, Reach> {
  const sums = new Map<string, { weight: number; households: number; found: number }>();
  for (const { bought } of histories) {
    for (const [product, days] of bought) {
      const last = days[before(days, day) - 1];
      if (last === undefined || day - last > FORGOTTEN_DAYS) continue;
      const sum = sums.get(product) ?? { weight: 0, households: 0, found: 0 };
      sum.weight += 0.5 ** ((day - last) / REACH_HALF_LIFE_DAYS);
      sum.households += 1;
      if ((days[0] ?? -Infinity) >= day - FOUND_DAYS) sum.found += 1;
      sums.set(product, sum);
    }
  }
  const known = [...sums].filter(([, { households }]) => households >= least);
  return new Map(known.map(([product, { weight, households, found }]) => [product, { score: weight * (1 + FOUND_WEIGHT * found), households }]));
}
