/**
 * What a purchase is worth: the Gamma-Gamma model (Fader, Hardie 2013, "The Gamma-Gamma model of monetary value", note 025, equations 1a and 5).
 * The worth of a customer's purchases is gamma distributed (p, ν) around their own mean, and ν between customers (q, γ). It has nothing to do with how
 * often they buy: where the two go together the model misjudges, and `spendMovesWithFrequency` says so.
 */
import { digamma, lnGamma } from './ln-gamma.ts';
import { minimise } from './minimise.ts';

/** All above 0; γ is in the unit of money. */
export interface SpendParameters {
  readonly p: number;
  readonly q: number;
  readonly gamma: number;
}
/** Mean worth of `x` purchases: both above 0. */
export interface Spent {
  readonly x: number;
  readonly mean: number;
  /** So many customers alike; default 1. */
  readonly customers?: number;
}
export interface SpendFit {
  readonly parameters: SpendParameters;
  readonly logLikelihood: number;
  readonly customers: number;
  readonly isFound: boolean;
}

interface Value {
  readonly value: number;
  /** By ln p, ln q, ln γ. */
  readonly gradient: readonly number[];
}
export function spendLikelihood({ p, q, gamma }: SpendParameters, customers: readonly Spent[]): Value {
  let [value, byP, byQ, byGamma] = [0, 0, 0, 0];
  const [lnGammaQ, digammaQ, lnOfGamma] = [lnGamma(q), digamma(q), Math.log(gamma)];
  for (const { x, mean, customers: alike = 1 } of customers) {
    const [px, total] = [p * x, gamma + mean * x];
    const [lnTotal, lnAll] = [Math.log(total), Math.log(mean * x)];
    const together = digamma(px + q);
    value += alike * (lnGamma(px + q) - lnGamma(px) - lnGammaQ + q * lnOfGamma + px * lnAll - Math.log(mean) - (px + q) * lnTotal);
    byP += alike * x * (together - digamma(px) + lnAll - lnTotal);
    byQ += alike * (together - digammaQ + lnOfGamma - lnTotal);
    byGamma += alike * (q / gamma - (px + q) / total);
  }
  return { value, gradient: [byP * p, byQ * q, byGamma * gamma] };
}

const STARTS = [
  { p: 1, q: 2, gamma: 1 },
  { p: 6, q: 4, gamma: 0.5 },
  { p: 20, q: 10, gamma: 0.3 },
];
const LN_MAX = Math.log(1e6);
const exp = (ln: number): number => Math.exp(Math.min(LN_MAX, Math.max(-LN_MAX, ln)));

/** @returns undefined for fewer than two customers: one cannot say how customers differ */
export function fitSpend(customers: readonly Spent[]): SpendFit | undefined {
  const many = customers.reduce((sum, { customers: alike = 1 }) => sum + alike, 0);
  if (many < 2) return undefined;
  const unit = customers.reduce((sum, { mean, customers: alike = 1 }) => sum + alike * mean, 0) / many;
  const scaled = customers.map((one) => ({ ...one, mean: one.mean / unit }));
  const fitFrom = (start: SpendParameters) =>
    minimise((point) => {
      const [p = 0, q = 0, gamma = 0] = point.map(exp);
      const { value, gradient } = spendLikelihood({ p, q, gamma }, scaled);
      const isInside = (ln = 0): boolean => Math.abs(ln) < LN_MAX;
      return { value: -value / many, gradient: gradient.map((slope, index) => (isInside(point[index]) ? -slope / many : 0)) };
    }, [start.p, start.q, start.gamma].map(Math.log));
  const [best] = STARTS.map(fitFrom).sort((a, b) => a.value - b.value);
  if (best === undefined) throw new Error('expected a place to begin');
  const [p = 0, q = 0, gamma = 0] = best.point.map(exp);
  const parameters = { p, q, gamma: gamma * unit };
  const isFound = best.isFound && best.point.every((ln) => Math.abs(ln) < LN_MAX);
  return { parameters, logLikelihood: spendLikelihood(parameters, customers).value, customers: many, isFound };
}

/** Of the next purchase; for whom nothing is known (`x` 0) what all customers' purchases are worth. Infinite for q ≤ 1 without a purchase. */
export function expectedSpend({ p, q, gamma }: SpendParameters, { x, mean }: Spent): number {
  const weight = p * x + q - 1;
  return weight <= 0 ? Infinity : (p * (gamma + x * mean)) / weight;
}

/** Pearson's correlation of how often and how much, −1…1; undefined where either is the same for all. */
export function spendMovesWithFrequency(customers: readonly Spent[]): number | undefined {
  const mean = (of: (one: Spent) => number): number => customers.reduce((sum, one) => sum + of(one), 0) / customers.length;
  const [often, much] = [mean(({ x }) => x), mean((one) => one.mean)];
  const together = mean((one) => (one.x - often) * (one.mean - much));
  const [variesOften, variesMuch] = [mean(({ x }) => (x - often) ** 2), mean((one) => (one.mean - much) ** 2)];
  return variesOften > 0 && variesMuch > 0 ? together / Math.sqrt(variesOften * variesMuch) : undefined;
}
