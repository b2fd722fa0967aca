/** Whether the temperature outside makes the forecast of this heating better: each week is foretold with it and without, and both are scored. */
import { addDuration, duration, type Instant } from '../../values.ts';
import { expectedNeed } from './heat-forecast.ts';
import { dayTold, type DailyCelsius, type Outdoor } from './heat-outdoor.ts';
import { dayNumber } from './heat-season.ts';
import type { Heat } from './heat.ts';

/** As long as an order of oil takes, and independent of each other. */
const TRIAL_DAYS = 7;
/** The next reading may come later; much later, it is a trial of something else. */
const LATE_DAYS_MAX = 2;
/** Half a year of weeks. */
const WEEKS_HALVED_AFTER = 26;

export interface ToldOutside {
  /** What a reading of the heating itself says of the temperature outside. */
  readonly celsius?: number | undefined;
  /** What is known from elsewhere of the days around, if anything. */
  readonly days?: readonly DailyCelsius[] | undefined;
  /** Used since the reading before, base units; undefined where nobody can say. */
  readonly used: number | undefined;
  readonly at: Instant;
}

const significant = (value: number): number => Number(value.toPrecision(4));

/** @param before as it was before this reading has taught it @param heat as it is now */
export function withOutdoorHeard(before: Heat, heat: Heat, told: ToldOutside): Heat {
  const { celsius, days = [], used, at } = told;
  if (heat.outdoor === undefined && celsius === undefined && days.length === 0) return heat;
  const outdoor = celsius === undefined ? heat.outdoor : noted(heat.outdoor, celsius);
  const counted = outdoor && withUsed(outdoor, used === undefined || heat.away ? undefined : (used * (heat.perCounted ?? 1)) / heat.size);
  if (heat.asOf === before.asOf || heat.asOf !== at) return counted ? { ...heat, outdoor: counted } : heat;
  const today = dayTold(counted, dayNumber(at), days);
  return today ? inTrial({ ...heat, outdoor: today }, today) : heat;
}

const UNHEARD: Outdoor = { colder: [0, 0, 0], score: [0, 0, 0] };

function noted(before: Outdoor | undefined, celsius: number): Outdoor {
  const outdoor = before ?? UNHEARD;
  const [sum, count] = outdoor.today ?? [0, 0];
  return { ...outdoor, today: [significant(sum + celsius), count + 1] };
}

function withUsed(outdoor: Outdoor, used: number | undefined): Outdoor {
  const { trial, ...kept } = outdoor;
  if (!trial || used === undefined) return kept;
  const [from, without, with_, sofar] = trial;
  return { ...kept, trial: [from, without, with_, significant(sofar + used)] };
}

function inTrial(heat: Heat, outdoor: Outdoor): Heat {
  const now = dayNumber(heat.asOf);
  const { trial, ...rest } = outdoor;
  const lasted = trial ? now - trial[0] : Infinity;
  if (lasted < TRIAL_DAYS) return heat;
  const judged = trial && lasted <= TRIAL_DAYS + LATE_DAYS_MAX ? scored(rest.score, trial, lasted) : rest.score;
  if (heat.away || outdoor.colder[2] === 0) return { ...heat, outdoor: { ...rest, score: judged } };
  const until = addDuration(heat.asOf, duration(TRIAL_DAYS, 'days'));
  const expected = (isHeard: boolean): number => significant(expectedNeed(heat, heat.asOf, until, isHeard).mean / heat.size);
  return { ...heat, outdoor: { ...rest, score: judged, trial: [toThousandths(now), expected(false), expected(true), 0] } };
}

const toThousandths = (day: number): number => Math.round(day * 1_000) / 1_000;

function scored([without, with_, weeks]: Outdoor['score'], [, saidWithout, saidWith, used]: NonNullable<Outdoor['trial']>, lasted: number): Outdoor['score'] {
  const came = (used / lasted) * TRIAL_DAYS;
  const kept = 2 ** (-1 / WEEKS_HALVED_AFTER);
  return [significant(without * kept + Math.abs(saidWithout - came)), significant(with_ * kept + Math.abs(saidWith - came)), significant(weeks * kept + 1)];
}
