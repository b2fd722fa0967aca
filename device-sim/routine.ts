/**
 * What a household takes out of a device, and when: meals at typical hours, a rhythm of the week, days that differ, days away.
 * A pure function of seed, thing, slot and day, so that the past of any day can be computed again after a crash.
 */
import { instantAt, weekdayOf } from './calendar.ts';
import type { Happening, Home } from './kind.ts';
import { around1, drawsOf, normal, type Draw } from './random.ts';
import type { SlotSpec } from './simulation.ts';

/** Minutes after midnight on a working day and at the weekend, and the share of the day's portions. The shares sum to 1. */
const MEALS = [
  { workday: 420, weekend: 540, share: 0.3 },
  { workday: 600, weekend: 660, share: 0.1 },
  { workday: 750, weekend: 780, share: 0.2 },
  { workday: 930, weekend: 930, share: 0.1 },
  { workday: 1_125, weekend: 1_125, share: 0.25 },
  { workday: 1_305, weekend: 1_305, share: 0.05 },
] as const;
/** Sunday first; sums to 7, so that the week's average is `usePerDay`. */
const WEEK = [1.12, 0.94, 0.94, 0.96, 0.96, 1, 1.08] as const;
const AWAY_SHARE = 0.04;
const MOOD_SIGMA = 0.3;
/** Two meals are at least 90 minutes apart, so with at most 40 minutes early or late they never swap. */
const LATE_MINUTES = { sigma: 15, most: 40 };
const PORTIONS_PER_DAY_MOST = 12;

/** The visits of one local day, in order of time: everything is taken in the same minute, which also keeps a day at a few wake-ups. */
export function mealsOf(home: Home, slots: readonly SlotSpec[], day: string): Happening[] {
  if (isAway(home, day)) return [];
  const portions = slots.flatMap((slot) => portionsOf(home, slot, day));
  const draw = drawsOf(home.seed, home.thing, 'meals', day);
  return MEALS.flatMap((meal, index) => {
    const late = Math.max(-LATE_MINUTES.most, Math.min(LATE_MINUTES.most, normal(draw) * LATE_MINUTES.sigma));
    // Somebody looks for a snack and closes the door again; somebody else forgot the butter.
    const [looksOnly, opensTwice] = [draw() < 0.2, draw() < 0.4];
    const taken = portions.filter((portion) => portion.meal === index).map(({ slot, amount }) => ({ slot, amount }));
    if (taken.length === 0 && !looksOnly) return [];
    const minutes = (isWeekend(day) ? meal.weekend : meal.workday) + late;
    return [{ kind: 'visit', at: instantAt(day, minutes, home.timeZone), portions: taken, counted: opensTwice ? 2 : 1 }];
  });
}

/** What one slot gives on one day; over many days it averages `usePerDay`. */
export function portionsOf({ seed, thing }: Home, spec: SlotSpec, day: string): { slot: string; meal: number; amount: number }[] {
  const draw = drawsOf(seed, thing, spec.slot, day);
  const wanted = (spec.usePerDay * (WEEK[weekdayOf(day)] ?? 1) * around1(draw, MOOD_SIGMA)) / (1 - AWAY_SHARE);
  // A household that uses much takes more at once instead of opening the door all day.
  const least = Math.max(spec.portion, spec.usePerDay / PORTIONS_PER_DAY_MOST);
  const portion = spec.unit === 'piece' ? Math.ceil(least) : least;
  const [whole, rest] = [Math.floor(wanted / portion), (wanted / portion) % 1];
  const count = whole + (draw() < rest ? 1 : 0);
  return Array.from({ length: count }, () => {
    const size = spec.unit === 'piece' ? 1 : 0.85 + 0.3 * draw();
    return { slot: spec.slot, meal: mealFor(draw), amount: Math.round(portion * size * 1_000_000) / 1_000_000 };
  });
}

const isAway = ({ seed, thing }: Home, day: string): boolean => drawsOf(seed, thing, 'away', day)() < AWAY_SHARE;

const isWeekend = (day: string): boolean => weekdayOf(day) % 6 === 0;

function mealFor(draw: Draw): number {
  let left = draw();
  return Math.max(
    0,
    MEALS.findIndex(({ share }) => (left -= share) < 0),
  );
}
