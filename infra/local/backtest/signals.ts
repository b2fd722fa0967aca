/**
 * What else might tell of needs: the day of the week, and the season. Both are learnt before the test, as factors whose mean is 1, and put on our own
 * forecast as a clock that runs faster on busy days (a Poisson process with a periodic rate: Cox & Lewis 1966, §2.3). Each forecast is scored
 * with and without by the likelihood of what then was needed.
 */
import { z } from 'zod';
import type { Forecast } from '../../../shared/supply/forecast/forecast.ts';
import { forecastOf } from '../../../shared/supply/forecast/forecast-of.ts';
import { instantOf } from '../../../shared/values.ts';
import { keeperOf } from './ours.ts';
import type { Pair } from './read-purchases.ts';
import type { Trial } from './scenario.ts';

export const HORIZONS = [1, 4, 14] as const;
export const SIGNALS = ['week', 'season', 'both'] as const;
export type Signal = (typeof SIGNALS)[number];

/** Σ ln likelihood by horizon, as we forecast and what each signal adds to it; over so many forecasts. */
const sumsSchema = z.array(z.number()).length(HORIZONS.length);
export const signalScoreSchema = z.object({ forecasts: z.int(), plain: sumsSchema, gains: z.record(z.enum(SIGNALS), sumsSchema) });
export type SignalScore = z.infer<typeof signalScoreSchema>;
export const NO_SCORE: SignalScore = { forecasts: 0, plain: [0, 0, 0], gains: { week: [0, 0, 0], season: [0, 0, 0], both: [0, 0, 0] } };

const plus = (a: readonly number[], b: readonly number[]): number[] => a.map((value, index) => value + (b[index] ?? 0));
export const addScores = (a: SignalScore, b: SignalScore): SignalScore => ({
  forecasts: a.forecasts + b.forecasts,
  plain: plus(a.plain, b.plain),
  gains: { week: plus(a.gains.week, b.gains.week), season: plus(a.gains.season, b.gains.season), both: plus(a.gains.both, b.gains.both) },
});

type Part = 'week' | 'season';
const PARTS: Readonly<Record<Part, { readonly many: number; readonly of: (day: number) => number }>> = {
  week: { many: 7, of: (day) => ((day % 7) + 7) % 7 },
  season: { many: 12, of: (day) => new Date(day * 86_400_000).getUTCMonth() },
};
/** So many needs an even week or year is worth: of all together, and of a household or an item beside them. */
const EVEN_NEEDS = { all: 100, one: 25 } as const;
/** Exposure is counted on every fifth day: coprime with a week. */
const COUNTED_EVERY_DAYS = 5;

/** What was needed by what would have been needed on even days, drawn towards what is known of all. */
function factorsOf(part: Part, pairs: readonly Pair[], splitDay: number, even: { needs: number; factors?: readonly number[] }): number[] {
  const { many, of } = PARTS[part];
  const [needed, expected] = [Array.from({ length: many }, () => 0), Array.from({ length: many }, () => 0)];
  for (const { needs } of pairs) {
    const before = needs.filter(({ day }) => day < splitDay);
    const first = before[0]?.day ?? splitDay;
    const perDay = before.reduce((sum, { count }) => sum + count, 0) / Math.max(1, splitDay - first);
    for (const { day, count } of before) needed[of(day)] = (needed[of(day)] ?? 0) + count;
    for (let day = first; day < splitDay; day += COUNTED_EVERY_DAYS) expected[of(day)] = (expected[of(day)] ?? 0) + perDay * COUNTED_EVERY_DAYS;
  }
  return needed.map((some, index) => (some + even.needs * (even.factors?.[index] ?? 1)) / ((expected[index] ?? 0) + even.needs));
}

/** What the time before the test says: the week of a household, the season of an item in all households. */
export class Calendar {
  readonly #pairs: readonly Pair[];
  readonly #splitDay: number;
  readonly #all: Readonly<Record<Part, readonly number[]>>;
  readonly #known = new Map<string, readonly number[]>();

  constructor(pairs: readonly Pair[], splitDay: number) {
    this.#pairs = pairs;
    this.#splitDay = splitDay;
    const all = (part: Part): number[] => factorsOf(part, pairs, splitDay, { needs: EVEN_NEEDS.all });
    this.#all = { week: all('week'), season: all('season') };
  }

  of({ customer, item }: Pair): Readonly<Record<Part, readonly number[]>> {
    return { week: this.#learnt('week', 'customer', customer), season: this.#learnt('season', 'item', item) };
  }

  #learnt(part: Part, by: 'customer' | 'item', name: string): readonly number[] {
    const key = `${part} ${name}`;
    const pairs = (): readonly Pair[] => this.#pairs.filter((pair) => pair[by] === name);
    const factors = this.#known.get(key) ?? factorsOf(part, pairs(), this.#splitDay, { needs: EVEN_NEEDS.one, factors: this.#all[part] });
    this.#known.set(key, factors);
    return factors;
  }
}

/** ln P(so many needs within so many days). What was held to be impossible counts as one in a million. */
const logLikelihood = (forecast: Forecast, needs: number, days: number): number =>
  Math.log(Math.max(1e-6, (needs === 0 ? 1 : forecast.usedUp(needs, days)) - forecast.usedUp(needs + 1, days)));

/** Coprime with a week, so that each of its days is asked about; and few, since each asks for twenty-four probabilities. */
const ASKED_EVERY_DAYS = 90;
const EVENING = 18;

/** Forecasts of the test's needs, each made from the days before it. */
export function signalScore(trial: Trial, calendar: Calendar): SignalScore {
  const { pair, splitDay, endDay } = trial;
  const keeper = keeperOf(trial, 0.99);
  const needsOn = new Map(pair.needs.map(({ day, count }) => [day, count]));
  const { week, season } = calendar.of(pair);
  const factor: Record<Signal, (day: number) => number> = {
    week: (day) => week[PARTS.week.of(day)] ?? 1,
    season: (day) => season[PARTS.season.of(day)] ?? 1,
    both: (day) => factor.week(day) * factor.season(day),
  };
  const sum = (from: number, days: number, of: (day: number) => number): number =>
    Array.from({ length: days }, (_, index) => of(from + index)).reduce((a, b) => a + b, 0);
  // Items begin on days of their own, so that together they ask about all of the year.
  const offset = (pair.needs[0]?.day ?? 0) % ASKED_EVERY_DAYS;
  let score = NO_SCORE;
  for (let day = splitDay; day + Math.max(...HORIZONS) < endDay; day += 1) {
    const count = needsOn.get(day) ?? 0;
    if (count > 0) keeper.see(day, { count, missed: 0 });
    if ((day - splitDay) % ASKED_EVERY_DAYS !== offset) continue;
    const forecast = forecastOf(keeper.supply, instantOf((day * 24 + EVENING) * 3_600_000));
    const tomorrow = day + 1;
    const needs = HORIZONS.map((days) => sum(tomorrow, days, (one) => needsOn.get(one) ?? 0));
    const plain = HORIZONS.map((days, index) => logLikelihood(forecast, needs[index] ?? 0, days));
    const gains = (of: (day: number) => number): number[] =>
      HORIZONS.map((days, index) => logLikelihood(forecast, needs[index] ?? 0, sum(tomorrow, days, of)) - (plain[index] ?? 0));
    score = addScores(score, { forecasts: 1, plain, gains: { week: gains(factor.week), season: gains(factor.season), both: gains(factor.both) } });
  }
  return score;
}
