/** A TV: somebody watches in the evening, and at the weekend in the afternoon too; the batteries of its remote control wear out. It never buys anything. */
import { dayAfter, dayAt, instantAt, weekdayOf } from './calendar.ts';
import type { Home, Kind } from './kind.ts';
import { around1, drawsOf, normal } from './random.ts';
import { tidy } from './shelf.ts';
import type { ThingSpec } from './simulation.ts';

/** The TV is on, and somebody sits in front of it. Product milliseconds. */
export interface Viewing {
  readonly from: number;
  readonly until: number;
}

/** Minutes after midnight, and how long it takes on the average; an evening in five has no TV, an afternoon at the weekend in two has some. */
const EVENING = { from: 1_170, minutes: 130, chance: 0.8 } as const;
const AFTERNOON = { from: 870, minutes: 100, chance: 0.5 } as const;
const LATE_MINUTES_SIGMA = 25;
const SHORTEST_MINUTES = 15;
/** The end of the evening stays before midnight, so that a day's viewing is the day's. */
const LAST_MINUTE = 1_435;
/** Of a week, so that over many days the wear averages `usePerDay`: 7 evenings and 2 afternoons. */
const MEAN_MINUTES_PER_DAY = (7 * EVENING.minutes * EVENING.chance + 2 * AFTERNOON.minutes * AFTERNOON.chance) / 7;

export function viewingsOf({ seed, thing, timeZone }: Home, day: string): Viewing[] {
  const draw = drawsOf(seed, thing, 'viewing', day);
  const habits = weekdayOf(day) % 6 === 0 ? [AFTERNOON, EVENING] : [EVENING];
  return habits.flatMap(({ from, minutes, chance }) => {
    const [late, length, happens] = [normal(draw) * LATE_MINUTES_SIGMA, minutes * around1(draw, 0.3), draw() < chance];
    if (!happens) return [];
    const begins = from + Math.max(-75, Math.min(75, late));
    const ends = Math.min(LAST_MINUTE, begins + Math.max(SHORTEST_MINUTES, Math.min(length, 2 * minutes)));
    return [{ from: instantAt(day, begins, timeZone), until: instantAt(day, ends, timeZone) }];
  });
}

/** The first moment, not before `at`, at which somebody sits in front of the TV. */
export function watchedFrom(home: Home, at: number): number {
  for (let day = dayAt(at, home.timeZone); ; day = dayAfter(day)) {
    const viewing = viewingsOf(home, day).find(({ until }) => until > at);
    if (viewing !== undefined) return Math.max(at, viewing.from);
  }
}

export const tv = ({ slots }: ThingSpec, home: Home): Kind => ({
  storage: 'wear',
  counts: 'viewedMinutes',
  happeningsOf: (day) =>
    viewingsOf(home, day).map(({ from, until }) => {
      const minutes = (until - from) / 60_000;
      const portions = slots.map(({ slot, usePerDay }) => ({ slot, amount: tidy((usePerDay * minutes) / MEAN_MINUTES_PER_DAY) }));
      return { at: until, kind: 'visit' as const, portions, counted: Math.round(minutes) };
    }),
});
