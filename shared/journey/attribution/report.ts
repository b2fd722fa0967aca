/** What the counters of a period say of channels: it costs the number of channels, however many journeys there were. */
import { mergeCounters, type Counters } from '../tally/batch.ts';
import { creditsByRemoval, type Attribution } from './attribution.ts';
import { chainOf } from './chain.ts';
import { disagreementsOf, type Disagreement } from './compare.ts';
import { WHOLE } from './contribution.ts';
import { leftOf, orders, type Graph, type Order } from './graph.ts';
import { monthsOf } from './late.ts';
import { bestOf, fitOf, type OrderFit } from './order-fit.ts';
import { bucketsOfAttribution, creditsIn, graphIn, isOfOrder, isOfPaths, lagsIn, totalsIn, type Lag } from './read-counters.ts';
import { ruleNames } from './shares.ts';
import { jointRemovals, leadsOf, type Lead, type Pair } from './spill-over.ts';

export interface AskedOfCounters {
  /** `YYYY-MM`, both included: paths are counted by the month in which they ended. */
  readonly from: string;
  readonly to: string;
  /** Absent: as many touches as foretell best, for which all orders have to be read. */
  readonly order?: Order | undefined;
  readonly withNulls: boolean;
}
export interface AutomationDividend {
  /** Orders by a mandate, that nobody had to think of; minor units. */
  readonly orders: number;
  readonly valueMinor: number;
  readonly mandates: number;
  /** Half of it to what led to mandates, by what led to those of the period; half to what starts the cycles. The dearest first. */
  readonly created: readonly { readonly channel: string; readonly orders: number; readonly valueMinor: number }[];
  readonly cycles: readonly { readonly channel: string; readonly orders: number; readonly valueMinor: number }[];
}
export interface AttributionReport {
  readonly from: string;
  readonly to: string;
  readonly withNulls: boolean;
  /** How well each order foretells; empty where one was asked for. */
  readonly orders: readonly OrderFit[];
  /** First, last, linear, position, decay, Shapley and the chain; value in minor units. */
  readonly models: readonly Attribution[];
  readonly disagreements: readonly Disagreement[];
  readonly together: readonly Pair[];
  readonly leads: readonly Lead[];
  readonly lags: readonly Lag[];
  readonly automation: AutomationDividend;
}

/** All that a report reads: a fixed number for each month of the period. */
export const bucketsToRead = ({ from, to, order }: Pick<AskedOfCounters, 'from' | 'to' | 'order'>): string[] => {
  const months = monthsOf({ from: `${from}-01`, to: `${to}-28` });
  return [...new Set((order === undefined ? orders : [order]).flatMap((one) => bucketsOfAttribution(months, one)))];
};

/** @param buckets those of `bucketsToRead`; one that is absent is empty */
export function attributionIn(buckets: Readonly<Record<string, Counters>>, asked: AskedOfCounters): AttributionReport {
  const { from, to, withNulls } = asked;
  const together = (isWanted: (bucket: string) => boolean): Counters =>
    mergeCounters(Object.entries(buckets).flatMap(([bucket, counters]) => (isWanted(bucket) ? [counters] : [])));
  const counters = together(isOfPaths);
  const graphIs = (order: Order): Graph =>
    graphIn(
      together((bucket) => isOfOrder(bucket, order)),
      order,
      withNulls,
    );
  const first = graphIs(1);
  const fits = asked.order === undefined ? orders.map((one) => fitOf(graphIs(one))) : [];
  const order = asked.order ?? bestOf(fits);
  const all = totalsIn(counters);
  const totals = withNulls ? all : { ...all, nulls: 0 };
  const channels = [...first.states].flatMap(([channel, leaving]) => (leftOf(leaving) > 0 ? [channel] : [])).sort();
  const models: Attribution[] = [
    ...ruleNames.map((model): Attribution => ({ model, order: null, totals, channels: creditsIn(counters, model, channels) })),
    { model: 'markov', order, totals, channels: creditsByRemoval(order === 1 ? first : graphIs(order), totals, channels) },
  ];
  return {
    ...{ from, to, withNulls, orders: fits, models, disagreements: disagreementsOf(models) },
    ...{ together: jointRemovals(chainOf(first)), leads: leadsOf(first), lags: lagsIn(counters, channels), automation: dividendIn(counters) },
  };
}

/** Neither would be without the other, so neither has it alone. */
const TO_CREATION = 0.5;

function dividendIn(counters: Counters): AutomationDividend {
  const [many, minor] = [counters['automatic|many'] ?? 0, counters['automatic|minor'] ?? 0];
  const named = (kind: string) => Object.keys(counters).flatMap((name) => (name.startsWith(`${kind}|`) ? [name.split('|')[1] ?? ''] : []));
  const parts = [...new Set(named('granted'))].map((channel) => ({ channel, part: (counters[`granted|${channel}`] ?? 0) / WHOLE }));
  const mandates = counters['grant|many'] ?? 0;
  const created = parts.map(({ channel, part }) => ({
    channel,
    orders: (TO_CREATION * many * part) / mandates,
    valueMinor: (TO_CREATION * minor * part) / mandates,
  }));
  // Where nobody granted one in the period, all of it is the cycles'.
  const toCycles = mandates > 0 ? 1 - TO_CREATION : 1;
  const cycles = [...new Set(named('cycle'))].map((channel) => ({
    channel,
    orders: toCycles * (counters[`cycle|${channel}|many`] ?? 0),
    valueMinor: toCycles * (counters[`cycle|${channel}|minor`] ?? 0),
  }));
  const dearest = <One extends { readonly channel: string; readonly orders: number }>(of: readonly One[]): One[] =>
    [...of].sort((a, b) => b.orders - a.orders || (a.channel < b.channel ? -1 : 1));
  return { orders: many, valueMinor: minor, mandates, created: dearest(created), cycles: dearest(cycles) };
}
