/** What channels do for each other: what is lost without both of two, and where one leads next. */
import type { Chain } from './chain.ts';
import { leftOf, type Graph } from './graph.ts';
import { lostOf, outcomeWithout, removalsOf } from './removal.ts';

export interface Pair {
  readonly channel: string;
  readonly other: string;
  /** The part of conversions that is lost without both, 0–1. */
  readonly lost: number;
  /** Of it, what either alone would have lost as well: conversions that needed both. */
  readonly shared: number;
}
/** Each pair once, by their letters. */
export function jointRemovals(chain: Chain): Pair[] {
  const all = outcomeWithout(chain).conversion;
  const removals = removalsOf(chain);
  return removals.flatMap(({ channel, conversion }, index) =>
    removals.slice(index + 1).map((other): Pair => {
      const lost = lostOf(all, outcomeWithout(chain, [channel, other.channel]).conversion);
      return { channel, other: other.channel, lost, shared: Math.max(0, conversion + other.conversion - lost) };
    }),
  );
}

export interface Lead {
  readonly from: string;
  readonly to: string;
  readonly times: number;
  /** How many times as often as after a touch of any channel: above 1, the first leads to the second. */
  readonly lift: number;
}
/** @param graph of order 1, whose states are channels. A touch of the same channel follows none. */
export function leadsOf({ states }: Graph): Lead[] {
  const all = [...states.values()].reduce((sum, leaving) => sum + leftOf(leaving), 0);
  const arrived = new Map<string, number>();
  for (const { next } of states.values()) for (const [to, times] of next) arrived.set(to, (arrived.get(to) ?? 0) + times);
  return [...states]
    .flatMap(([from, leaving]) =>
      [...leaving.next].flatMap(([to, times]): Lead[] =>
        times === 0 ? [] : [{ from, to, times, lift: times / leftOf(leaving) / ((arrived.get(to) ?? times) / all) }],
      ),
    )
    .sort((a, b) => (`${a.from}>${a.to}` < `${b.from}>${b.to}` ? -1 : 1));
}
