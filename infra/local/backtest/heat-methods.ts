/** What a house will use in the coming days: ours, what is usually taken, and what the temperature outside adds. */
import type { HeatMethod } from './heat-follower.ts';
import { ours, oursToldOutside } from './heat-ours.ts';
import type { HeatSeries } from './heat-series.ts';

/** Undefined where a day of it is missing. */
export function sumOf(series: HeatSeries, from: number, days: number): number | undefined {
  const some = series.days.slice(Math.max(0, from), from + days);
  if (from < 0 || some.length < days) return undefined;
  return some.reduce<number | undefined>((sum, day) => (sum === undefined || day === undefined ? undefined : sum + day.kwh), 0);
}

const YEAR_DAYS = 365;
const baseline = (name: string, mean: (series: HeatSeries, index: number, days: number) => number | undefined): HeatMethod => ({
  name,
  kind: 'other',
  follow: (series) => ({
    ahead(index, days) {
      const sum = mean(series, index, days);
      return sum === undefined ? undefined : { mean: sum };
    },
    live: () => undefined,
  }),
});
const lastDays = (series: HeatSeries, index: number, days: number): number | undefined => sumOf(series, index - days, days);
const lastYear = (series: HeatSeries, index: number, days: number): number | undefined => sumOf(series, index - YEAR_DAYS, days);

export const BASELINES: readonly HeatMethod[] = [
  baseline('fixed annual rate', (series, index, days) => {
    const year = series.days.slice(Math.max(0, index - YEAR_DAYS), index).flatMap((day) => (day ? [day.kwh] : []));
    return year.length === 0 ? undefined : (year.reduce((sum, kwh) => sum + kwh, 0) / year.length) * days;
  }),
  baseline('last days as many', lastDays),
  baseline('same days last year', lastYear),
  baseline('mean of these two', (series, index, days) => {
    const [last, before] = [lastDays(series, index, days), lastYear(series, index, days)];
    return last === undefined || before === undefined ? undefined : (last + before) / 2;
  }),
];

/** With the temperature only where there is one. */
export function methodsFor(series: HeatSeries): readonly HeatMethod[] {
  const hasWeather = series.days.some((day) => day?.celsius !== undefined);
  return [...BASELINES, ours, ...(hasWeather ? oursToldOutside : [])];
}
