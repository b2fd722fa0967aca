/** What a household buys again: of its baskets lately, the share that held the product. */
import { before, type History } from './history.ts';

/** A purchase counts half after so many days. Chosen on purchases before those on which it is judged (docs/decisions/0061). */
export const HABIT_HALF_LIFE_DAYS = 45;
/** Older ones weigh less than a thousandth. */
const FORGOTTEN_DAYS = HABIT_HALF_LIFE_DAYS * 10;

const weight = (age: number): number => 0.5 ** (age / HABIT_HALF_LIFE_DAYS);

function weighed(days: readonly number[], day: number): number {
  let sum = 0;
  for (let index = before(days, day) - 1; index >= 0; index -= 1) {
    const age = day - (days[index] ?? 0);
    if (age > FORGOTTEN_DAYS) break;
    sum += weight(age);
  }
  return sum;
}

/**
 * Product → how likely it is in the next basket, 0–1, for each that was bought before `day`: an exponentially weighted share, with one basket more that held
 * nothing, so that a single basket makes no certainty. Personal frequency with decay: Hu et al. 2020 (TIFU-KNN), §3, without its neighbours.
 */
export function habitsOf({ days, bought }: History, day: number): Map<string, number> {
  const all = weighed(days, day) + 1;
  const habits = new Map<string, number>();
  for (const [product, ofProduct] of bought) {
    if ((ofProduct[0] ?? Infinity) >= day) continue;
    habits.set(product, weighed(ofProduct, day) / all);
  }
  return habits;
}
