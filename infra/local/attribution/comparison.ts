/** All models beside each other, and what else the paths say. */
import { attribute, modelNames, type Attribution } from '../../../shared/journey/attribution/attribution.ts';
import { chainOf } from '../../../shared/journey/attribution/chain.ts';
import { disagreementsOf, type Disagreement } from '../../../shared/journey/attribution/compare.ts';
import { graphOf, orders, type Order } from '../../../shared/journey/attribution/graph.ts';
import { intervalsOf, type Interval } from '../../../shared/journey/attribution/intervals.ts';
import { bestOf, fitOf, type OrderFit } from '../../../shared/journey/attribution/order-fit.ts';
import { withoutNulls, type TouchPath } from '../../../shared/journey/attribution/path.ts';
import { jointRemovals, leadsOf, type Lead, type Pair } from '../../../shared/journey/attribution/spill-over.ts';
import { randomFrom } from '../backtest/random.ts';
import type { Options } from './options.ts';

export interface Comparison {
  readonly models: readonly Attribution[];
  readonly disagreements: readonly Disagreement[];
  readonly suggestedOrder: Order;
  readonly orders: readonly OrderFit[];
  /** Of `markov`; none with `--draws 0`. */
  readonly intervals: readonly Interval[];
  readonly together: readonly Pair[];
  readonly leads: readonly Lead[];
}

export function comparisonOf(paths: readonly TouchPath[], { order: asked, withNulls, 'half-life': halfLife, draws, seed }: Options): Comparison {
  const counted = withNulls ? paths : withoutNulls(paths);
  const fits = orders.map((order) => fitOf(graphOf(counted, order)));
  const suggestedOrder = bestOf(fits);
  const order = asked ?? 1;
  const models = modelNames.map((model) => attribute(counted, { model, order, halfLife }));
  const first = graphOf(counted, 1);
  return {
    ...{ models, disagreements: disagreementsOf(models), suggestedOrder, orders: fits },
    intervals: draws === 0 ? [] : intervalsOf(counted, { model: 'markov', order }, draws, randomFrom('attribution', seed)),
    ...{ together: jointRemovals(chainOf(first)), leads: leadsOf(first) },
  };
}
