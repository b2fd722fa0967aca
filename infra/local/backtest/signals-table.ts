/** What each outside signal adds to the forecast of needs, printed under the figures of the methods. */
import { randomFrom } from './random.ts';
import { addScores, HORIZONS, NO_SCORE, SIGNALS, type Signal, type SignalScore } from './signals.ts';

interface Gain {
  /** Thousandths of ln likelihood for each forecast; above 0 it is nearer with the signal. */
  readonly value: number;
  /** The middle 90 % over households drawn anew. */
  readonly low: number;
  readonly high: number;
}

export interface SignalReport {
  readonly forecasts: number;
  /** Mean ln likelihood by horizon, in thousandths. */
  readonly plain: readonly number[];
  readonly gains: Readonly<Record<Signal, readonly Gain[]>>;
}

const DRAWS = 300;
const perForecast = (sum: number | undefined, { forecasts }: SignalScore): number => (1_000 * (sum ?? NaN)) / forecasts;

/** @param scores one for each household */
export function signalReport(scores: readonly SignalScore[]): SignalReport {
  const whole = scores.reduce(addScores, NO_SCORE);
  const random = randomFrom('signals', scores.length);
  const drawn = Array.from({ length: DRAWS }, () => scores.map(() => scores[Math.floor(random() * scores.length)] ?? NO_SCORE).reduce(addScores, NO_SCORE));
  const gainsOf = (signal: Signal): Gain[] =>
    HORIZONS.map((_, index) => {
      const values = drawn.map((score) => perForecast(score.gains[signal][index], score)).sort((a, b) => a - b);
      const value = perForecast(whole.gains[signal][index], whole);
      return { value, low: values[Math.floor(0.05 * DRAWS)] ?? NaN, high: values[Math.floor(0.95 * DRAWS)] ?? NaN };
    });
  return {
    forecasts: whole.forecasts,
    plain: whole.plain.map((sum) => perForecast(sum, whole)),
    gains: { week: gainsOf('week'), season: gainsOf('season'), both: gainsOf('both') },
  };
}

const NAMES: Readonly<Record<Signal, string>> = { week: "+ the household's week", season: "+ the item's season", both: '+ both' };
const WIDTH = 26;

export function signalLines({ forecasts, plain, gains }: SignalReport): string[] {
  const row = (name: string, cells: readonly string[]): string => `  ${name}`.padEnd(WIDTH) + cells.map((cell) => cell.padStart(WIDTH)).join('');
  return [
    `Outside signals: ln likelihood of what was needed, in thousandths for each of ${forecasts} forecasts, and what each signal adds to it (above 0 is nearer).`,
    row(
      '',
      HORIZONS.map((days) => (days === 1 ? 'tomorrow' : `in ${days} days`)),
    ),
    row(
      'as we forecast',
      plain.map((value) => value.toFixed(1)),
    ),
    ...SIGNALS.map((signal) =>
      row(
        NAMES[signal],
        gains[signal].map(({ value, low, high }) => `${value >= 0 ? '+' : ''}${value.toFixed(1)} (${low.toFixed(1)}–${high.toFixed(1)})`),
      ),
    ),
    'Neither is used: what was ordered with them was not found to be better (docs/decisions/0034).',
    '',
  ];
}
