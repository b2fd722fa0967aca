/** Which calendar day it is for the household, without what reads and checks instants. */
import type { Instant } from '../../shared/values.ts';

/** `YYYY-MM-DD` */
export const localDateOf = (instant: Instant, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(Date.parse(instant));

/** `YYYY-MM` */
export const localMonthOf = (instant: Instant, zone: string): string => localDateOf(instant, zone).slice(0, 7);
