/**
 * What a heating uses, learnt from whatever tells of it: a counter at the burner, the level of the tank, somebody who looks, deliveries.
 * Constant state and constant time a reading. How: heat-filter.ts; looking ahead: heat-forecast.ts.
 */
import { z } from 'zod';
import { daysBetween, instantSchema, type Instant } from '../../values.ts';
import {
  corrected,
  guessed,
  levelOf,
  ordinaryPerDay,
  passed,
  perDegreeDayOf,
  raised,
  scaled,
  surpriseOf,
  unsettled,
  withLevel,
  type HeatState,
} from './heat-filter.ts';
import { outdoorSchema } from './heat-outdoor.ts';
import { dayNumber, MEAN_DEGREE_DAYS, seasonOn } from './heat-season.ts';

/** b, K, g, a, and the level where a tank is read. */
const STATES = { least: 4, most: 5 } as const;
const triangle = (states: number): number => (states * (states + 1)) / 2;
const figures = (least: number, most: number) => z.array(z.number()).min(least).max(most);

export const heatSchema = z.strictObject({
  /** What it uses on an average day of the year, as first guessed, in base units: the unit of `mean` and `spread`. */
  size: z.number().positive(),
  mean: figures(STATES.least, STATES.most),
  /** The lower triangle of the covariance, row by row. */
  spread: figures(triangle(STATES.least), triangle(STATES.most)),
  /** Squared surprises in units of what was expected of them, and how many: their ratio widens or narrows what is said of the future. */
  surprise: z.tuple([z.number().positive(), z.number().positive()]),
  asOf: instantSchema,
  /** Counted since `asOf`, until there is a day of it. */
  counted: z.strictObject({ amount: z.number().min(0), until: instantSchema }).optional(),
  /** True units in one that the counter says; learnt at deliveries. */
  perCounted: z.number().positive().optional(),
  /** The tank after the last delivery, and what has been counted since. */
  filled: z.strictObject({ level: z.number().min(0), counted: z.number().min(0) }).optional(),
  /** Nobody seems to be at home: for how many days, and what is used meanwhile, a day. */
  away: z.strictObject({ days: z.number().positive(), perDay: z.number().min(0) }).optional(),
  /** Of the temperature outside, where somebody tells it. */
  outdoor: outdoorSchema.optional(),
});
export type Heat = z.infer<typeof heatSchema>;

const significant = (value: number, digits: number): number => Number(value.toPrecision(digits));

export function stateOf({ mean, spread }: Heat): HeatState {
  const at = (i: number, j: number): number => spread[(Math.max(i, j) * (Math.max(i, j) + 1)) / 2 + Math.min(i, j)] ?? 0;
  const states = Array.from({ length: STATES.most }, (_, index) => index);
  return { mean: states.map((index) => mean[index] ?? 0), covariance: states.map((i) => states.map((j) => at(i, j))) };
}

function withState(heat: Heat, state: HeatState, asOf: Instant): Heat {
  const { mean: level, variance } = levelOf(state);
  // Beside a counter the level is nothing but zeros.
  const states = level === 0 && variance === 0 ? STATES.least : STATES.most;
  return {
    ...heat,
    mean: state.mean.slice(0, states).map((value) => significant(value, 5)),
    spread: state.covariance.slice(0, states).flatMap((row, i) => row.slice(0, i + 1).map((value) => significant(value, 4))),
    asOf,
  };
}

/** What somebody says in summer is not multiplied by ten for the winter: a guess is as often of the year as of the day. */
const SEASON_OF_GUESS = { least: 0.5, most: 1.6 } as const;
/** The first guess of the surprises weighs as much as a month of them, and half of them is forgotten in four. */
const SURPRISES_GUESSED = 30;
const SURPRISES_HALVED_AFTER = 120;

/** @param perDay what it is believed to use a day at this time of the year, base units, above 0 */
export function newHeat({ perDay, asOf }: { perDay: number; asOf: Instant }): Heat {
  const state = guessed();
  const share = ordinaryPerDay(state, seasonOn(dayNumber(asOf)));
  const size = significant(perDay / Math.min(SEASON_OF_GUESS.most, Math.max(SEASON_OF_GUESS.least, share)), 6);
  return withState({ size, mean: [], spread: [], surprise: [SURPRISES_GUESSED, SURPRISES_GUESSED], asOf }, state, asOf);
}

/** More days than a year teach nothing of the last one that the year itself does not. */
const DAYS_BACK_MAX = 400;

