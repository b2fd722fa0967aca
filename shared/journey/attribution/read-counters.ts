/** Counters of a period → what the models ask for. The names are those of `contribution.ts`. */
import type { Counters } from '../tally/batch.ts';
import type { Credit } from './attribution.ts';
import { LAG_HOURS, PATHS_SUFFIX, suffixesOf, VALUE_PARTS, WHOLE } from './contribution.ts';
import { addTo, leavingOf, newGraph, type Graph, type Order } from './graph.ts';
import { SEPARATOR, type Totals } from './path.ts';
import type { Rule } from './shares.ts';

/** A fixed number for each month, however many journeys there were. @param months `YYYY-MM` */
export const bucketsOfAttribution = (months: readonly string[], order: Order): string[] =>
  months.flatMap((month) => [PATHS_SUFFIX, ...new Set([...suffixesOf(1), ...suffixesOf(order)])].map((suffix) => `${month}~${suffix}`));

export const isOfOrder = (bucket: string, order: Order): boolean => suffixesOf(order).some((suffix) => bucket.endsWith(`~${suffix}`));
export const isOfPaths = (bucket: string): boolean => bucket.endsWith(`~${PATHS_SUFFIX}`);

/** Value in minor units. */
export const totalsIn = (counters: Counters): Totals => ({
  conversions: counters['all|conversions'] ?? 0,
  value: counters['all|minor'] ?? 0,
  nulls: counters['all|nulls'] ?? 0,
});

export function creditsIn(counters: Counters, rule: Rule, channels: readonly string[]): Credit[] {
  return channels.map((channel) => ({
    channel,
    conversions: (counters[`${rule}|${channel}|parts`] ?? 0) / WHOLE,
    value: (counters[`${rule}|${channel}|value`] ?? 0) / VALUE_PARTS,
  }));
}

/** @param counters of the buckets of this order @param withNulls without: what belongs to paths that ended with nothing is left aside */
export function graphIn(counters: Counters, order: Order, withNulls = true): Graph {
  const graph = newGraph(order);
  for (const [counter, many] of Object.entries(counters)) {
    const isNull = counter.startsWith('-');
    if (isNull && !withNulls) continue;
    const name = isNull ? counter.slice(1) : counter;
    const end = name.at(-1);
    const state = name.slice(0, -1);
    if (name.startsWith('^')) addTo(graph.start, name.slice(1), many);
    else if (end === '$') leavingOf(graph, state).conversions += many;
    else if (end === '!') leavingOf(graph, state).nulls += many;
    else if (end === '#') leavingOf(graph, state).value += many;
    else addTo(leavingOf(graph, name.slice(0, name.lastIndexOf(SEPARATOR))).next, name.slice(name.indexOf(SEPARATOR) + 1), many);
  }
  return graph;
}

export interface Lag {
  readonly channel: string;
  /** Touches that led to an order: within an hour, six, a day, three, seven, fourteen days, and later. */
  readonly many: readonly number[];
}
export const lagsIn = (counters: Counters, channels: readonly string[]): Lag[] =>
  channels
    .map((channel) => ({ channel, many: Array.from({ length: LAG_HOURS.length + 1 }, (_, lag) => counters[`lag|${channel}|${lag}`] ?? 0) }))
    .filter(({ many }) => many.some((one) => one > 0));

/** In which of those lags the middle one of so many lies. */
export function middleLag(many: readonly number[]): number | undefined {
  const half = many.reduce((sum, one) => sum + one, 0) / 2;
  let sum = 0;
  const found = many.findIndex((one) => (sum += one) >= half && half > 0);
  return found < 0 ? undefined : found;
}
