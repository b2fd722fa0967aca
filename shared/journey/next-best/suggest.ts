/** Which category to bring to a household's mind: what others have who have the same, read from the counters of all. */
import { LEAST_HOUSEHOLDS, type Reach } from '../recommend/market.ts';
import { recommendNew } from '../recommend/recommend.ts';
import type { Counters } from '../tally/batch.ts';
import type { Suggested } from './situation.ts';

const bothOf = (counters: Counters, a: string, b: string): number => counters[a < b ? `owns|${a}|${b}` : `owns|${b}|${a}`] ?? 0;

/**
 * As products are recommended (recommend.ts), of categories: the first is what the most households have of those who have something in common with this one.
 * A category, or a pair of them, that fewer than five households have is not told of.
 */
export function suggestedFor(owns: readonly string[], counters: Counters, many = 3): Suggested[] {
  const reach = new Map<string, Reach>();
  const likest = new Map<string, { have: string; households: number }>();
  for (const [name, households] of Object.entries(counters)) {
    const [kind, category, other] = name.split('|');
    if (kind !== 'owns' || category === undefined || other !== undefined || households < LEAST_HOUSEHOLDS) continue;
    let score = households;
    for (const have of owns) {
      const both = bothOf(counters, category, have);
      if (both < LEAST_HOUSEHOLDS) continue;
      // Confidence of the rule “has this, has that too”, 0–1 (Agrawal et al. 1993), on top of how many have it at all.
      score += both / (counters[`owns|${have}`] ?? both);
      if (both > (likest.get(category)?.households ?? 0)) likest.set(category, { have, households: both });
    }
    reach.set(category, { score, households });
  }
  const history = { days: [0], bought: new Map(owns.map((category) => [category, [0]])) };
  return recommendNew(history, reach, 1, many).map(({ product, households = 0 }) => {
    const pair = likest.get(product);
    return { category: product, households: pair?.households ?? households, ...(pair !== undefined && { have: pair.have }) };
  });
}
