/** Some months, as reports from counters by the month are asked for. */
import { z } from 'zod';

const MONTHS_MAX = 13;
export const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'expected a month such as 2026-03');
const numberOf = (yearAndMonth: string): number => Number(yearAndMonth.slice(0, 4)) * 12 + Number(yearAndMonth.slice(5));

export const areMonths = ({ from, to }: { readonly from: string; readonly to: string }): boolean => from <= to && numberOf(to) - numberOf(from) < MONTHS_MAX;
export const MONTHS_WANTED = { path: ['to'], message: `expected up to ${MONTHS_MAX} months, the earlier first` };

export const monthsQuerySchema = z.strictObject({ from: monthSchema, to: monthSchema }).refine(areMonths, MONTHS_WANTED);
