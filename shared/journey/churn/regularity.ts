/** How evenly customers buy: 1 at random, more the more evenly. */
import { lnGamma } from './ln-gamma.ts';

/**
 * Wheat and Morrison (1990, Journal of Marketing Research 27(1)): the last of two times between purchases over both of them is Beta(k, k) for whatever
 * rate a customer has. @param customers the moments of each customer's purchases, rising
 * @returns undefined where fewer than two customers bought three times, or all alike
 */
export function regularityOf(customers: readonly (readonly number[])[]): number | undefined {
  const shares = customers.flatMap((moments) => {
    const [first, middle, last] = moments.slice(-3);
    return first === undefined || middle === undefined || last === undefined ? [] : [(last - middle) / (last - first)];
  });
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (shares.length - 1);
  return shares.length > 1 && variance > 0 ? (1 - 4 * variance) / (8 * variance) : undefined;
}

/** All that the likelihood of k asks of shares s that are Beta(k, k): Σ ln(s(1 − s)) of so many households. */
export interface Evenness {
  readonly households: number;
  readonly lnShares: number;
}
/** ln of how likely these shares are if every purchase is the k-th of a process at random. @param k from 1 */
export const likelihoodOfShares = ({ households, lnShares }: Evenness, k: number): number =>
  households * (lnGamma(2 * k) - 2 * lnGamma(k)) + (k - 1) * lnShares;
