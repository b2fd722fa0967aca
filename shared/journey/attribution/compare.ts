/** The same journeys through several models: where they disagree, nobody should move money on the word of one. */
import type { Attribution, Credit } from './attribution.ts';

export interface Disagreement {
  readonly channel: string;
  /** Shares of all conversions, 0–1: the least and the most that any model gives. */
  readonly least: number;
  readonly most: number;
}
/** The most disputed first. */
export function disagreementsOf(attributions: readonly Attribution[]): Disagreement[] {
  const shares = new Map<string, number[]>();
  for (const { totals, channels } of attributions)
    for (const { channel, conversions } of channels)
      shares.set(channel, [...(shares.get(channel) ?? []), totals.conversions > 0 ? conversions / totals.conversions : 0]);
  return [...shares]
    .map(([channel, of]) => ({ channel, least: Math.min(...of), most: Math.max(...of) }))
    .sort((a, b) => b.most - b.least - (a.most - a.least) || (a.channel < b.channel ? -1 : 1));
}

export const byCredit = (channels: readonly Credit[]): Credit[] =>
  [...channels].sort((a, b) => b.conversions - a.conversions || (a.channel < b.channel ? -1 : 1));
