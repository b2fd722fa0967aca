/** Customers drawn from the models' own assumptions, to be found again. */
import { randomFrom } from '../../../../infra/local/backtest/random.ts';
import type { Kind, Parameters } from '../../../../shared/journey/churn/purchase-model.ts';
import type { History } from '../../../../shared/journey/churn/purchases.ts';

type Random = () => number;

/** Marsaglia and Tsang (2000). */
export function gammaFrom(random: Random, shape: number): number {
  if (shape < 1) return gammaFrom(random, shape + 1) * random() ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    const cube = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (cube > 0 && Math.log(random()) < normal ** 2 / 2 + d - d * cube + d * Math.log(cube)) return d * cube;
  }
}
export function betaFrom(random: Random, a: number, b: number): number {
  const left = gammaFrom(random, a);
  return left / (left + gammaFrom(random, b));
}

export interface Life extends History {
  readonly logGaps: number;
  readonly moments: readonly number[];
  /** Purchases after T, within `ahead`. */
  readonly later: number;
}
/** @param T of each, by its number */
export function livesFrom(
  seed: string,
  { r, alpha, a, b }: Parameters,
  { k, mayLeaveAtOnce }: Kind,
  { many, T, ahead = 0 }: { many: number; T: (one: number) => number; ahead?: number },
): Life[] {
  const random = randomFrom(seed);
  return Array.from({ length: many }, (_, one) => {
    const [rate, leaves, age] = [gammaFrom(random, r) / alpha, betaFrom(random, a, b), T(one)];
    const moments = [0];
    for (let at = 0, isHere = !mayLeaveAtOnce || random() >= leaves; isHere; isHere = random() >= leaves) {
      for (let stage = 0; stage < k; stage += 1) at -= Math.log(random()) / rate;
      if (!(at <= age + ahead)) break;
      moments.push(at);
    }
    const seen = moments.filter((moment) => moment <= age);
    const logGaps = seen.slice(1).reduce((sum, moment, index) => sum + Math.log(moment - (seen[index] ?? 0)), 0);
    return { x: seen.length - 1, tx: seen.at(-1) ?? 0, T: age, logGaps, moments: seen, later: moments.length - seen.length };
  });
}
