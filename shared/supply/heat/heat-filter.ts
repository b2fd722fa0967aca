/**
 * What a heating uses on a day: u = b + K·D(day) + (g + a)·P(day), with b for hot water, K per expected degree day, g where house and place
 * differ from the season assumed (a colder town, a warmer room), and a what the weather of these days adds, which fades by itself
 * (first-order autoregression). All of it and the level of the tank are one state with one covariance, followed by a Kalman filter
 * (Anderson & Moore 1979, chapter 3): a reading of the tank teaches K exactly as much as its noise allows, and the tank's level is known
 * better than any single reading says. Amounts are in the heating's own size (what it uses on an average day).
 */
import type { SeasonDay } from './heat-season.ts';

/** b, K, g, a and the level, in this order. */
export interface HeatState {
  readonly mean: readonly number[];
  /** Symmetric, 5 × 5. */
  readonly covariance: readonly (readonly number[])[];
}

const [BASE, PER_DEGREE_DAY, PLACE, WEATHER, LEVEL] = [0, 1, 2, 3, 4] as const;

/** Share of hot water in a year, and how sure that is before anything is seen. German houses: 15 % of the heat (AGEB 2022: 17 %). */
export const HOT_WATER = { share: 0.15, deviation: 0.1 } as const;
/** A person's first guess of the consumption is right within a factor e^0.5. */
const GUESS_DEVIATION = 0.5;
/** Houses and places differ by as much as two degrees outside. */
const COMFORT_CELSIUS = 2;
/** Weather and habits: three degrees around the season, 85 % of it still there a day later (half of it for four days). */
const WEATHER_OF = { celsius: 2.9, kept: 0.85 } as const;
/** One day differs from the next in ways that say nothing of a third. */
const DAY_SHARE = 0.08;
/** In a year K moves by a tenth (insulation, habits, the burner), hot water by a twentieth of itself. */
const DRIFT = { perDegreeDay: 0.1, base: 0.05 } as const;
/** K and what is used on a day stay above this share of the size: nobody's heating stands still for good. */
const SHARE_MIN = 0.02;
const YEAR_DAYS = 365.25;

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}
const part = (state: HeatState, index: number): number => state.mean[index] ?? 0;
const diagonal = (values: readonly number[]): number[][] => values.map((value, row) => values.map((_, column) => (row === column ? value : 0)));

/** A heating that uses 1 a day over the year, as far as a guess says. */
export function guessed(): HeatState {
  const perDegreeDay = 1 - HOT_WATER.share;
  return {
    mean: [HOT_WATER.share, perDegreeDay, 0, 0, 0],
    covariance: diagonal([
      HOT_WATER.deviation ** 2,
      (GUESS_DEVIATION * perDegreeDay) ** 2,
      (COMFORT_CELSIUS * perDegreeDay) ** 2,
      (WEATHER_OF.celsius * perDegreeDay) ** 2,
      0,
    ]),
  };
}

/** Expected without the weather of these days, a day. */
export const ordinaryPerDay = (state: HeatState, { degreeDays, perDegree }: SeasonDay): number =>
  Math.max(SHARE_MIN, part(state, BASE) + part(state, PER_DEGREE_DAY) * degreeDays + part(state, PLACE) * perDegree);

/** What a thermometer says of a day: so many degrees colder than this place usually is then, and how far that may be from what a house feels. */
export interface Outdoors {
  readonly colderCelsius: number;
  readonly deviationCelsius: number;
}

/** Time passes: at most a day. The level falls by what is used. @param outdoors of that day, where it is known */
export function passed(state: HeatState, season: SeasonDay, days: number, outdoors?: Outdoors): HeatState {
  const aged = faded(state, days);
  return used(outdoors ? weathered(aged, outdoors) : aged, season, days);
}

/** The weather fades, and nobody is as sure as before. */
function faded(state: HeatState, days: number): HeatState {
  const kept = WEATHER_OF.kept ** days;
  const perDegreeDay = part(state, PER_DEGREE_DAY);
  const grown = [
    ((DRIFT.base * HOT_WATER.share) ** 2 / YEAR_DAYS) * days,
    ((DRIFT.perDegreeDay * perDegreeDay) ** 2 / YEAR_DAYS) * days,
    0,
    (WEATHER_OF.celsius * Math.max(SHARE_MIN, perDegreeDay)) ** 2 * (1 - kept ** 2),
    0,
  ];
  const fade = (index: number): number => (index === WEATHER ? kept : 1);
  return {
    mean: state.mean.map((value, index) => value * fade(index)),
    covariance: state.covariance.map((row, i) => row.map((value, j) => value * fade(i) * fade(j) + (i === j ? (grown[i] ?? 0) : 0))),
  };
}

