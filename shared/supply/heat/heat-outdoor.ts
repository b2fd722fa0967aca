/**
 * What is remembered of the temperature outside, and whether it has earned a say. The filter of a heating (heat-filter.ts) never hears of it:
 * what a day used says of that day's weather what a thermometer says. It may only move what is expected of the days ahead, and only where that
 * was measured to be nearer at this very heating: every week is foretold with it and without, and both are laid beside what came (heat-trial.ts).
 */
import { z } from 'zod';
import type { Outdoors } from './heat-filter.ts';
import { seasonCelsius } from './heat-season.ts';

/** A weather service is better than the season for about a week (ECMWF's scores: the daily mean errs by 1 °C tomorrow and 3 °C a week ahead). */
export const DAYS_FORETOLD_MAX = 7;

/** A handful of numbers in places that are named below: under 160 bytes. */
export const outdoorSchema = z.strictObject({
  /** Degrees colder than the season's: of this place usually, of the last day; and on how many days the first rests. */
  colder: z.tuple([z.number(), z.number(), z.number().min(0)]),
  /** Temperatures since what is known of the heating: their sum, and how many. */
  today: z.tuple([z.number(), z.number().min(0)]).optional(),
  /** Degrees colder than the season's on the coming days, as somebody foretells them. */
  ahead: z.array(z.number()).min(1).max(DAYS_FORETOLD_MAX).optional(),
  /** From which day (since 1970), what it would use without and with, and what it has used: in the heating's size. */
  trial: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
  /** Errors without and with, added up, and how many weeks: all halved in half a year. */
  score: z.tuple([z.number().min(0), z.number().min(0), z.number().min(0)]),
});
export type Outdoor = z.infer<typeof outdoorSchema>;

/** Eight weeks, and nearer by a twentieth: less is luck. */
const WEEKS_MIN = 8;
const NEARER_SHARE = 0.95;

/** Whether this heating is foretold better with the temperature than without. */
export const isOutdoorHeard = (outdoor: Outdoor | undefined): boolean =>
  outdoor !== undefined && outdoor.score[2] >= WEEKS_MIN && outdoor.score[1] < NEARER_SHARE * outdoor.score[0];

/** Sun and wind are worth a degree and a half to a house, whatever the thermometer says. */
const FELT_CELSIUS = 1.5;
/** What a day's forecast errs by, the first and each further day. */
const FORETOLD_ERROR = { celsius: 1, perDay: 0.3 } as const;

export const lastDayOf = ({ colder: [place, last] }: Outdoor): Outdoors => ({ colderCelsius: last - place, deviationCelsius: FELT_CELSIUS });

/** @param index 0 for the first of the coming days */
export function dayAheadOf({ colder: [place], ahead }: Outdoor, index: number): Outdoors | undefined {
  const colder = ahead?.[index];
  if (colder === undefined) return undefined;
  const error = FORETOLD_ERROR.celsius + FORETOLD_ERROR.perDay * index;
  return { colderCelsius: colder - place, deviationCelsius: Math.hypot(FELT_CELSIUS, error) };
}

/** Mean temperature of one day, since 1970-01-01, UTC. */
export interface DailyCelsius {
  readonly day: number;
  readonly celsius: number;
}

const colderOn = (day: number, celsius: number): number => seasonCelsius(day) - celsius;
const tenths = (value: number): number => Math.round(value * 10) / 10;
const hundredths = (value: number): number => Math.round(value * 100) / 100;

/** So long it takes to know how far a place is from the season assumed, and so many days it is assumed to be as the season says. */
const PLACE_DAYS = { most: 365, assumed: 10 } as const;

/** The day that has just ended, and what somebody foretells of the next. @param day since 1970, with its part that has passed */
export function dayTold(before: Outdoor | undefined, day: number, told: readonly DailyCelsius[]): Outdoor | undefined {
  const lived = Math.floor(day - 0.5);
  const celsius = before?.today ? before.today[0] / before.today[1] : told.find((one) => one.day === lived)?.celsius;
  const ahead = aheadOf(day, told);
  const { colder: [place, last, days] = [0, 0, 0], score = [0, 0, 0], trial } = before ?? {};
  if (celsius === undefined) return before && { ...(trial && { trial }), ...(ahead && { ahead }), colder: [place, last, days], score };
  const now = colderOn(lived, celsius);
  const known = Math.min(PLACE_DAYS.most, days + 1);
  const moved = place + (now - place) / (known + PLACE_DAYS.assumed);
  return { colder: [hundredths(moved), tenths(now), known], ...(ahead && { ahead }), ...(trial && { trial }), score };
}

function aheadOf(day: number, told: readonly DailyCelsius[]): Outdoor['ahead'] {
  const ahead: number[] = [];
  for (let next = Math.floor(day + 0.5); ahead.length < DAYS_FORETOLD_MAX; next += 1) {
    const celsius = told.find((one) => one.day === next)?.celsius;
    if (celsius === undefined) break;
    ahead.push(tenths(colderOn(next, celsius)));
  }
  return ahead.length > 0 ? ahead : undefined;
}
