/**
 * Households counted by how they bought, so that a model can be fitted to all of them from a thousand or two counters. Times are put into bins that grow by
 * three tenths: what that costs the parameters is measured in the tests. Purchases are exact up to eight.
 */
import type { Counters } from '../tally/batch.ts';
import type { Buying } from './buying.ts';
import type { Group } from './purchases.ts';
import type { Evenness } from './regularity.ts';
import type { Spent } from './spend.ts';

const GROWTH = Math.log(1.3);
const EXACT_MAX = 8;
/** A day is the finest. */
const WEEKS_MIN = 1 / 7;
const BUYS = 'now|buys';
const WORTH = 'now|worth';

const binOfWeeks = (weeks: number): number => Math.max(0, Math.round(Math.log(Math.max(WEEKS_MIN, weeks) / WEEKS_MIN) / GROWTH));
const weeksOfBin = (bin: number): number => WEEKS_MIN * Math.exp(GROWTH * bin);
const binOfPurchases = (x: number): number => (x <= EXACT_MAX ? x : EXACT_MAX + Math.round(Math.log(x / EXACT_MAX) / GROWTH));
const purchasesOfBin = (bin: number): number => (bin <= EXACT_MAX ? bin : Math.round(EXACT_MAX * Math.exp(GROWTH * (bin - EXACT_MAX))));
const binOfMinor = (minor: number): number => Math.round(Math.log(minor) / GROWTH);
const minorOfBin = (bin: number): number => Math.exp(GROWTH * bin);

const EVEN = 'now|even';
const THOUSAND = 1_000;

/** When it last bought, by the shorter of two times: since the beginning (`b`) or until now (`n`). The longer one would lose it in its bin. */
const lastOf = (tx: number, T: number): string => (tx < T / 2 ? `b${binOfWeeks(tx)}` : `n${binOfWeeks(T - tx)}`);
function lastIn(name: string, T: number): number {
  const weeks = weeksOfBin(Number(name.slice(1)));
  return name.startsWith('b') ? Math.min(T, weeks) : Math.max(T / 2, T - weeks);
}

/** What a household adds to the counters. */
export function binsOf({ x, tx, T, meanMinor, lastShare }: Buying): Counters {
  return {
    [`${BUYS}|${binOfPurchases(x)}|${binOfWeeks(T)}|${x === 0 ? '-' : lastOf(tx, T)}`]: 1,
    ...(meanMinor > 0 && x > 0 && { [`${WORTH}|${binOfPurchases(x)}|${binOfMinor(meanMinor)}`]: 1 }),
    ...(lastShare !== undefined && { [`${EVEN}|of`]: 1, [`${EVEN}|ln`]: Math.round(-THOUSAND * Math.log(lastShare * (1 - lastShare))) }),
  };
}

export interface Bins {
  readonly histories: readonly Group[];
  readonly spent: readonly Spent[];
  /** Of so many households the shares of the later of two times between purchases, s: Σ ln(s(1 − s)). */
  readonly even: Evenness;
}

export function binsIn(counters: Counters): Bins {
  const named = (kind: string): { parts: string[]; many: number }[] =>
    Object.entries(counters).flatMap(([name, many]) =>
      name.startsWith(`${kind}|`) && many > 0 ? [{ parts: name.slice(kind.length + 1).split('|'), many }] : [],
    );
  return {
    histories: named(BUYS).map(({ parts: [ofX = '', ofT = '', last = ''], many }) => {
      const [x, T] = [purchasesOfBin(Number(ofX)), weeksOfBin(Number(ofT))];
      return { x, T, tx: x === 0 ? 0 : lastIn(last, T), customers: many };
    }),
    spent: named(WORTH).map(({ parts: [ofX, ofMinor], many }) => ({ x: purchasesOfBin(Number(ofX)), mean: minorOfBin(Number(ofMinor)), customers: many })),
    even: { households: counters[`${EVEN}|of`] ?? 0, lnShares: -(counters[`${EVEN}|ln`] ?? 0) / THOUSAND },
  };
}
