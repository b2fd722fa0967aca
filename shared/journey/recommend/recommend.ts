/** Which products to bring to a household's mind, and why: what it buys again, and what others who live like it have just found. */
import { habitsOf } from './habit.ts';
import type { History } from './history.ts';
import type { Reach } from './market.ts';

export type RecommendedKind = 'again' | 'new';
export interface Recommended {
  readonly product: string;
  readonly kind: RecommendedKind;
  /** `again`: 0–1, in how many of its baskets. `new`: how many households, by how lately; the two are not compared. */
  readonly score: number;
  /** Of `new`: how many households have it. */
  readonly households?: number;
}

const best = (candidates: readonly Recommended[], many: number): Recommended[] =>
  [...candidates].sort((a, b) => b.score - a.score || (a.product < b.product ? -1 : 1)).slice(0, many);

/** What it has bought before, the likeliest first. */
export const recommendAgain = (history: History, day: number, many: number): Recommended[] =>
  best(
    [...habitsOf(history, day)].map(([product, score]) => ({ product, kind: 'again', score })),
    many,
  );

/** What it has never bought, the first by how many others do now. @param reach of others, `reachOf` */
export function recommendNew({ bought }: History, reach: ReadonlyMap<string, Reach>, day: number, many: number): Recommended[] {
  const unseen = [...reach].filter(([product]) => (bought.get(product)?.[0] ?? Infinity) >= day);
  return best(
    unseen.map(([product, { score, households }]) => ({ product, kind: 'new', score, households })),
    many,
  );
}

/** Habits first: each says more than any fashion. What is missing to `many` is filled with what is new. */
export function recommend(history: History, reach: ReadonlyMap<string, Reach>, day: number, many: number): Recommended[] {
  const again = recommendAgain(history, day, many);
  return [...again, ...recommendNew(history, reach, day, many - again.length)];
}
