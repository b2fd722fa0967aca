/** Rules of thumb: how one conversion is divided over the touches of its path, whatever other paths look like. */

export const ruleNames = ['first', 'last', 'linear', 'position', 'decay', 'shapley'] as const;
export type Rule = (typeof ruleNames)[number];

/** In which a touch loses half its weight. Paths from a file have no times: there it is steps, in our own store days. */
export const HALF_LIFE_STEPS = 1;
export const HALF_LIFE_DAYS = 7;

const [FIRST, LAST] = [0.4, 0.4];

/**
 * @param steps channels, the first touch first; at least one
 * @param ages how long before the end each touch was, for `decay`; absent: in steps
 * @param halfLife in the unit of the ages
 * @returns channel → its part; together 1
 */
export function sharesOf(rule: Rule, steps: readonly string[], ages?: readonly number[], halfLife = HALF_LIFE_STEPS): Map<string, number> {
  const shares = new Map<string, number>();
  const weights = weightsOf[rule](steps, ages ?? steps.map((_, index) => steps.length - 1 - index), halfLife);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  for (const [index, step] of steps.entries()) shares.set(step, (shares.get(step) ?? 0) + (weights[index] ?? 0) / sum);
  return shares;
}

type Weigh = (steps: readonly string[], ages: readonly number[], halfLife: number) => number[];
const weightsOf: Record<Rule, Weigh> = {
  first: (steps) => steps.map((_, index) => Number(index === 0)),
  last: (steps) => steps.map((_, index) => Number(index === steps.length - 1)),
  linear: (steps) => steps.map(() => 1),
  position,
  // Against the youngest age, so that a path that is old as a whole does not vanish in rounding.
  decay: (steps, ages, halfLife) => {
    const youngest = Math.min(...ages);
    return steps.map((_, index) => 2 ** (-((ages[index] ?? 0) - youngest) / halfLife));
  },
  /**
   * Shapley (1953) for the game in which a set of channels earns the conversions of those paths that touch nothing outside it. That game is the sum
   * of one unanimity game for each path, and Shapley's value is additive and divides a unanimity game equally among those it needs: so each
   * path is divided equally over its distinct channels (Zhao, Mahboobi & Bagheri, Shapley Value Methods for Attribution Modeling, 2018, Theorem 1).
   */
  shapley: (steps) => steps.map((step) => 1 / steps.filter((other) => other === step).length),
};

/** Per touch: two share evenly, one has all. */
function position(steps: readonly string[]): number[] {
  const between = steps.length - 2;
  if (between <= 0) return steps.map(() => 1);
  return steps.map((_, index) => {
    if (index === 0) return FIRST;
    return index === steps.length - 1 ? LAST : (1 - FIRST - LAST) / between;
  });
}
