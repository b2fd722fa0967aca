/**
 * A figure over time with the band in which it is expected, from the days before: median ± k × 1.4826 × MAD, which outliers do not widen
 * (Iglewicz & Hoaglin 1993, “How to Detect and Handle Outliers”, k = 3.5). Where half of the days are alike the MAD is 0, and 1.2533 × the mean
 * absolute deviation from the median takes its place, as they propose.
 */
import { z } from 'zod';

export const trendSettingsSchema = z.strictObject({
  /** Days before that make the band. */
  windowDays: z.int().min(7).max(120),
  /** With fewer known days there is no band. */
  knownMin: z.int().min(5).max(60),
  k: z.number().min(1).max(10),
});
export type TrendSettings = z.infer<typeof trendSettingsSchema>;
export const shippedTrend: TrendSettings = { windowDays: 28, knownMin: 7, k: 3.5 };

export interface TrendDay {
  readonly day: string;
  /** Absent: nothing was measured; that is no 0 and breaks nothing. */
  readonly value?: number;
}
export interface TrendPoint extends TrendDay {
  readonly low?: number;
  readonly high?: number;
  readonly breaks?: 'above' | 'below';
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
};

/** The days in their order, whatever order they are given in; of two of one day the last given counts. */
export function trend(days: readonly TrendDay[], { windowDays, knownMin, k }: TrendSettings = shippedTrend): TrendPoint[] {
  const sorted = [...new Map(days.map((one) => [one.day, one])).values()].sort((a, b) => (a.day < b.day ? -1 : 1));
  return sorted.map((one) => {
    const from = new Date(Date.parse(one.day) - windowDays * 86_400_000).toISOString().slice(0, 10);
    const known = sorted.flatMap(({ day, value }) => (day >= from && day < one.day && value !== undefined ? [value] : []));
    if (known.length < knownMin) return one;
    const middle = median(known);
    const away = known.map((value) => Math.abs(value - middle));
    const spread = 1.4826 * median(away) || (1.2533 * away.reduce((sum, each) => sum + each, 0)) / away.length;
    const [low, high] = [middle - k * spread, middle + k * spread];
    const breaks = one.value === undefined ? undefined : one.value > high ? 'above' : one.value < low ? 'below' : undefined;
    return { ...one, low, high, ...(breaks && { breaks }) };
  });
}

/** Every day that left its band: what an alert says. */
export const breaksIn = (points: readonly TrendPoint[]): TrendPoint[] => points.filter(({ breaks }) => breaks !== undefined);
