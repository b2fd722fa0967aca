/**
 * The journeys as a chain of order k (Anderl, Becker, von Wangenheim & Schumann, Mapping the customer journey, 2016): its states are sliding windows
 * of k touches, and a path shorter than k is one state. A state that follows itself is left out. How often one followed another is all that is
 * kept: graphs can be added up, and taken away from each other, in any order.
 */
import { SEPARATOR, type TouchPath } from './path.ts';

export const orders = [1, 2, 3, 4] as const;
export type Order = (typeof orders)[number];

/** Of one state, or of the start. */
export interface Leaving {
  /** State → how often it came next. */
  readonly next: Map<string, number>;
  conversions: number;
  /** What these were worth together. */
  value: number;
  nulls: number;
}
export interface Graph {
  readonly order: Order;
  readonly start: Map<string, number>;
  readonly states: Map<string, Leaving>;
}
export const newGraph = (order: Order): Graph => ({ order, start: new Map(), states: new Map() });

/** The states that a path goes through, in their order. No channel has the separator in its name, so that two windows never look alike. */
export function statesOf(steps: readonly string[], order: Order): string[] {
  const states: string[] = [];
  for (let from = 0; from === 0 || from + order <= steps.length; from += 1) {
    const state = steps.slice(from, from + order).join(SEPARATOR);
    if (state !== states.at(-1)) states.push(state);
  }
  return states;
}
export const channelsOfState = (state: string): string[] => state.split(SEPARATOR);

export function addPath(graph: Graph, { steps, conversions, value, nulls }: TouchPath): void {
  const many = conversions + nulls;
  let before: Leaving | undefined;
  for (const state of many === 0 ? [] : statesOf(steps, graph.order)) {
    addTo(before?.next ?? graph.start, state, many);
    before = leavingOf(graph, state);
  }
  if (before === undefined) return;
  before.conversions += conversions;
  before.value += value;
  before.nulls += nulls;
}

export const addTo = (counts: Map<string, number>, name: string, many: number): void => {
  counts.set(name, (counts.get(name) ?? 0) + many);
};
export function leavingOf({ states }: Graph, state: string): Leaving {
  const known = states.get(state) ?? { next: new Map<string, number>(), conversions: 0, value: 0, nulls: 0 };
  states.set(state, known);
  return known;
}

export function graphOf(paths: readonly TouchPath[], order: Order): Graph {
  const graph = newGraph(order);
  for (const path of paths) addPath(graph, path);
  return graph;
}

/** How often the state was left, whereto ever. */
export const leftOf = ({ next, conversions, nulls }: Leaving): number => conversions + nulls + [...next.values()].reduce((sum, many) => sum + many, 0);
