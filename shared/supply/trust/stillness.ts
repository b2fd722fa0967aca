/** A level that stands still: when that begins to say something, and what the rest of the house has to say to it. */
import { addDuration, duration, latest, type Instant } from '../../values.ts';
import type { Demand } from '../demand.ts';
import { forecastOf } from '../forecast/forecast-of.ts';
import { isModelled, noiseOf } from '../stock.ts';
import type { Supply } from '../supply.ts';

/** What the rest of the house says: when anybody was last seen to use something of it. */
export interface Presence {
  /** Absent: nothing else is watched here, so nothing says that somebody was at home. */
  readonly lastUseAt?: Instant | undefined;
  readonly others: number;
}

/** Uses that did not come although somebody was at home. */
export const ABSENT_UNLIKELY = 0.01;
/** Where nothing else is watched it takes much more: people go away for a week. */
export const ALONE_UNLIKELY = 0.0001;
export const ALONE_DAYS = 14;
const LOOK_AGAIN = duration(1, 'days');
const STILL_DAYS = [2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90] as const;

/** P(at least one use that a sensor would show), by how many days have gone by. */
export function likelyUsed(supply: Supply, from: Instant): (days: number) => number {
  const forecast = forecastOf({ demand: supply.demand }, from);
  const amount = Math.max(supply.demand.portion, 1.5 * noiseOf(supply));
  return (days) => forecast.usedUp(amount, days);
}

/** The first of the days on which it is unlikely that nothing was used: it only becomes less likely, so halves are asked. */
function tellingDays(likely: (days: number) => number): number | undefined {
  let [first, after]: [number, number] = [0, STILL_DAYS.length];
  while (first < after) {
    const middle = (first + after) >> 1;
    if (1 - likely(STILL_DAYS[middle] ?? Infinity) <= ABSENT_UNLIKELY) after = middle;
    else first = middle + 1;
  }
  return STILL_DAYS[first];
}

/** What is learnt of a demand is never changed in place, and between two lessons the same is asked with every reading. */
const told = new WeakMap<Demand, { readonly since: Instant; readonly noise: number; readonly days: number | undefined }>();

function tellingDaysOf(supply: Supply, since: Instant): number | undefined {
  const noise = noiseOf(supply);
  const known = told.get(supply.demand);
  if (known?.since === since && known.noise === noise) return known.days;
  const days = tellingDays(likelyUsed(supply, since));
  told.set(supply.demand, { since, noise, days });
  return days;
}

/** From when on standing still says something. Undefined for what may well stand for months, and where nothing is left to fall. */
export function stillnessDue(supply: Supply, now: Instant): Instant | undefined {
  const { trust } = supply;
  if (trust === undefined || trust.doubt !== undefined || supply.lastReading === undefined || isModelled(supply, now)) return undefined;
  // What is taken may be put back out of the larder, and of a heating the weather decides, not who is at home.
  if (supply.pantry > 0 || supply.deviceType === 'heating' || trust.still.level <= noiseOf(supply) + supply.demand.portion) return undefined;
  const days = tellingDaysOf(supply, trust.still.since);
  if (days === undefined) return undefined;
  const telling = addDuration(trust.still.since, duration(days, 'days'));
  return trust.askedAt === undefined ? telling : latest(telling, addDuration(trust.askedAt, LOOK_AGAIN));
}

export const asksWhoWasHome = (supply: Supply, now: Instant): boolean => {
  const due = stillnessDue(supply, now);
  return due !== undefined && due <= now;
};

/** Of the other supplies of a house. */
export function presenceIn(others: readonly Supply[]): Presence {
  const watchedOnes = others.filter(({ trust, removedAt }) => trust !== undefined && removedAt === undefined);
  const moments = others
    .flatMap(({ trust, countedAt }) => [trust?.doubt === undefined ? trust?.still.since : undefined, countedAt])
    .filter((at) => at !== undefined);
  const [first, ...rest] = moments;
  return { others: watchedOnes.length, ...(first !== undefined && { lastUseAt: latest(first, ...rest) }) };
}
