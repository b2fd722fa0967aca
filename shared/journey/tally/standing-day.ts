/** How all households stood on a day: what `now` said when the day's first change was counted. A trend is read from these, one short item a day. */
import { z } from 'zod';
import type { Counters } from './batch.ts';

export const standingDaySchema = z.strictObject({ day: z.iso.date(), counters: z.record(z.string().max(160), z.int()) });
export type StandingDay = z.infer<typeof standingDaySchema>;

/** As a value of a counter came about, day by day; 0 where it was not counted. */
export const trendOf = (days: readonly StandingDay[], counter: string): { readonly day: string; readonly value: number }[] =>
  [...days].sort((a, b) => (a.day < b.day ? -1 : 1)).map(({ day, counters }) => ({ day, value: counters[counter] ?? 0 }));

/** Of the counters of `now`, those that are worth a trend. */
export const worthKeeping = (counters: Counters): Record<string, number> =>
  Object.fromEntries(Object.entries(counters).filter(([name]) => /^now\|(?:households|segment|tier|phase|value|health)(?:\||$)/.test(name)));
