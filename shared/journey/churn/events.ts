/** Purchases as they came → a history for each customer. */
import type { History } from './purchases.ts';

export interface Purchase {
  readonly customer: string;
  /** Days since any one day. */
  readonly day: number;
  /** Of what was bought. */
  readonly amount?: number;
}
export interface Customer extends History {
  readonly customer: string;
  /** Moments of purchases in the unit of the history, rising, the first one included. */
  readonly moments: readonly number[];
  /** What a purchase after the first was worth in the mean; absent without amounts, or where there was none. */
  readonly meanAmount?: number;
}

/**
 * Purchases of one day are one, with their amounts added up; the first is the beginning and is counted neither in `x` nor in the mean. Times are exact,
 * not rounded to whole units. @param end the last day that was seen; what came later is left out @param unitDays 1 for days, 7 for weeks
 */
export function historiesOf(purchases: readonly Purchase[], end: number, unitDays: number): Customer[] {
  const days = new Map<string, Map<number, number | undefined>>();
  for (const { customer, day, amount } of purchases) {
    if (day > end) continue;
    const own = days.get(customer) ?? new Map<number, number | undefined>();
    days.set(customer, own);
    const before = own.get(day);
    own.set(day, amount === undefined ? before : (before ?? 0) + amount);
  }
  return [...days].map(([customer, own]) => {
    const sorted = [...own].sort(([a], [b]) => a - b);
    const first = sorted[0]?.[0] ?? end;
    const moments = sorted.map(([day]) => (day - first) / unitDays);
    const later = sorted.slice(1).flatMap(([, amount]) => (amount === undefined ? [] : [amount]));
    const logGaps = moments.slice(1).reduce((sum, moment, index) => sum + Math.log(moment - (moments[index] ?? 0)), 0);
    return {
      ...{ customer, moments, logGaps, x: moments.length - 1, tx: moments.at(-1) ?? 0, T: (end - first) / unitDays },
      ...(later.length > 0 && later.length === sorted.length - 1 && { meanAmount: later.reduce((sum, amount) => sum + amount, 0) / later.length }),
    };
  });
}
