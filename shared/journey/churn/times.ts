/** The part of the likelihood that no parameter meets, and k alone decides: how the purchases lie between the first and the last. */
import { lnGamma } from './ln-gamma.ts';
import type { Group } from './purchases.ts';

const lnFactorial = (n: number): number => lnGamma(n + 1);

/** Whether every customer who came back says how evenly. */
export const tellGaps = (groups: readonly Group[]): boolean => groups.every(({ x, logGaps }) => x === 0 || logGaps !== undefined);

/** As Platzer and Reutterer have it: (k − 1) Σ ln of the times between purchases − x ln (k − 1)!; 0 for k = 1. Where no times are known that sum is 0. */
export const densityOfTimes = (groups: readonly Group[], k: number): number =>
  k === 1 ? 0 : groups.reduce((sum, { x, logGaps = 0, customers }) => sum + customers * ((k - 1) * logGaps - x * lnFactorial(k - 1)), 0);

/**
 * The same where only the last moment is known: times between are integrated out, so that x times of Erlang-k come to one of Erlang-kx. Only this makes
 * different k comparable without `logGaps`. The term (kx − 1) ln tx stands for the first factor, ln (kx − 1)! for the second.
 */
export const densityOfLast = (groups: readonly Group[], k: number): number =>
  groups.reduce((sum, { x, tx, customers }) => sum + (x === 0 || tx === 0 ? 0 : customers * ((k * x - 1) * Math.log(tx) - lnGamma(k * x))), 0);
