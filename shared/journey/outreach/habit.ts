/**
 * When a household usually acts, read from its own timeline: how many of its acts fell into each hour of its local clock. Only what people did
 * themselves counts (`initiator: customer`), not what devices, shops or we did; an answer at the TV and one in the app count alike.
 * A neighbouring hour counts half as much as the hour itself (kernel ¼ ½ ¼), so that 18:55 and 19:05 are one habit.
 */
import { addDuration, duration, earliest, isBefore, type Instant } from '../../values.ts';
import type { Trace } from '../fold/trace.ts';
import { outreachLimits } from './limits.ts';
import { localHour, quartersAfter } from './local-hours.ts';

/** 24 counts, by local hour. */
export type HourCounts = readonly number[];
const HOURS = 24;
export const noHabit: HourCounts = Array.from({ length: HOURS }, () => 0);

/** @param traces in any order; of the last weeks before `now` those count that people did themselves */
export function hoursOf(traces: Iterable<Pick<Trace, 'at' | 'initiator'>>, timeZone: string, now: Instant): HourCounts {
  const since = addDuration(now, duration(-outreachLimits.habitDays, 'days'));
  const counts = [...noHabit];
  for (const { at, initiator } of traces) {
    if (initiator !== 'customer' || at < since || at > now) continue;
    const hour = localHour(at, timeZone);
    counts[hour] = (counts[hour] ?? 0) + 1;
  }
  return counts;
}

const smoothed = (hours: HourCounts, hour: number): number => {
  const at = (index: number): number => hours[(index + HOURS) % HOURS] ?? 0;
  return at(hour - 1) / 4 + at(hour) / 2 + at(hour + 1) / 4;
};

export interface MomentAsked {
  readonly hours: HourCounts;
  /** Whether nobody is to be disturbed then. */
  readonly isQuiet: (at: Instant) => boolean;
  readonly timeZone: string;
  /** When the wish was made: the wait for a better hour ends a day after that, however often it is asked. */
  readonly wishedAt: Instant;
  /** What is pointless after this is not put off beyond it. */
  readonly until?: Instant | undefined;
}

/** The hour, of those still to come, in which this household acts most; now, where its habit is unknown or this hour is as good. @param now not in the quiet hours */
export function bestMoment({ hours, isQuiet, timeZone, wishedAt, until }: MomentAsked, now: Instant): Instant {
  if (hours.reduce((sum, many) => sum + many, 0) < outreachLimits.habitActs) return now;
  const end = addDuration(wishedAt, duration(outreachLimits.momentHours, 'hours'));
  const horizon = until === undefined ? end : earliest(end, until);
  let best = { at: now, score: smoothed(hours, localHour(now, timeZone)) };
  if (!isBefore(now, horizon)) return now;
  for (const at of quartersAfter(now, horizon)) {
    if (isQuiet(at)) continue;
    const score = smoothed(hours, localHour(at, timeZone));
    if (score > best.score) best = { at, score };
  }
  return best.at;
}