/** @param from and @param to in days since 1970-01-01 */
export function passedFromTo(state: HeatState, from: number, to: number): HeatState {
  let next = state;
  for (let at = Math.max(from, to - DAYS_BACK_MAX); at < to - 1e-9; at += 1) {
    const days = Math.min(1, to - at);
    next = passed(next, seasonOn(at + days / 2), days);
  }
  return next;
}

export const surpriseScale = ({ surprise: [sum, count] }: Heat): number => sum / count;

/**
 * Less than half of what was expected and of the season, by more than a seventh of an average day, and by far more than two readings can
 * differ: nobody heats. A tank that is read with much noise cannot tell, and leaves it to the weather that fades.
 */
const AWAY = { share: 0.5, leastFall: 0.15, clearDeviations: 4 } as const;
/** Only readings as close as this can tell a holiday from a mild week. */
const AWAY_SEEN_WITHIN_DAYS = 4;
/** After four weeks it is no holiday: the house has changed. */
const AWAY_DAYS_MAX = 28;
const AWAY_MEMORY = 0.5;

interface Seen {
  readonly before: HeatState;
  /** In the heating's size. */
  readonly level: number;
  /** Variance of it. */
  readonly noise: number;
  readonly to: Instant;
  /** Whether the level is that of a tank, or only counts from one reading to the next. */
  readonly isTank: boolean;
}

/** One level against what was expected of it. */
function see(heat: Heat, { before, level, noise, to, isTank }: Seen): Heat {
  const until = dayNumber(to);
  const days = until - dayNumber(heat.asOf);
  const expected = passedFromTo(before, until - days, until);
  const scale = surpriseScale(heat);
  const surprise = surpriseOf(expected, level, noise / scale);
  const from = levelOf(before).mean;
  const away = awayAfter(heat, { before, days, used: from - level, expected: from - levelOf(expected).mean, until, noise });
  const { away: _before, counted: _counted, ...home } = heat;
  const ended = (state: HeatState): HeatState => (isTank ? state : withLevel(state, 0, 0));
  if (away && away.days <= AWAY_DAYS_MAX) return { ...withState(home, ended(withLevel(expected, level, noise / scale)), to), away };
  const doubted = away ? unsettled(expected) : expected;
  const state = corrected(doubted, away ? surpriseOf(doubted, level, noise / scale) : surprise, scale);
  const ownShare = Math.max(0, 1 - noise / scale / surprise.variance);
  const squared = Math.min(surprise.error ** 2 / surprise.variance, 9 * scale);
  const kept = 2 ** (-1 / SURPRISES_HALVED_AFTER);
  const [sum, count] = heat.surprise;
  return {
    ...withState(home, ended(state), to),
    surprise: [significant(kept * sum + ownShare * squared + 1e-6, 5), significant(kept * count + ownShare + 1e-6, 5)],
  };
}

function awayAfter(heat: Heat, seen: { before: HeatState; days: number; used: number; expected: number; until: number; noise: number }): Heat['away'] {
  const { before: state, days, used, expected, until, noise } = seen;
  if (days > AWAY_SEEN_WITHIN_DAYS) return undefined;
  const ordinary = ordinaryPerDay(state, seasonOn(until - days / 2)) * days;
  const isFar = used < AWAY.share * Math.min(expected, ordinary) && ordinary - used > AWAY.leastFall * days;
  if (!isFar || ordinary - used < AWAY.clearDeviations * Math.sqrt(2 * noise)) return undefined;
  const perDay = Math.max(0, used / days) * heat.size;
  const before = heat.away;
  const mixed = before ? AWAY_MEMORY * before.perDay + (1 - AWAY_MEMORY) * perDay : perDay;
  return { days: significant((before?.days ?? 0) + days, 6), perDay: significant(mixed, 6) };
}

/** Within a day hot water and the hours of heating say more than the weather does. */
const TEACHES_AFTER_DAYS = 0.8;

/**
 * What was used in an interval: counted at the burner, or by somebody who looked twice, or what a filling took that was made as full as
 * the one before.
 * @param observed consumed and its standard deviation in base units; an interval before what is known teaches nothing
 */
