/**
 * How cold a day of the year is expected to be, before anybody has looked at a thermometer. Degree days of a day are max(0, limit − mean
 * temperature). With the mean temperature normal around the season's, what is expected of them is smooth: σ · (zΦ(z) + φ(z)) at
 * z = (limit − season) / σ, so that a mild week in May still has a few.
 */
import { millisOf, type Instant } from '../../values.ts';
import { normalBelow } from '../forecast/normal.ts';

const DAY_MILLIS = 86_400_000;
const YEAR_DAYS = 365.2425;
/** Central Europe, as Berlin-Dahlem 1991–2020 (DWD); what differs elsewhere is learnt: see COMFORT_CELSIUS in heat-filter.ts. */
const SEASON = { meanCelsius: 10.1, halfWaveCelsius: 9.3, coldestDayOfYear: 20 } as const;
/** A daily mean differs so much from the season's. */
const SPREAD_CELSIUS = 3.6;
/** The outdoor temperature from which nobody heats: the convention of Danish and Dutch degree days, two below the German room's 19–20. */
const LIMIT_CELSIUS = 17;

const normalDensity = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** What a day's heating is made of, each in the yearly mean of expected degree days. */
export interface SeasonDay {
  /** Expected degree days: 1 on average over the year. */
  readonly degreeDays: number;
  /** What one degree colder adds to them: little in summer. */
  readonly perDegree: number;
}

/** The mean temperature of a day of the year, from 1. */
const celsiusOn = (dayOfYear: number): number =>
  SEASON.meanCelsius - SEASON.halfWaveCelsius * Math.cos((2 * Math.PI * (dayOfYear - SEASON.coldestDayOfYear)) / YEAR_DAYS);

function expectedAt(celsius: number, spread: number): SeasonDay {
  const z = (LIMIT_CELSIUS - celsius) / spread;
  const perDegree = normalBelow(z);
  return { degreeDays: spread * (z * perDegree + normalDensity(z)), perDegree };
}

const YEAR = Array.from({ length: 366 }, (_, index) => expectedAt(celsiusOn(index + 1), SPREAD_CELSIUS));
/** Of a day, over the year. */
export const MEAN_DEGREE_DAYS = YEAR.reduce((sum, { degreeDays }) => sum + degreeDays, 0) / YEAR.length;
const inYearlyMean = ({ degreeDays, perDegree }: SeasonDay): SeasonDay => ({
  degreeDays: degreeDays / MEAN_DEGREE_DAYS,
  perDegree: perDegree / MEAN_DEGREE_DAYS,
});
const SEASON_DAYS: readonly SeasonDay[] = YEAR.map(inYearlyMean);
const MILDEST: SeasonDay = { degreeDays: 0, perDegree: 0 };

const dayOfYear = (day: number): number => ((day % YEAR_DAYS) + YEAR_DAYS) % YEAR_DAYS;

/** @param day days since 1970-01-01, UTC */
export const seasonOn = (day: number): SeasonDay => SEASON_DAYS[Math.floor(dayOfYear(day))] ?? MILDEST;

/** The season's own temperature on a day, and what a day is made of whose temperature is known as well as this. */
export const seasonCelsius = (day: number): number => celsiusOn(dayOfYear(day) + 1);
export const seasonAt = (celsius: number, deviation: number): SeasonDay => inYearlyMean(expectedAt(celsius, deviation));

/** Days since 1970-01-01, UTC, with the part of the day that has passed. */
export const dayNumber = (at: Instant): number => millisOf(at) / DAY_MILLIS;
