/**
 * Buy till you die: a customer buys at a rate of their own and leaves after a purchase with a probability of their own; rates differ by a gamma
 * distribution (r, α) and probabilities by a beta distribution (a, b). Three models differ in two things:
 * - BG/NBD (Fader, Hardie, Lee 2005, Marketing Science 24(2)): who has bought once cannot have left yet, and purchases come at random (k = 1);
 * - MBG/NBD (Batislam, Denizel, Filiztekin 2007, IJRM 24(3)): may leave after the first purchase too (k = 1);
 * - MBG/CNBD-k (Platzer, Reutterer; Reutterer, Platzer, Schröder 2021, IJRM 38(1)): like it, and purchases come evenly: every one is the k-th
 *   of a Poisson process with rate λ, so that times between them are Erlang-k. Regular buyers fall silent conspicuously.
 */
import type { Group, History } from './purchases.ts';

/** All above 0. */
export interface Parameters {
  readonly r: number;
  /** In units of time: the mean rate of the process is r / α, of purchases r / (k α). */
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}
export interface Kind {
  /** 1: at random; more: that much more evenly. */
  readonly k: number;
  /** Whether a customer may leave after the very first purchase. */
  readonly mayLeaveAtOnce: boolean;
}
export const modelNames = ['bgnbd', 'mbgnbd', 'cnbdk'] as const;
export type ModelName = (typeof modelNames)[number];
export const kindOf = (model: ModelName, k: number): Kind => ({ k: model === 'cnbdk' ? k : 1, mayLeaveAtOnce: model !== 'bgnbd' });

export interface Likelihood {
  /** Natural logarithm, without the part that no parameter meets: see `timesOf`. */
  readonly value: number;
  /** By ln r, ln α, ln a, ln b. */
  readonly gradient: readonly [number, number, number, number];
}

/** Sums over whole numbers below n of what Γ and B come to: exact where differences of two large logarithms would lose digits. */
interface Sums {
  readonly ln: Float64Array;
  readonly slope: Float64Array;
}
function sumsOf(from: number, upTo: number): Sums {
  const [ln, slope] = [new Float64Array(upTo + 1), new Float64Array(upTo + 1)];
  for (let n = 0; n < upTo; n += 1) {
    ln[n + 1] = (ln[n] ?? 0) + Math.log(from + n);
    slope[n + 1] = (slope[n] ?? 0) + 1 / (from + n);
  }
  return { ln, slope };
}
const at = (values: Float64Array, index: number): number => values[index] ?? 0;

/** ln and its derivatives of how likely it is that nothing came since `tx` although the customer is still here: Erlang's tail, over the density's own factor. */
export interface Waited {
  readonly ln: number;
  readonly byShape: number;
  readonly byAlpha: number;
}
/** Σⱼ₍ⱼ₌₀..ₖ₋₁₎ (m)ⱼ/j! ((T − tx)/(α + T))ʲ with m = r + kx. */
export function waited(shape: number, alpha: number, k: number, { tx, T }: History): Waited {
  let [term, sum, byShape, byAlpha, harmonic] = [1, 1, 0, 0, 0];
  const share = (T - tx) / (alpha + T);
  for (let j = 1; j < k; j += 1) {
    term *= ((shape + j - 1) * share) / j;
    harmonic += 1 / (shape + j - 1);
    sum += term;
    byShape += term * harmonic;
    byAlpha -= (term * j) / (alpha + T);
  }
  return { ln: Math.log(sum), byShape: byShape / sum, byAlpha: byAlpha / sum };
}

/** ln of the odds a priori of having left with the last purchase, over the same factor; −∞ where nobody can have. */
export const lnLeft = ({ r, alpha, a, b }: Parameters, { k, mayLeaveAtOnce }: Kind, { x, tx, T }: History): number =>
  mayLeaveAtOnce || x > 0 ? Math.log(a / (b + x - Number(!mayLeaveAtOnce))) + (r + k * x) * Math.log((alpha + T) / (alpha + tx)) : -Infinity;

/** ln(eᵃ + eᵇ). */
export const lnSum = (a: number, b: number): number => (a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b)));

/** Equation (3) of the BG/NBD paper and its two generalisations in one: they differ by `kind` alone. */
export function likelihood(parameters: Parameters, kind: Kind, groups: readonly Group[]): Likelihood {
  const { r, alpha, a, b } = parameters;
  const { k, mayLeaveAtOnce } = kind;
  const most = groups.reduce((max, { x }) => Math.max(max, x), 0);
  const [rates, stays, all] = [sumsOf(r, k * most), sumsOf(b, most + 1), sumsOf(a + b, most + 1)];
  const lnAlpha = Math.log(alpha);
  let [value, byR, byAlpha, byA, byB] = [0, 0, 0, 0, 0];
  for (const group of groups) {
    const { x, tx, T, customers } = group;
    // Occasions on which they could have left and did not.
    const stayed = x + Number(mayLeaveAtOnce);
    const shape = r + k * x;
    const silent = waited(shape, alpha, k, group);
    const left = lnLeft(parameters, kind, group);
    const both = lnSum(left, silent.ln);
    const gone = Math.exp(left - both);
    const lnRatio = gone === 0 ? 0 : Math.log((alpha + T) / (alpha + tx));
    value += customers * (at(stays.ln, stayed) - at(all.ln, stayed) + at(rates.ln, k * x) + r * lnAlpha - shape * Math.log(alpha + T) + both);
    byR += customers * (at(rates.slope, k * x) + lnAlpha - Math.log(alpha + T) + gone * lnRatio + (1 - gone) * silent.byShape);
    byAlpha += customers * (r / alpha - shape / (alpha + T) + gone * shape * (1 / (alpha + T) - 1 / (alpha + tx)) + (1 - gone) * silent.byAlpha);
    byA += customers * (gone / a - at(all.slope, stayed));
    byB += customers * (at(stays.slope, stayed) - at(all.slope, stayed) - (gone === 0 ? 0 : gone / (b + stayed - 1)));
  }
  return { value, gradient: [byR * r, byAlpha * alpha, byA * a, byB * b] };
}

/** 1 for whoever cannot have left: BG/NBD says so of everybody with one purchase. */
export function probabilityAlive(parameters: Parameters, kind: Kind, history: History): number {
  const silent = waited(parameters.r + kind.k * history.x, parameters.alpha, kind.k, history).ln;
  return 1 / (1 + Math.exp(lnLeft(parameters, kind, history) - silent));
}
