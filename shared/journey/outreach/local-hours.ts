/** Hours of the household's own clock, also on the two nights of a year on which one is missing or comes twice. */
import { duration, instantOf, localDate, millisOf, type Instant } from '../../values.ts';

/** All offsets in use are whole quarters of an hour, so whatever changes by the local clock changes on one of these. */
const QUARTER = duration(15, 'minutes');
/** A day of 25 hours, and the night behind it. */
const STEPS_MAX = (4 * 24 + 4) * 2;

const clocks = new Map<string, Intl.DateTimeFormat>();
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' });
  clocks.set(timeZone, clock);
  return clock;
}

/** 0–23. */
export const localHour = (at: Instant, timeZone: string): number => Number(clockOf(timeZone).format(millisOf(at)));

/** Whole local hours, from … up to; both the same: none. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

export function isQuiet(at: Instant, { from, to }: QuietHours, timeZone: string): boolean {
  if (from === to) return false;
  const hour = localHour(at, timeZone);
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}

/** The quarters of an hour after `from`, the nearest first. */
export function* quartersAfter(from: Instant, until?: Instant): Generator<Instant> {
  const start = Math.floor(millisOf(from) / QUARTER) * QUARTER;
  for (let step = 1; step <= STEPS_MAX; step += 1) {
    const at = instantOf(start + step * QUARTER);
    if (until !== undefined && at > until) return;
    yield at;
  }
}

function firstQuarter(after: Instant, is: (at: Instant) => boolean): Instant {
  for (const at of quartersAfter(after)) if (is(at)) return at;
  throw new Error('expected a local clock that comes round within two days');
}

/** When the quiet hours in which `at` lies are over. */
export const endOfQuiet = (at: Instant, isQuietThen: (at: Instant) => boolean): Instant => firstQuarter(at, (quarter) => !isQuietThen(quarter));

/** Midnight, or whenever else the next day of the local calendar begins. */
export function nextLocalDay(at: Instant, timeZone: string): Instant {
  const today = localDate(at, timeZone);
  return firstQuarter(at, (quarter) => localDate(quarter, timeZone) !== today);
}
