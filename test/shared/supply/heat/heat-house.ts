/** Heated houses whose truth is known: K, hot water, the limit from which they heat, who is away, and how their sensors err. */
import { addDuration, duration, instantSchema, type Instant } from '../../../../shared/values.ts';

export const BEGIN = instantSchema.parse('2024-07-01T00:00:00.000Z');
export const day = (days: number): Instant => addDuration(BEGIN, duration(days, 'days'));

/** Numbers from 0 to 1 that a seed names (mulberry32). */
export function drawsOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
export const normalFrom = (draw: () => number): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());

export interface HouseTruth {
  /** Litres for a degree day. */
  readonly perDegreeDay: number;
  readonly hotWater: number;
  readonly limitCelsius: number;
  /** How much the town is colder than Berlin. */
  readonly colderCelsius: number;
  /** Nobody is at home from a day on, for some days, and only so much is used. */
  readonly away?: readonly { readonly from: number; readonly days: number; readonly share: number }[];
}
export const ORDINARY: HouseTruth = { perDegreeDay: 0.9, hotWater: 1.4, limitCelsius: 16, colderCelsius: 0 };

/** The mean temperature of each day: a season, weather that resembles the day before, and months that are mild or hard. */
export function weatherOf(seed: number, days: number, colderCelsius = 0): number[] {
  const draw = drawsOf(seed);
  let [quick, slow] = [0, 0];
  return Array.from({ length: days }, (_, index) => {
    quick = 0.75 * quick + Math.sqrt(1 - 0.75 ** 2) * 3 * normalFrom(draw);
    slow = 0.97 * slow + Math.sqrt(1 - 0.97 ** 2) * 1.5 * normalFrom(draw);
    // BEGIN is day 182 of its year, and the 20th is the coldest.
    return 10.1 - colderCelsius - 9.3 * Math.cos((2 * Math.PI * (182 + index - 20)) / 365.25) + quick + slow;
  });
}

/** Litres a day, from BEGIN on. */
export function litresOf(truth: HouseTruth, seed: number, days: number): number[] {
  const draw = drawsOf(seed + 1);
  return weatherOf(seed, days, truth.colderCelsius).map((celsius, index) => {
    const used = (truth.perDegreeDay * Math.max(0, truth.limitCelsius - celsius) + truth.hotWater) * (1 + 0.08 * normalFrom(draw));
    const away = truth.away?.find(({ from, days: many }) => index >= from && index < from + many);
    return Math.max(0, used * (away?.share ?? 1));
  });
}

export const sumOf = (litres: readonly number[], from: number, days: number): number => litres.slice(from, from + days).reduce((sum, value) => sum + value, 0);
