/** Days on which the whole shop is down: nobody answers, nothing is sent, nothing leaves the warehouse. They follow from the seed alone. */
import type { Chance } from './chance.ts';

export interface Outage {
  /** Product milliseconds. */
  readonly from: number;
  readonly until: number;
  /** Hangs up on whoever calls, or says 503. */
  readonly manner: 'hangs-up' | 'says-503';
}

const DAY = 86_400_000;
/** One in each such stretch, not on its first day and over before its last. */
const STRETCH = 10 * DAY;

export function outageAt(now: number, startsAt: number, chance: Chance): Outage | undefined {
  const stretch = Math.floor((now - startsAt) / STRETCH);
  const from = startsAt + stretch * STRETCH + DAY + Math.round(chance('outage', String(stretch)) * (STRETCH - 3 * DAY));
  const until = from + DAY;
  if (now < from || now >= until) return undefined;
  return { from, until, manner: chance('outage', String(stretch), 'manner') < 0.5 ? 'hangs-up' : 'says-503' };
}
