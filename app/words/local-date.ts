/** Which calendar day it is for the household, without what reads and checks instants. */
import type { Instant } from '../../shared/values.ts';

/** `YYYY-MM-DD` */
export const localDateOf = (instant: Instant, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(Date.parse(instant));

/** `YYYY-MM` */
export const localMonthOf = (instant: Instant, zone: string): string => localDateOf(instant, zone).slice(0, 7);

/** How far the clocks of a zone are ahead of UTC, at a time in milliseconds since 1970. */
export function zoneOffsetMillis(at: number, zone: string): number {
  const fields = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  const wholeSeconds = Math.floor(at / 1_000) * 1_000;
  // Swedish writes a date and time as ISO does.
  return Date.parse(`${new Intl.DateTimeFormat('sv-SE', { timeZone: zone, ...fields }).format(wholeSeconds).replace(' ', 'T')}Z`) - wholeSeconds;
}
