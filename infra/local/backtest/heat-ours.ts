/** The supply of the pipeline itself, told once a day by a burner that counts its oil; and the same told of the temperature outside. */
import { readingSchema } from '../../../shared/device/telemetry.ts';
import { demandQuantile } from '../../../shared/supply/forecast/forecast.ts';
import { forecastOf } from '../../../shared/supply/forecast/forecast-of.ts';
import { expectedNeed } from '../../../shared/supply/heat/heat-forecast.ts';
import { DAYS_FORETOLD_MAX, isOutdoorHeard, type DailyCelsius } from '../../../shared/supply/heat/heat-outdoor.ts';
import { newSupply, supplyConfigSchema } from '../../../shared/supply/new-supply.ts';
import { observe } from '../../../shared/supply/observe.ts';
import type { Supply } from '../../../shared/supply/supply.ts';
import { addDuration, duration, instantOf, type Instant } from '../../../shared/values.ts';
import type { Ahead, Follower, HeatMethod } from './heat-follower.ts';
import type { HeatSeries } from './heat-series.ts';
import { randomFrom } from './random.ts';

/** Nothing, what a thermometer shows of each day that has passed, or that and a forecast of the coming week. */
type Told = 'nothing' | 'thermometer' | 'week';

/** 10 kWh a litre of heating oil, in millilitres. */
const ML_PER_KWH = 100;
const TANK_ML = 5_000_000;
const at = (series: HeatSeries, index: number): Instant => instantOf((series.firstDay + index) * duration(1, 'days'));

/** What somebody would say on the first evening of the first week that is in the file. */
function firstGuess(series: HeatSeries): number {
  const known = series.days.flatMap((day) => (day ? [day.kwh] : [])).slice(0, 7);
  return Math.max(1, (known.reduce((sum, kwh) => sum + kwh, 0) / Math.max(1, known.length)) * ML_PER_KWH);
}

const supplyOf = (series: HeatSeries): Supply => {
  const config = supplyConfigSchema.parse({
    ...{ supplyId: 'sup_oil', householdId: 'hh_backtest', thing: 'burner', slot: 'tank', name: 'heating oil', productLine: 'heating', unit: 'ml' },
    products: [{ gtin: '4006381333931', pack: { amount: 100_000, unit: 'ml' } }],
    settings: { serviceLevel: 0.99, coverDays: 60, capacity: TANK_ML, packsMax: 50, neverBuy: true },
    ...{ perDay: firstGuess(series), portion: 1_000, leadTime: { meanDays: 7, sdDays: 2 } },
  });
  return newSupply(config, at(series, 0), 'heating');
};

/** Somebody fills the tank when a fifth is left. */
class Ours implements Follower {
  readonly #series: HeatSeries;
  readonly #told: Told;
  /** Whether or not the temperature has earned it. */
  readonly #isAlwaysHeard: boolean;
  #supply: Supply;
  #seq = 0;
  #level = TANK_ML;
  #usage = 0;

  constructor(series: HeatSeries, told: Told, isAlwaysHeard: boolean) {
    this.#series = series;
    this.#told = told;
    this.#isAlwaysHeard = isAlwaysHeard;
    this.#supply = supplyOf(series);
    this.#say(0);
  }

  ahead(index: number, days: number): Ahead | undefined {
    const now = at(this.#series, index);
    const { heat } = this.#supply;
    if (!heat) return undefined;
    const isHeard = isOutdoorHeard(heat.outdoor);
    const need = expectedNeed(heat, now, addDuration(now, duration(days, 'days')), isHeard || this.#isAlwaysHeard);
    const mean = need.mean / ML_PER_KWH;
    if (this.#isAlwaysHeard) return { mean };
    const forecast = forecastOf(this.#supply, now);
    const quantile = (probability: number): number => demandQuantile(forecast, days, probability) / ML_PER_KWH;
    return { mean, low: quantile(0.1), high: quantile(0.9), ...(this.#told !== 'nothing' && { isHeard }) };
  }

  live(index: number): void {
    const day = this.#series.days[index];
    if (day === undefined) return;
    const used = Math.round(day.kwh * ML_PER_KWH);
    this.#usage += used;
    this.#level -= used;
    if (this.#level < TANK_ML / 5) this.#level = TANK_ML;
    this.#say(index + 1);
  }

  #say(index: number): void {
    const sampledAt = at(this.#series, index);
    this.#seq += 1;
    const celsius = this.#told === 'nothing' ? undefined : this.#series.days[index - 1]?.celsius;
    const reading = readingSchema.parse({
      ...{ bootId: 1, seq: this.#seq, sampledAt, slot: 'tank', level: { amount: this.#level, unit: 'ml' }, uncertainty: 0, usage: this.#usage },
      ...(celsius !== undefined && { outdoorCelsius: celsius }),
    });
    this.#supply = observe(this.#supply, [reading], sampledAt, this.#told === 'week' ? weekAhead(this.#series, index) : []).supply;
  }
}

/** As weather services err: by a degree tomorrow, and by nearly three a week ahead. */
const ERROR_CELSIUS = { first: 1, perDay: 0.3 } as const;

/** What a service would have said on a day of the coming week: what then was, and its error. */
function weekAhead(series: HeatSeries, index: number): DailyCelsius[] {
  const random = randomFrom('weather service', index);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: DAYS_FORETOLD_MAX }, (_, day) => day).flatMap((day): DailyCelsius[] => {
    const celsius = series.days[index + day]?.celsius;
    const error = (ERROR_CELSIUS.first + ERROR_CELSIUS.perDay * day) * normal();
    return celsius === undefined ? [] : [{ day: series.firstDay + index + day, celsius: celsius + error }];
  });
}

const method = (name: string, kind: HeatMethod['kind'], told: Told, isAlwaysHeard = false): HeatMethod => ({
  name,
  kind,
  follow: (series) => new Ours(series, told, isAlwaysHeard),
});

export const ours = method('ours', 'ours', 'nothing');
/** A signal is heard only where it makes the forecast of that heating better: with it always, and as we have it. */
export const oursToldOutside: readonly HeatMethod[] = [
  method('thermometer always heard', 'other', 'thermometer', true),
  method('thermometer if it helps', 'ours', 'thermometer'),
  method('week foretold, always heard', 'other', 'week', true),
  method('week foretold, if it helps', 'ours', 'week'),
];
