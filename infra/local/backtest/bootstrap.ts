/** How much a figure would differ with other households, were they drawn anew. */
import { randomFrom } from './random.ts';
import { add, NOTHING, type Tally } from './scenario.ts';

const DRAWS = 500;

/** The middle 90 % of a figure over households drawn with replacement (Efron & Tibshirani 1993, §13.3: percentiles). */
export function bootstrapInterval(tallies: readonly Tally[], value: (tally: Tally) => number): { low: number; high: number } {
  const random = randomFrom('households', tallies.length);
  const draw = (): number => {
    let sum = NOTHING;
    for (let taken = 0; taken < tallies.length; taken += 1) sum = add(sum, tallies[Math.floor(random() * tallies.length)] ?? NOTHING);
    return value(sum);
  };
  const drawn = Array.from({ length: DRAWS }, draw).sort((a, b) => a - b);
  return { low: drawn[Math.floor(0.05 * DRAWS)] ?? NaN, high: drawn[Math.floor(0.95 * DRAWS)] ?? NaN };
}
