/** A way to say what the coming days will use. */
import type { HeatSeries } from './heat-series.ts';

/** Kilowatt-hours over the coming days; the interval holds the outcome four times out of five. */
export interface Ahead {
  readonly mean: number;
  readonly low?: number;
  readonly high?: number;
  /** Whether the temperature outside had a say; absent where nobody told it. */
  readonly isHeard?: boolean;
}

/** Follows a house from its first day: `ahead` is asked before the day is lived, and knows nothing of it. */
export interface Follower {
  /** @param index of the first of the coming days */
  ahead(index: number, days: number): Ahead | undefined;
  live(index: number): void;
}

export interface HeatMethod {
  readonly name: string;
  readonly kind: 'ours' | 'other' | 'oracle';
  follow(series: HeatSeries): Follower;
}
