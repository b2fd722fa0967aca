/** Calendar days `YYYY-MM-DD` of a time zone, and the instants of their minutes. */
import { duration } from '../shared/values.ts';

const dayMillis = duration(1, 'days');
const minuteMillis = duration(1, 'minutes');

const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

export const dayAt = (at: number, timeZone: string): string => isoDay(at + offsetAt(at, timeZone));

export const dayAfter = (day: string): string => isoDay(Date.parse(day) + dayMillis);

/** 0 is Sunday. */
export const weekdayOf = (day: string): number => new Date(day).getUTCDay();

/** The instant at which the clock on the wall shows this minute of the day; on the night of a change, one of the possible ones. */
export function instantAt(day: string, minutes: number, timeZone: string): number {
  const asUtc = Date.parse(day) + Math.round(minutes * minuteMillis);
  // The offset before the change and the one after it may differ: the second look is taken at the place of the first guess.
  return asUtc - offsetAt(asUtc - offsetAt(asUtc, timeZone), timeZone);
}

/** Time zone and UTC day → offset at its beginning and at its end: asking the formatter is 100 times slower than anything else here. */
const offsetsOfDays = new Map<string, readonly [number, number]>();
const DAYS_KEPT_MOST = 10_000;

/** How far local time is ahead of UTC, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  const utcDay = Math.floor(at / dayMillis);
  const key = `${timeZone} ${utcDay}`;
  const [begins, ends] = offsetsOfDays.get(key) ?? [exactOffsetAt(utcDay * dayMillis, timeZone), exactOffsetAt((utcDay + 1) * dayMillis, timeZone)];
  if (offsetsOfDays.size >= DAYS_KEPT_MOST) offsetsOfDays.clear();
  offsetsOfDays.set(key, [begins, ends]);
  return begins === ends ? begins : exactOffsetAt(at, timeZone);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function exactOffsetAt(at: number, timeZone: string): number {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  formats.set(timeZone, format);
  const name = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minuteMillis;
}
