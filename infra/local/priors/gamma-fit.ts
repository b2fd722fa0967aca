/** A gamma distribution of rates that nobody has seen, from what was counted of each in a time of its own. */
import { logGamma } from '../../../shared/supply/forecast/incomplete-beta.ts';

/** So many uses in so many days. */
export interface Counted {
  readonly uses: number;
  readonly days: number;
}

export interface GammaPrior {
  readonly shape: number;
  readonly rateDays: number;
}

/** From far apart (shape 0.05) to nearly alike (50); beyond that the data says no more than these do. */
const SHAPE = { least: 0.05, most: 50 } as const;
const STEPS = 60;

/**
 * Maximum marginal likelihood: uses ~ NB(shape, rateDays / (rateDays + days)), the gamma-Poisson empirical Bayes model (Gelman et al., Bayesian
 * Data Analysis, 3rd edition, §2.6–2.7; Robbins 1956). Given the shape the best rateDays is where Σ shape / rateDays = Σ (shape + uses) / (rateDays + days),
 * found by halving; the shape by golden section on its logarithm. @param counted at least one, each watched for some time
 */
export function fitGamma(counted: readonly Counted[]): GammaPrior {
  const at = (logShape: number): { prior: GammaPrior; likelihood: number } => {
    const shape = Math.exp(logShape);
    const prior = { shape, rateDays: bestRateDays(shape, counted) };
    return { prior, likelihood: counted.reduce((sum, one) => sum + logLikelihood(prior, one), 0) };
  };
  const GOLDEN = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(SHAPE.least), Math.log(SHAPE.most)];
  for (let step = 0; step < STEPS; step += 1) {
    const [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
    if (at(left).likelihood > at(right).likelihood) high = right;
    else low = left;
  }
  return at((low + high) / 2).prior;
}

/** ln P(uses in days), but for what does not depend on the prior. */
export function logLikelihood({ shape, rateDays }: GammaPrior, { uses, days }: Counted): number {
  const open = days / (rateDays + days);
  return logGamma(shape + uses) - logGamma(shape) + shape * Math.log1p(-open) + uses * Math.log(open);
}

function bestRateDays(shape: number, counted: readonly Counted[]): number {
  let [low, high] = [Math.log(1e-3), Math.log(1e6)];
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (low + high) / 2;
    const rateDays = Math.exp(middle);
    const slope = counted.reduce((sum, { uses, days }) => sum + shape / rateDays - (shape + uses) / (rateDays + days), 0);
    if (slope > 0) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}
