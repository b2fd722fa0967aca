/**
 * How many purchases are to be expected, exactly and for every k. Whoever is still here has waited long enough that j of the k stages to the next
 * purchase may be behind them; given j, the rate is gamma distributed (r + kx + j, α + T), so that stages within t are negative binomial, and the n-th
 * purchase happens if there are at least nk − j of them and the customer stayed n − 1 times. For k = 1 this sums to the closed forms of Fader, Hardie
 * and Lee (2005, equation 10) and of Batislam et al. (2007), which have a hole at a = 1; for k > 1 BTYDplus has only an approximation.
 */
import type { Kind, Parameters } from './purchase-model.ts';
import { probabilityAlive } from './purchase-model.ts';
import type { History } from './purchases.ts';

/** Within `t` from the end of what was seen, for a customer with this history. @param t at least 0, in the unit of the history */
export const expectedPurchases = (parameters: Parameters, kind: Kind, history: History, t: number): number =>
  probabilityAlive(parameters, kind, history) * expectedIfAlive(parameters, kind, history, t);

/** Within `t` from the first purchase, which is not counted, for a customer of whom nothing is known. */
export function expectedOfNew({ r, alpha, a, b }: Parameters, { k, mayLeaveAtOnce }: Kind, t: number): number {
  // After the first purchase one may have left already, or not yet.
  return sumOfPurchases({ shape: r, share: t / (alpha + t), first: k, k, stay: { a, b: b + Number(mayLeaveAtOnce) } }) * (mayLeaveAtOnce ? b / (a + b) : 1);
}

export function expectedIfAlive({ r, alpha, a, b }: Parameters, { k, mayLeaveAtOnce }: Kind, { x, tx, T }: History, t: number): number {
  const shape = r + k * x;
  const share = t / (alpha + T + t);
  const stay = { a, b: b + x + Number(mayLeaveAtOnce) };
  let [weight, weights, sum] = [1, 0, 0];
  for (let j = 0; j < k; j += 1) {
    if (j > 0) weight *= ((shape + j - 1) * (T - tx)) / (j * (alpha + T));
    weights += weight;
    sum += weight === 0 ? 0 : weight * sumOfPurchases({ shape: shape + j, share, first: k - j, k, stay });
  }
  return sum / weights;
}

interface Ahead {
  /** Of the negative binomial of stages, and the probability of one more of them. */
  readonly shape: number;
  readonly share: number;
  /** Stages to the next purchase, and from one to the following. */
  readonly first: number;
  readonly k: number;
  /** Of the beta distribution of leaving after a purchase. */
  readonly stay: { readonly a: number; readonly b: number };
}
/** What is left of the sum is smaller than a double can add. */
const NEGLIGIBLE = 1e-16;
const STAGES_MAX = 5_000_000;

/** Σₙ E[(1 − p)ⁿ⁻¹] P(at least first + (n − 1) k stages). */
function sumOfPurchases({ shape, share, first, k, stay }: Ahead): number {
  if (share <= 0) return 0;
  let mass = Math.exp(shape * Math.log1p(-share));
  // Far in the tail 1 − Σ has no digits left; there the masses that remain are added up instead.
  const masses: number[] = [];
  let below = 0;
  for (let stage = 0; stage < STAGES_MAX; stage += 1) {
    masses.push(mass);
    below += mass;
    mass *= ((shape + stage) / (stage + 1)) * share;
    const growth = ((shape + stage + 1) / (stage + 2)) * share;
    if (growth < 1 && mass / (1 - growth) < NEGLIGIBLE && below > 0.5) break;
  }
  const tails = new Float64Array(masses.length + 1);
  for (let stage = masses.length - 1; stage >= 0; stage -= 1) tails[stage] = (tails[stage + 1] ?? 0) + (masses[stage] ?? 0);
  let [sum, stayed] = [0, 1];
  for (let n = 1, stage = first; stage < masses.length; n += 1, stage += k) {
    sum += stayed * (tails[stage] ?? 0);
    stayed *= (stay.b + n - 1) / (stay.a + stay.b + n - 1);
  }
  return sum;
}
