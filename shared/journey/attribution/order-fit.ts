/**
 * How far back one has to look: each order foretells from the last state of a journey whether it converts. A longer memory foretells better what it has seen;
 * what it has to remember is set against that (Schwarz, Estimating the dimension of a model, 1978). It reads nothing but the graphs, so that it can be
 * asked of counters as well as of paths.
 */
import type { Graph, Order } from './graph.ts';

export interface OrderFit {
  readonly order: Order;
  /** States in which journeys end: for each of them one probability is remembered. */
  readonly ends: number;
  readonly logLikelihood: number;
  /** The smaller the better. */
  readonly bic: number;
}

export function fitOf({ order, states }: Graph): OrderFit {
  let [ends, journeys, logLikelihood] = [0, 0, 0];
  for (const { conversions, nulls } of states.values()) {
    const ended = conversions + nulls;
    if (ended === 0) continue;
    ends += 1;
    journeys += ended;
    logLikelihood += timesLog(conversions, ended) + timesLog(nulls, ended);
  }
  return { order, ends, logLikelihood, bic: ends * Math.log(Math.max(1, journeys)) - 2 * logLikelihood };
}
const timesLog = (many: number, of: number): number => (many > 0 ? many * Math.log(many / of) : 0);

/** Of equals the shortest memory. @param fits at least one */
export const bestOf = (fits: readonly OrderFit[]): Order =>
  fits.reduce((best, fit) => (fit.bic < best.bic || (fit.bic === best.bic && fit.order < best.order) ? fit : best)).order;
