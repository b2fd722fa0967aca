/** Shares of few or many, what lies between two of them, and how sure that is. */

/** 97.5 % of the normal distribution: intervals of 95 %. */
export const Z = 1.959964;
/** 80 % of it: how often a difference that is there shall be seen. */
const Z_POWER = 0.841621;

export interface Interval {
  readonly value: number;
  /** Of 95 %. `high` of a ratio may be infinite. */
  readonly low: number;
  readonly high: number;
}
/** `having` of `of`, both whole and 0 or more, `having` not above `of`. */
export interface Share {
  readonly having: number;
  readonly of: number;
}

/** Wilson 1927: the interval of a share, which holds for few and for extreme ones. @param share with `of` above 0 */
export function wilson({ having, of }: Share): Interval {
  const value = having / of;
  const middle = (value + Z ** 2 / (2 * of)) / (1 + Z ** 2 / of);
  const half = (Z / (1 + Z ** 2 / of)) * Math.sqrt((value * (1 - value)) / of + Z ** 2 / (4 * of ** 2));
  return { value, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** The one less the other, −1…1: Newcombe 1998, method 10. @param one, other each with `of` above 0 */
export function difference(one: Share, other: Share): Interval {
  const [a, b] = [wilson(one), wilson(other)];
  const value = a.value - b.value;
  return { value, low: value - Math.hypot(a.value - a.low, b.high - b.value), high: value + Math.hypot(a.high - a.value, b.value - b.low) };
}

/** The same asked twice of each: who said yes to both, only to the one, only to the other, to neither. Whole, 0 or more, not all 0. */
export interface Pairs {
  readonly both: number;
  readonly onlyOne: number;
  readonly onlyOther: number;
  readonly neither: number;
}

/**
 * The one less the other of the same people, −1…1: Newcombe 1998, method 10 for paired data. Who answers alike both times says nothing of the difference,
 * and makes it the surer: by φ, corrected for continuity.
 */
export function pairedDifference({ both, onlyOne, onlyOther, neither }: Pairs): Interval {
  const of = both + onlyOne + onlyOther + neither;
  const [a, b] = [wilson({ having: both + onlyOne, of }), wilson({ having: both + onlyOther, of })];
  const margins = (both + onlyOne) * (onlyOther + neither) * (both + onlyOther) * (onlyOne + neither);
  const alike = both * neither - onlyOne * onlyOther;
  const phi = margins === 0 ? 0 : (alike < 0 ? alike : Math.max(0, alike - of / 2)) / Math.sqrt(margins);
  const apart = (below: number, above: number): number => Math.sqrt(Math.max(0, below ** 2 - 2 * phi * below * above + above ** 2));
  const value = (onlyOne - onlyOther) / of;
  return { value, low: value - apart(a.value - a.low, b.high - b.value), high: value + apart(a.high - a.value, b.value - b.low) };
}

/**
 * The one by the other: Donner and Zou 2012 (MOVER-R) on the same two Wilson intervals, so that it says the same as the difference: 1 is inside where 0 is.
 * Undefined where the other is 0.
 */
export function ratio(one: Share, other: Share): Interval | undefined {
  const [a, b] = [wilson(one), wilson(other)];
  if (b.value === 0) return undefined;
  const both = a.value * b.value;
  // The lower limit in its conjugate form, which does not divide by 2b − high: that may be 0.
  const low = (a.low * (2 * a.value - a.low)) / (both + Math.sqrt(Math.max(0, both ** 2 - a.low * b.high * (2 * a.value - a.low) * (2 * b.value - b.high))));
  const below = b.low * (2 * b.value - b.low);
  const high = below <= 0 ? Infinity : (both + Math.sqrt(Math.max(0, both ** 2 - a.high * b.low * (2 * a.value - a.high) * (2 * b.value - b.low)))) / below;
  return { value: a.value / b.value, low: both === 0 ? 0 : low, high };
}

/**
 * How many the second needs for the difference to be seen four times in five, at 5 %: Fleiss, Levin and Paik 2003, §4.3.
 * @param usual share of the second, 0–1
 * @param least difference that matters, above 0 and below 1; taken downwards where there is no room above
 * @param times how many of the first there are for one of the second, above 0
 */
export function neededOf(usual: number, least: number, times: number): number {
  const other = usual + least <= 1 ? usual + least : usual - least;
  const mean = (usual + times * other) / (1 + times);
  const byChance = Z * Math.sqrt((1 + 1 / times) * mean * (1 - mean));
  const bySize = Z_POWER * Math.sqrt(usual * (1 - usual) + (other * (1 - other)) / times);
  return Math.ceil((byChance + bySize) ** 2 / least ** 2);
}
