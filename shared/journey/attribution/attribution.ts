/** Which channel earned what: conversions and their value, divided over the channels that were touched before. */
import { chainOf } from './chain.ts';
import { graphOf, type Graph, type Order } from './graph.ts';
import { channelsOf, totalsOf, withoutNulls, type Totals, type TouchPath } from './path.ts';
import { removalsOf } from './removal.ts';
import { ruleNames, sharesOf, type Rule } from './shares.ts';

export const modelNames = [...ruleNames, 'markov'] as const;
export type Model = (typeof modelNames)[number];

export interface Credit {
  readonly channel: string;
  readonly conversions: number;
  readonly value: number;
  /** Of conversions, 0–1; by `markov` alone. */
  readonly removalEffect?: number;
}
export interface Attribution {
  readonly model: Model;
  /** Of the chain; null where there is none. */
  readonly order: Order | null;
  readonly totals: Totals;
  /** By their letters; those too that earned nothing. */
  readonly channels: readonly Credit[];
}

export interface Asked {
  readonly model: Model;
  /** Default 1. */
  readonly order?: Order;
  /** Without: paths that did not convert are left aside. */
  readonly withNulls?: boolean;
  /** In steps, for `decay`. */
  readonly halfLife?: number;
}

export function attribute(paths: readonly TouchPath[], { model, order = 1, withNulls = true, halfLife }: Asked): Attribution {
  const asked = withNulls ? paths : withoutNulls(paths);
  const totals = totalsOf(asked);
  const channels = channelsOf(asked);
  if (model === 'markov') return { model, order, totals, channels: creditsByRemoval(graphOf(asked, order), totals, channels) };
  return { model, order: null, totals, channels: creditsByRule(asked, model, channels, halfLife) };
}

function creditsByRule(paths: readonly TouchPath[], rule: Rule, channels: readonly string[], halfLife?: number): Credit[] {
  const sums = new Map(channels.map((channel) => [channel, { conversions: 0, value: 0 }]));
  for (const { steps, conversions, value } of paths) {
    if (conversions === 0) continue;
    for (const [channel, share] of sharesOf(rule, steps, undefined, halfLife)) {
      const sum = sums.get(channel);
      if (sum === undefined) continue;
      sum.conversions += share * conversions;
      sum.value += share * value;
    }
  }
  return [...sums].map(([channel, sum]) => ({ channel, ...sum }));
}

/**
 * Each channel's part of all removal effects together, of conversions for conversions and of value for value, as others do who publish
 * such figures (Altomare & Loris, ChannelAttribution for R).
 * @param channels all that are to be named; those that no journey touched earn nothing
 */
export function creditsByRemoval(graph: Graph, totals: Totals, channels: readonly string[]): Credit[] {
  const removals = new Map(removalsOf(chainOf(graph)).map((removal) => [removal.channel, removal]));
  const sum = (of: 'conversion' | 'value'): number => [...removals.values()].reduce((all, removal) => all + removal[of], 0);
  const [conversions, value] = [sum('conversion'), sum('value')];
  const part = (of: number, all: number): number => (all > 0 ? of / all : 0);
  return channels.map((channel) => {
    const removal = removals.get(channel) ?? { conversion: 0, value: 0 };
    return {
      channel,
      conversions: part(removal.conversion, conversions) * totals.conversions,
      value: part(removal.value, value) * totals.value,
      removalEffect: removal.conversion,
    };
  });
}