export function learnHeat(heat: Heat, observed: { consumed: number; from: Instant; to: Instant; deviation?: number }): Heat {
  const { from, to, deviation = 0 } = observed;
  if (to <= (heat.counted?.until ?? heat.asOf) || from >= to) return heat;
  const begun = heat.counted?.until === from || from <= heat.asOf ? heat : withoutCounted(movedTo(heat, from));
  const amountUsed = Math.max(0, observed.consumed) * (heat.perCounted ?? 1);
  const counted = { amount: significant((begun.counted?.amount ?? 0) + amountUsed, 9), until: to };
  const filled = begun.filled && { ...begun.filled, counted: significant(begun.filled.counted + amountUsed, 9) };
  const noted: Heat = { ...begun, counted, ...(filled && { filled }) };
  if (daysBetween(begun.asOf, to) < TEACHES_AFTER_DAYS) return noted;
  const level = -counted.amount / heat.size;
  return see(noted, { before: withLevel(stateOf(noted), 0, 0), level, noise: (deviation / heat.size) ** 2, to, isTank: false });
}

const withoutCounted = ({ counted: _counted, ...heat }: Heat): Heat => heat;
const withLevelKnown = (heat: Heat, level: number, variance: number): Heat => withState(heat, withLevel(stateOf(heat), level, variance), heat.asOf);
const movedTo = (heat: Heat, to: Instant): Heat =>
  to > heat.asOf ? withState(heat, passedFromTo(stateOf(heat), dayNumber(heat.asOf), dayNumber(to)), to) : heat;

/**
 * The tank is read where nothing counts. What a delivery is known to have brought since the last reading joins the filter as it is, so that
 * K goes on from before; `anew` where what has come in is not known, or the sensor is another.
 * @param at amounts in base units, the standard deviation of this one reading
 */
export function readTank(heat: Heat, at: { level: number; deviation: number; at: Instant; delivered?: number | undefined; anew?: boolean }): Heat {
  const [level, noise] = [at.level / heat.size, (at.deviation / heat.size) ** 2];
  const before = stateOf(heat);
  const known = levelOf(before);
  if (at.anew === true || (known.mean === 0 && known.variance === 0)) return withLevelKnown(movedTo(heat, at.at), level, noise);
  if (at.delivered !== undefined) return brought(heat, { level, noise, delivered: at.delivered / heat.size, to: at.at });
  return daysBetween(heat.asOf, at.at) < TEACHES_AFTER_DAYS ? heat : see(heat, { before, level, noise, to: at.at, isTank: true });
}

function brought(heat: Heat, { level, noise, delivered, to }: Pick<Seen, 'level' | 'noise' | 'to'> & { delivered: number }): Heat {
  const moved = movedTo(heat, to);
  const full = raised(stateOf(moved), delivered);
  return withState(moved, corrected(full, surpriseOf(full, level, noise / surpriseScale(heat)), surpriseScale(heat)), moved.asOf);
}

/** A counter errs by so much before a delivery has said otherwise; as much again may have changed until the next. */
const COUNTER_DEVIATION = 0.05;
const ANCHOR = { least: 0.7, most: 1.4 } as const;

/**
 * A delivery where something counts at the burner: K is anchored anew. Between two fillings exactly that was used which the second brought,
 * less what the tank holds more than after the first; what the counter said meanwhile is corrected by the ratio, as far as the tank's own
 * readings can be trusted, and all that was learnt from it.
 * @param filling before and after as the tank says, deviation of one reading; delivered where a shop has said it; base units
 */
export function filledTank(heat: Heat, filling: { before: number; after: number; deviation: number; delivered?: number | undefined }): Heat {
  const anchored = anchoredBy(heat, { used: usedBetween(heat, filling), deviation: filling.deviation });
  return { ...anchored, filled: { level: filling.after, counted: 0 } };
}

function usedBetween(heat: Heat, { before, after, delivered }: { before: number; after: number; delivered?: number | undefined }): number {
  if (!heat.filled) return 0;
  return delivered === undefined ? heat.filled.level - before : delivered + heat.filled.level - after;
}

function anchoredBy(heat: Heat, { used, deviation }: { used: number; deviation: number }): Heat {
  const counted = heat.filled?.counted ?? 0;
  if (used <= 0 || counted <= 0) return heat;
  const doubt = (2 * deviation ** 2) / used ** 2;
  const weight = COUNTER_DEVIATION ** 2 / (COUNTER_DEVIATION ** 2 + doubt);
  const factor = Math.min(ANCHOR.most, Math.max(ANCHOR.least, used / counted)) ** weight;
  return { ...withState(heat, scaled(stateOf(heat), factor), heat.asOf), perCounted: significant((heat.perCounted ?? 1) * factor, 6) };
}

/** K: base units for each expected degree day of the season assumed, of which a year has this many a day. */
export const unitsPerDegreeDay = (heat: Heat): number => (perDegreeDayOf(stateOf(heat)) * heat.size) / MEAN_DEGREE_DAYS;
