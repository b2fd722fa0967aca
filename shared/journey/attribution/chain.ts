/** A graph with its states numbered and its counts as probabilities, so that it can be walked thousands of times. */
import { channelsOfState, leftOf, type Graph } from './graph.ts';

/** Edges of state i stand from `first[i]` up to `first[i + 1]`. */
export interface Chain {
  readonly states: readonly string[];
  /** Channels of each state. */
  readonly channels: readonly ReadonlySet<string>[];
  readonly first: Int32Array;
  readonly to: Int32Array;
  readonly probability: Float64Array;
  /** Of going from the start to each state. */
  readonly entered: Float64Array;
  /** Of converting right after each state, and what is earned there on the average. */
  readonly converts: Float64Array;
  readonly earns: Float64Array;
}

/** States by their letters, so that sums of floats do not depend on the order of the rows. */
export function chainOf({ start, states: named }: Graph): Chain {
  const sorted = [...named].sort(([a], [b]) => (a < b ? -1 : 1));
  const numbers = new Map(sorted.map(([state], index) => [state, index]));
  const numbered = (counts: ReadonlyMap<string, number>): [number, number][] =>
    [...counts].map(([state, many]): [number, number] => [numbers.get(state) ?? 0, many]).sort(([a], [b]) => a - b);
  const entries = numbered(start);
  const all = entries.reduce((sum, [, many]) => sum + many, 0);
  const entered = new Float64Array(sorted.length);
  for (const [state, many] of entries) entered[state] = many / all;
  const edges = sorted.map(([, leaving]) => ({ left: leftOf(leaving), next: numbered(leaving.next) }));
  const first = new Int32Array(sorted.length + 1);
  for (const [index, { next }] of edges.entries()) first[index + 1] = (first[index] ?? 0) + next.length;
  const part = (of: number, left: number): number => (left > 0 ? of / left : 0);
  return {
    states: sorted.map(([state]) => state),
    channels: sorted.map(([state]) => new Set(channelsOfState(state))),
    first,
    to: Int32Array.from(edges.flatMap(({ next }) => next.map(([state]) => state))),
    probability: Float64Array.from(edges.flatMap(({ left, next }) => next.map(([, many]) => part(many, left)))),
    entered,
    converts: Float64Array.from(sorted.map(([, { conversions }], index) => part(conversions, edges[index]?.left ?? 0))),
    earns: Float64Array.from(sorted.map(([, { value }], index) => part(value, edges[index]?.left ?? 0))),
  };
}
