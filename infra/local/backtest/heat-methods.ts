/** What a house will use in the coming days: ours, what is usually taken, and what a thermometer would add. */
import { readingSchema } from '../../../shared/device/telemetry.ts';
import { demandQuantile } from '../../../shared/supply/forecast/forecast.ts';
import { forecastOf } from '../../../shared/supply/forecast/forecast-of.ts';
import { expectedNeed } from '../../../shared/supply/heat/heat-forecast.ts';
import { newSupply, supplyConfigSchema } from '../../../shared/supply/new-supply.ts';
import { observe } from '../../../shared/supply/observe.ts';
import { addDuration, duration, instantOf, type Instant } from '../../../shared/values.ts';
import type { HeatMethod } from './heat-follower.ts';
import type { HeatSeries } from './heat-series.ts';
import { weatherMethod } from './heat-weather.ts';

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

/** 10 kWh a litre of heating oil, in millilitres. */
const ML_PER_KWH = 100;
const TANK_ML = 5_000_000;
const at = (series: HeatSeries, index: number): Instant => instantOf((series.firstDay + index) * duration(1, 'days'));

/** What somebody would say on the first evening of the first week that is in the file. */
function firstGuess(series: HeatSeries): number {
  const known = series.days.flatMap((day) => (day ? [day.kwh] : [])).slice(0, 7);
  return Math.max(1, (known.reduce((sum, kwh) => sum + kwh, 0) / Math.max(1, known.length)) * ML_PER_KWH);
}

/** The supply of the pipeline itself, told once a day by a burner that counts its oil; somebody fills the tank when a fifth is left. */
export const ours: HeatMethod = {
  name: 'ours',
  kind: 'ours',
  follow(series) {
    const config = supplyConfigSchema.parse({
      ...{ supplyId: 'sup_oil', householdId: 'hh_backtest', thing: 'burner', slot: 'tank', name: 'heating oil', productLine: 'heating', unit: 'ml' },
      products: [{ gtin: '4006381333931', pack: { amount: 100_000, unit: 'ml' } }],
      settings: { serviceLevel: 0.99, coverDays: 60, capacity: TANK_ML, packsMax: 50, neverBuy: true },
      ...{ perDay: firstGuess(series), portion: 1_000, leadTime: { meanDays: 7, sdDays: 2 } },
    });
    let supply = newSupply(config, at(series, 0), 'heating');
    let [seq, level, usage] = [0, TANK_ML, 0];
    const say = (index: number): void => {
      const sampledAt = at(series, index);
      seq += 1;
      const reading = readingSchema.parse({ bootId: 1, seq, sampledAt, slot: 'tank', level: { amount: level, unit: 'ml' }, uncertainty: 0, usage });
      supply = observe(supply, [reading], sampledAt).supply;
    };
    say(0);
    return {
      ahead(index, days) {
        const now = at(series, index);
        if (!supply.heat) return undefined;
        const forecast = forecastOf(supply, now);
        const quantile = (probability: number): number => demandQuantile(forecast, days, probability) / ML_PER_KWH;
        const need = expectedNeed(supply.heat, now, addDuration(now, duration(days, 'days')));
        return { mean: need.mean / ML_PER_KWH, low: quantile(0.1), high: quantile(0.9) };
      },
      live(index) {
        const used = Math.round((series.days[index]?.kwh ?? 0) * ML_PER_KWH);
        if (series.days[index] === undefined) return;
        usage += used;
        level -= used;
        if (level < TANK_ML / 5) level = TANK_ML;
        say(index + 1);
      },
    };
  },
};

/** With the thermometer only where there is one. */
export function methodsFor(series: HeatSeries): readonly HeatMethod[] {
  const hasWeather = series.days.some((day) => day?.celsius !== undefined);
  const weather: readonly HeatMethod[] = hasWeather
    ? [weatherMethod('ours, with a thermometer', 'past'), weatherMethod('with the weather known ahead', 'future')]
    : [];
  return [...BASELINES, ours, ...weather];
}
