/**
 * The approximation that BTYDplus prints for k > 1 (Platzer, mbgcnbd.ConditionalExpectedTransactions): as if purchases came at random at the same pace, and
 * for a hundred customers or more scaled to what all of them together are expected to buy. It is here to compare with; `expected.ts` is exact.
 */
import { expectedIfAlive, expectedOfNew } from './expected.ts';
import { probabilityAlive, type Kind, type Parameters } from './purchase-model.ts';
import type { History } from './purchases.ts';

const COHORT_MIN = 100;

/** Within `t`, one number for each history. */
export function approximatedPurchases(parameters: Parameters, kind: Kind, histories: readonly History[], t: number): number[] {
  const atRandom = { ...kind, k: 1 };
  const slower = { ...parameters, alpha: parameters.alpha * kind.k };
  const each = histories.map((history) => probabilityAlive(parameters, kind, history) * expectedIfAlive(slower, atRandom, history, t));
  if (kind.k === 1 || histories.length < COHORT_MIN) return each;
  const ofNew = new Map<number, number>();
  const cumulative = (age: number): number => {
    const known = ofNew.get(age) ?? expectedOfNew(parameters, kind, age);
    ofNew.set(age, known);
    return known;
  };
  const together = histories.reduce((sum, { T }) => sum + cumulative(T + t) - cumulative(T), 0);
  const scale = together / each.reduce((sum, one) => sum + one, 0);
  return each.map((one) => one * scale);
}
