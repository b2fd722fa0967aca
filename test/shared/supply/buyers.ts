/** Households whose truth is known: on which days each of them uses one, drawn from a seed. */

/** A linear congruential generator (Numerical Recipes), so that a run can be repeated. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
}

/** Days (with their part) of uses, rising, from 0 up to `until`. */
export type Buyer = (random: () => number, perDay: number, until: number) => number[];

const wait = (random: () => number, perDay: number): number => -Math.log(random()) / perDay;

/** Whenever: a Poisson process. */
export const whenever: Buyer = (random, perDay, until) => {
  const uses: number[] = [];
  for (let day = wait(random, perDay); day < until; day += wait(random, perDay)) uses.push(day);
  return uses;
};

/** At most on the one shopping day of a week, which is now and then a day late. */
export const onceAWeek: Buyer = (random, perDay, until) =>
  Array.from({ length: Math.floor(until / 7) }, (_, week) => week * 7 + (random() < 0.3 ? 1 : 0)).filter(() => random() < perDay * 7);

/** Months with three times as much as the others: in bursts, as much as the others on the whole. */
export const inPhases: Buyer = (random, perDay, until) =>
  whenever(random, perDay * 1.5, until).filter((day) => (Math.floor(day / 45) % 2 === 0 ? true : random() < 1 / 3));
