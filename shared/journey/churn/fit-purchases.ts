/** Fits the purchase models by maximum likelihood, and chooses among them. */
import { minimise, secondDerivatives, type Smooth } from './minimise.ts';
import { kindOf, likelihood, type Kind, type ModelName, type Parameters } from './purchase-model.ts';
import { groupHistories, inUnits, type Group, type History } from './purchases.ts';
import { densityOfLast, densityOfTimes, tellGaps } from './times.ts';

export interface PurchaseFit {
  readonly model: ModelName;
  readonly k: number;
  readonly parameters: Parameters;
  /** As the papers and BTYD(plus) give it, in the unit of the histories; for k > 1 with the times between purchases if every history tells them. */
  readonly logLikelihood: number;
  /** Comparable between models and k on the same customers. */
  readonly comparable: number;
  /** From `comparable`: 4 parameters, and k where it was chosen. */
  readonly aic: number;
  readonly bic: number;
  readonly customers: number;
  /** False: the likelihood still rose where the search had to stop, mostly because it rises for ever (nobody ever leaves, or all are alike). */
  readonly isFound: boolean;
}

/** Enough to say that something never happens or that all are alike; further the likelihood changes nothing that can be seen. */
const LN_MAX = Math.log(1e5);
const LN_MIN = Math.log(1e-6);
const STARTS: readonly Parameters[] = [
  { r: 1, alpha: 1, a: 1, b: 3 },
  { r: 0.3, alpha: 0.5, a: 0.5, b: 2 },
  { r: 3, alpha: 3, a: 0.3, b: 6 },
];

/** @param k how evenly, only for cnbdk: a whole number from 1 */
export function fitPurchases(histories: readonly (History & { readonly customers?: number })[], model: ModelName, k = 1): PurchaseFit {
  const groups = groupHistories(histories);
  return fitGroups(groups, model, k, STARTS);
}

function fitGroups(groups: readonly Group[], model: ModelName, k: number, starts: readonly Parameters[]): PurchaseFit {
  const kind = kindOf(model, k);
  const unit = meanOf(groups, ({ T }) => T) || 1;
  // In a unit of their own, so that the same lives give the same fit whether they are told in days or in years.
  const scaled = groups.map((group) => inUnits(group, 1 / unit));
  const customers = groups.reduce((sum, group) => sum + group.customers, 0);
  const smooth = meanLikelihood(kind, scaled, customers);
  // With k stages to a purchase the process runs k times as fast.
  const minima = starts.map(({ r, alpha, a, b }) => minimise(smooth, [r, alpha / kind.k, a, b].map(Math.log))).sort((a, b) => a.value - b.value);
  const best = minima.at(0);
  if (best === undefined) throw new Error('expected a place to begin');
  const [r = 0, alpha = 0, a = 0, b = 0] = best.point.map(clampedExp);
  const parameters = { r, alpha: alpha * unit, a, b };
  const { value } = likelihood(parameters, kind, groups);
  const comparable = value + (tellGaps(groups) ? densityOfTimes(groups, kind.k) : densityOfLast(groups, kind.k));
  const free = model === 'cnbdk' ? 5 : 4;
  return {
    ...{ model, k: kind.k, parameters, customers, comparable, logLikelihood: value + densityOfTimes(groups, kind.k) },
    ...{ aic: 2 * free - 2 * comparable, bic: free * Math.log(customers) - 2 * comparable },
    isFound: best.isFound && isSharp(smooth, best.point),
  };
}

const clampedExp = (ln: number): number => Math.exp(Math.min(LN_MAX, Math.max(LN_MIN, ln)));
const meanOf = (groups: readonly Group[], of: (group: Group) => number): number =>
  groups.reduce((sum, group) => sum + group.customers * of(group), 0) / groups.reduce((sum, { customers }) => sum + customers, 0);

/** The mean over customers, so that the tolerance means the same for ten as for ten million. */
const meanLikelihood =
  (kind: Kind, groups: readonly Group[], customers: number): Smooth =>
  (point) => {
    const [r = 0, alpha = 0, a = 0, b = 0] = point.map(clampedExp);
    const { value, gradient } = likelihood({ r, alpha, a, b }, kind, groups);
    // Flat beyond the walls: there is nothing further to be found.
    return { value: -value / customers, gradient: gradient.map((slope, index) => (isInside(point[index] ?? 0) ? -slope / customers : 0)) };
  };
/** Per customer; where less depends on a parameter, its value is chance. */
const BEND_MIN = 1e-7;
const isSharp = (smooth: Smooth, point: readonly number[]): boolean =>
  point.every(isInside) && secondDerivatives(smooth, point).every((row, index) => (row[index] ?? 0) > BEND_MIN);
const isInside = (ln: number): boolean => ln > LN_MIN && ln < LN_MAX;

export const K_MAX = 12;
type Histories = readonly (History & { readonly customers?: number })[];
/** What is known beside of how evenly customers buy: ln of its likelihood for a k. */
type LikelihoodOfK = (k: number) => number;
const nothing: LikelihoodOfK = () => 0;

/** Where the search for the next k begins: with the same pace, and off the walls, where there is no slope to follow. */
function after({ parameters: { r, alpha, a, b }, k }: PurchaseFit, groups: readonly Group[]): Parameters {
  const inside = Math.min(1, B_INSIDE / b);
  return { r: Math.min(r, R_INSIDE), alpha: ((alpha * k) / meanOf(groups, ({ T }) => T)) * Math.min(1, R_INSIDE / r), a: a * inside, b: b * inside };
}
const [R_INSIDE, B_INSIDE] = [1_000, 1_000];

/** k by likelihood: from 1 upwards until it has become worse twice in a row, as Platzer and Reutterer search it. */
export function fitRegularity(histories: Histories, beside: LikelihoodOfK = nothing): PurchaseFit {
  const groups = groupHistories(histories);
  const tried: PurchaseFit[] = [];
  for (let k = 1; k <= K_MAX; k += 1) {
    const before = tried.at(-1);
    tried.push(withBeside(fitGroups(groups, 'cnbdk', k, before === undefined ? STARTS : [after(before, groups)]), beside));
    const [older = -Infinity, old = -Infinity, now = -Infinity] = tried.slice(-3).map(({ comparable }) => comparable);
    if (tried.length > 2 && now < old && old < older) break;
  }
  return tried.reduce((best, fit) => (fit.comparable > best.comparable ? fit : best));
}

const withBeside = (fit: PurchaseFit, beside: LikelihoodOfK): PurchaseFit => {
  const more = beside(fit.k);
  return { ...fit, comparable: fit.comparable + more, aic: fit.aic - 2 * more, bic: fit.bic - 2 * more };
};

/** All three, the one with the least BIC first: one more thing to choose has to earn its place. */
export const fitAll = (histories: Histories, beside: LikelihoodOfK = nothing): PurchaseFit[] =>
  [withBeside(fitPurchases(histories, 'bgnbd'), beside), withBeside(fitPurchases(histories, 'mbgnbd'), beside), fitRegularity(histories, beside)].sort(
    (a, b) => a.bic - b.bic,
  );
