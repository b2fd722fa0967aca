import { instantAt } from '../api/clock.ts';
import type { Instant } from '../../shared/values.ts';

const DAY_MILLIS = 86_400_000;
/** @param days may be a part of one */
export const addDays = (from: Instant, days: number): Instant => instantAt(Date.parse(from) + days * DAY_MILLIS);
