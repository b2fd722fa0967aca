/** Calendar days `YYYY-MM-DD` of a time zone, and the instants of their minutes. */
import { duration, instantOf, localDate } from '../shared/values.ts';

const minuteMillis = duration(1, 'minutes');

export const dayAt = (at: number, timeZone: string): string => localDate(instantOf(at), timeZone);

export const dayAfter = (day: string): string => new Date(Date.parse(day) + duration(1, 'days')).toISOString().slice(0, 10);

/** 0 is Sunday. */
export const weekdayOf = (day: string): number => new Date(day).getUTCDay();

/** The instant at which the clock on the wall shows this minute of the day; on the night of a change, one of the possible ones. */
export function instantAt(day: string, minutes: number, timeZone: string): number {
  const asUtc = Date.parse(day) + Math.round(minutes * minuteMillis);
  // The offset before the change and the one after it may differ: the second look is taken at the place of the first guess.
  const guess = asUtc - offsetAt(asUtc, timeZone);
  return asUtc - offsetAt(guess, timeZone);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far local time is ahead of UTC, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  formats.set(timeZone, format);
  const name = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minuteMillis;
}
