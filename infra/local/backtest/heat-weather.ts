/**
 * The same filter told by a thermometer: each day that has passed has its own degree days in place of the season's, and the days ahead
 * those of the season, moved by how far this place is from it and by the weather of now as it fades. Only here, to see what it adds.
 */
import { corrected, guessed, levelOf, ordinaryPerDay, passed, surpriseOf, withLevel, type HeatState } from '../../../shared/supply/heat/heat-filter.ts';
import { seasonAt, seasonCelsius, seasonOn, type SeasonDay } from '../../../shared/supply/heat/heat-season.ts';
import type { Follower, HeatMethod } from './heat-follower.ts';
import type { HeatSeries } from './heat-series.ts';

/** Sun and wind are worth a degree and a half to a house, whatever the thermometer says. */
const FELT_CELSIUS = 1.5;
/** A daily mean around the season's, and what is left of it a day later (DWD, Berlin). */
const WEATHER = { celsius: 3.6, kept: 0.78 } as const;
/** How long it takes to know how far a place is from the season assumed. */
const PLACE_DAYS = 90;

class WithWeather implements Follower {
  readonly #series: HeatSeries;
  readonly #knows: 'past' | 'future';
  readonly #size: number;
  #state: HeatState;
  #place = 0;
  #now = 0;
  #days = 0;

  constructor(series: HeatSeries, knows: 'past' | 'future') {
    this.#series = series;
    this.#knows = knows;
    const known = series.days.flatMap((day) => (day ? [day.kwh] : [])).slice(0, 7);
    this.#state = guessed();
    this.#size = Math.max(0.01, known.reduce((sum, kwh) => sum + kwh, 0) / known.length / ordinaryPerDay(this.#state, seasonOn(series.firstDay)));
  }

  #seasonAhead(index: number, days: number): SeasonDay {
    const day = this.#series.firstDay + index;
    const celsius = this.#series.days[index]?.celsius;
    if (this.#knows === 'future' && celsius !== undefined) return seasonAt(celsius, FELT_CELSIUS);
    const kept = WEATHER.kept ** days;
    const doubt = Math.sqrt(WEATHER.celsius ** 2 * (1 - kept ** 2) + FELT_CELSIUS ** 2);
    return seasonAt(seasonCelsius(day) + this.#place + (this.#now - this.#place) * kept, doubt);
  }

  ahead(index: number, days: number): { readonly mean: number } {
    let state = withLevel(this.#state, 0, 0);
    for (let day = 0; day < days; day += 1) state = passed(state, this.#seasonAhead(index + day, day + 1), 1);
    return { mean: Math.max(0, -levelOf(state).mean) * this.#size };
  }

  live(index: number): void {
    const lived = this.#series.days[index];
    const day = this.#series.firstDay + index;
    if (lived?.celsius !== undefined) {
      this.#days += 1;
      this.#now = lived.celsius - seasonCelsius(day);
      this.#place += (this.#now - this.#place) / Math.min(PLACE_DAYS, this.#days + 10);
    }
    const season = lived?.celsius === undefined ? seasonOn(day) : seasonAt(lived.celsius, FELT_CELSIUS);
    const state = passed(withLevel(this.#state, 0, 0), season, 1);
    this.#state = lived === undefined ? state : corrected(state, surpriseOf(state, -lived.kwh / this.#size, 0), 1);
  }
}

export const weatherMethod = (name: string, knows: 'past' | 'future'): HeatMethod => ({
  name,
  kind: knows === 'past' ? 'ours' : 'oracle',
  follow: (series) => new WithWeather(series, knows),
});