function used(state: HeatState, season: SeasonDay, days: number): HeatState {
  const { mean, covariance } = state;
  const { degreeDays, perDegree } = season;
  const uses = [days, degreeDays * days, perDegree * days, perDegree * days, 0];
  const ofUse = covariance.map((row) => dot(row, uses));
  const ownNoise = (DAY_SHARE * ordinaryPerDay(state, season)) ** 2 * days;
  const level = covariance.map((row, index) => (row[LEVEL] ?? 0) - (ofUse[index] ?? 0));
  level[LEVEL] = (level[LEVEL] ?? 0) - (ofUse[LEVEL] ?? 0) + dot(ofUse, uses) + ownNoise;
  return {
    mean: [...mean.slice(0, LEVEL), part(state, LEVEL) - dot(mean, uses)],
    covariance: covariance.map((row, index) => (index === LEVEL ? level : [...row.slice(0, LEVEL), level[index] ?? 0])),
  };
}

/** A thermometer is a measurement of a, the weather of these days, in K times its degrees. */
export function weathered(state: HeatState, { colderCelsius, deviationCelsius }: Outdoors): HeatState {
  const perDegree = Math.max(SHARE_MIN, part(state, PER_DEGREE_DAY));
  const shared = state.covariance.map((row) => row[WEATHER] ?? 0);
  const variance = (shared[WEATHER] ?? 0) + (deviationCelsius * perDegree) ** 2;
  return learnt(state, shared, { error: perDegree * colderCelsius - part(state, WEATHER), variance });
}

/** One measurement: what varies together with what was measured moves with it (Anderson & Moore 1979, §3.1). */
const learnt = ({ mean, covariance }: HeatState, shared: readonly number[], { error, variance }: Surprise): HeatState => ({
  mean: mean.map((value, index) => value + ((shared[index] ?? 0) / variance) * error),
  covariance: covariance.map((row, i) => row.map((value, j) => value - ((shared[i] ?? 0) * (shared[j] ?? 0)) / variance)),
});

export interface Surprise {
  /** Seen less expected. */
  readonly error: number;
  readonly variance: number;
}

/** How far a level is from what was expected, and how far that may be. @param noise variance of the reading */
export const surpriseOf = (state: HeatState, level: number, noise: number): Surprise => ({
  error: level - part(state, LEVEL),
  variance: Math.max(1e-12, (state.covariance[LEVEL]?.[LEVEL] ?? 0) + noise),
});

/** What is far beyond its own doubt counts as little as it deserves (Huber 1964: the gain shrinks with the distance). */
const FAR_DEVIATIONS = 3;

export function corrected(state: HeatState, { error, variance }: Surprise, scale: number): HeatState {
  const far = Math.abs(error) / Math.sqrt(variance * scale);
  const doubted = far > FAR_DEVIATIONS ? variance * (far / FAR_DEVIATIONS) ** 2 : variance;
  const shared = state.covariance.map((row) => row[LEVEL] ?? 0);
  return learnt(state, shared, { error, variance: doubted });
}

/** From here the level is known anew, whatever it was: after a refill, or where a counter is read. */
export const withLevel = (state: HeatState, level: number, variance: number): HeatState => ({
  mean: [...state.mean.slice(0, LEVEL), level],
  covariance: state.covariance.map((row, i) => row.map((value, j) => (i === LEVEL || j === LEVEL ? (i === j ? variance : 0) : value))),
});

/** Goods of a known amount have come in: the level rises and is as doubtful as it was. */
export const raised = (state: HeatState, amount: number): HeatState => ({
  ...state,
  mean: state.mean.map((value, index) => (index === LEVEL ? value + amount : value)),
});

/** All consumption by a factor: what was measured was measured in another unit than was thought. */
export function scaled(state: HeatState, factor: number): HeatState {
  const factors = [factor, factor, factor, factor, 1];
  return {
    mean: state.mean.map((value, index) => value * (factors[index] ?? 1)),
    covariance: state.covariance.map((row, i) => row.map((value, j) => value * (factors[i] ?? 1) * (factors[j] ?? 1))),
  };
}

/** The house has changed for good: K is in doubt again. */
export const unsettled = (state: HeatState): HeatState => ({
  ...state,
  covariance: state.covariance.map((row, i) =>
    row.map((value, j) => value + (i === PER_DEGREE_DAY && j === PER_DEGREE_DAY ? (GUESS_DEVIATION * part(state, PER_DEGREE_DAY)) ** 2 : 0)),
  ),
});

export const levelOf = (state: HeatState): { readonly mean: number; readonly variance: number } => ({
  mean: part(state, LEVEL),
  variance: Math.max(0, state.covariance[LEVEL]?.[LEVEL] ?? 0),
});
export const perDegreeDayOf = (state: HeatState): number => part(state, PER_DEGREE_DAY);
