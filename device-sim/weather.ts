/**
 * The weather of Berlin as a pure function of seed and day: a yearly wave, and what makes one day differ from another but resemble the one before.
 * The same seed has the same weather in every household, because they all live in one town.
 */
import { drawsOf, normal } from './random.ts';

/** Mean of the year and half the way from the coldest to the warmest day: Berlin-Dahlem 1991–2020 has 0.9 °C in January and 19.4 °C in July (DWD). */
const YEAR = { meanCelsius: 10.1, halfWaveCelsius: 9.3, coldestDayOfYear: 20 } as const;
/** Standard deviation of a daily mean around the season's, and its correlation with the day before. */
const SPREAD_CELSIUS = 3.6;
const RESEMBLANCE = 0.75;
/** 0.75^24 is a thousandth: older days no longer matter. */
const DAYS_REMEMBERED = 24;
/** Half the way from the coldest hour to the warmest, at three in the afternoon. */
const DAY_HALF_WAVE_CELSIUS = 3.5;
const WARMEST_HOUR = 15;

const dayMillis = 86_400_000;

/** @param day local, `YYYY-MM-DD` */
export const seasonCelsius = (day: string): number => {
  const dayOfYear = (Date.parse(day) - Date.parse(`${day.slice(0, 4)}-01-01`)) / dayMillis + 1;
  return YEAR.meanCelsius - YEAR.halfWaveCelsius * Math.cos((2 * Math.PI * (dayOfYear - YEAR.coldestDayOfYear)) / 365.25);
};

/** The mean outdoor temperature of a local day. A first-order autoregression, written as the sum of what each past day has added. */
export function meanCelsius(seed: number, day: string): number {
  const number = Date.parse(day) / dayMillis;
  const innovation = SPREAD_CELSIUS * Math.sqrt(1 - RESEMBLANCE ** 2);
  let deviation = 0;
  for (let back = DAYS_REMEMBERED; back >= 0; back -= 1) deviation = deviation * RESEMBLANCE + innovation * normal(drawsOf(seed, 'weather', number - back));
  return seasonCelsius(day) + deviation;
}

/** What a thermometer shows; four looks at six hours from each other average to the day's mean. */
export const celsiusAt = (seed: number, day: string, hour: number): number =>
  meanCelsius(seed, day) + DAY_HALF_WAVE_CELSIUS * Math.cos((2 * Math.PI * (hour - WARMEST_HOUR)) / 24);

/** Heating degrees of a day, in kelvin days: how far its mean is below the temperature from which nobody heats. */
export const degreeDays = (seed: number, day: string, baseCelsius: number): number => Math.max(0, baseCelsius - meanCelsius(seed, day));
