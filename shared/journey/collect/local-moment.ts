/** A moment as people write it in their own time zone (`14.03.2026 09:30`) → an instant. */
import { localDate, instantOf, type Instant } from '../../values.ts';

const TOKENS = {
  YYYY: '(?<year>\\d{4})',
  MM: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
};

/**
 * @param format of YYYY, MM, DD, HH, mm, ss and anything between them, such as `DD.MM.YYYY HH:mm`; without an hour it is midday
 * @returns undefined for what is not written so, or is no day of the calendar. An hour that the clocks pass twice is the first, one that they
 * leave out is as late as the clocks go on.
 */
export function localMoment(text: string, format: string, timeZone: string): Instant | undefined {
  const pattern = format.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/YYYY|MM|DD|HH|mm|ss/g, (token) => TOKENS[token as keyof typeof TOKENS]);
  const parts = new RegExp(`^${pattern}$`).exec(text.trim())?.groups;
  if (parts === undefined) return undefined;
  const number = (name: string, otherwise: number) => Number(parts[name] ?? otherwise);
  const [year, month, day, hour, minute, second] = [
    number('year', 0),
    number('month', 1),
    number('day', 1),
    number('hour', 12),
    number('minute', 0),
    number('second', 0),
  ];
  const asIfUtc = Date.UTC(year, month - 1, day, hour, minute, second);
  const isReal = new Date(asIfUtc).toISOString().startsWith(`${pad(year, 4)}-${pad(month)}-${pad(day)}T${pad(hour)}`) && minute < 60 && second < 60;
  if (!isReal) return undefined;
  // What the zone was ahead by a day before, and what it is then: a change of the clocks lies between them or it does not.
  const before = asIfUtc - aheadAt(asIfUtc - 86_400_000, timeZone);
  return instantOf(before + aheadAt(before, timeZone) === asIfUtc ? before : asIfUtc - aheadAt(asIfUtc + 86_400_000, timeZone));
}

const pad = (value: number, length = 2): string => String(value).padStart(length, '0');

/** By how many milliseconds the zone's clocks are ahead of UTC. */
function aheadAt(millis: number, timeZone: string): number {
  const whole = Math.floor(millis / 1_000) * 1_000;
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(whole);
  return Date.parse(`${localDate(instantOf(whole), timeZone)}T${time}.000Z`) - whole;
}
