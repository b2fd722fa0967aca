/** What will be used from what the level sensor says: at the pace of the pack in use until that ends, then at the paces of the item. */
import type { Forecast } from '../forecast/forecast.ts';
import { beliefOf, CELLS, daysSince, hazardUpTo, HABITS, paceOf, passed, STEP, type Belief, type Habits, type Level } from './level.ts';
import { steadyVariance } from './level-reading.ts';
import { normalBelow } from '../forecast/normal.ts';
import type { Instant } from '../../values.ts';

/** What is less likely than this moves no quantile that anybody asks for. */
const WEIGHT_MIN = 1e-4;
/** Nor is a pace that ends so seldom. */
const UNLIKELY = 1e-6;
/** Moments at which a pace may end before the amount is used up. */
const ENDS = 3;
/** After this a device counts as silent (stock.ts), and where the level stands is reckoned, not read. */
const SILENT_DAYS = 25 / 24;

/** Of one stored level at one moment there is one forecast, and one decision asks for it several times. */
const made = new WeakMap<Level, { readonly portion: number; readonly now: Instant; readonly habits: Habits; readonly forecast: Forecast }>();

/** @param portion what one use takes, in base units */
export function levelForecast(level: Level, portion: number, now: Instant, habits = HABITS): Forecast {
  const known = made.get(level);
  if (known?.now === now && known.portion === portion && known.habits === habits) return known.forecast;
  const forecast = forecastFrom(level, portion, now, habits);
  made.set(level, { portion, now, habits, forecast });
  return forecast;
}

function forecastFrom(level: Level, portion: number, now: Instant, habits: Habits): Forecast {
  const elapsed = daysSince(level, now);
  const isSilent = elapsed >= SILENT_DAYS;
  const stored = beliefOf(level);
  const belief = isSilent ? passed(stored, elapsed, habits) : stored;
  let meanPerDay = 0;
  for (let cell = 0; cell < CELLS; cell += 1) meanPerDay += (belief.cells.weight[cell] ?? 0) * paceOf(cell);
  meanPerDay *= belief.pack;
  const courses = coursesOf(belief, { portion, isSilent, elapsed, habits });
  const pack = packOf(belief);
  // Whether it is low is asked of one reading up to three times, in the same words.
  let last = { amount: 0, days: 0, probability: 1 };
  return {
    meanPerDay,
    portion,
    usedUp(amount, horizonDays) {
      if (amount <= 0) return 1;
      if (horizonDays <= 0) return 0;
      const days = isSilent ? horizonDays : horizonDays + elapsed;
      if (amount === last.amount && days === last.days) return last.probability;
      let probability = 0;
      for (const course of courses) probability += course.weight * usedUpBy(course, { pack, habits }, amount / belief.pack, days);
      last = { amount, days, probability: Math.min(1, probability) };
      return last.probability;
    },
  };
}

/** How the days of one pack are spread, as mean and squared coefficient of variation of a log-normal. */
interface Pack {
  readonly meanDays: number;
  readonly variation: number;
  /** Of ln(days) for up to one pack. */
  readonly variance: number;
}
const packOf = ({ median, spread }: Belief): Pack => ({
  meanDays: Math.exp(median + spread ** 2 / 2),
  variation: Math.expm1(spread ** 2),
  variance: spread ** 2,
});

interface Course {
  readonly weight: number;
  readonly perDay: number;
  readonly offset: number;
  readonly used: number;
  /** Hazard of the pace to end, as far as it has run up to now. */
  readonly hazard: number;
  /** Of where the level stands, packs². */
  readonly variance: number;
  /** Of the amount used for each pack of it. */
  readonly lumps: number;
  /** Looked at last: whoever seeks an amount or a day asks most paces about the same few stretches again and again. */
  readonly stretches: Stretch[];
}

/** So much more of a pack, in packs. */
interface Stretch {
  readonly reach: number;
  /** P(the pace has not ended) after each of its thirds. */
  readonly still: readonly number[];
  /** Standard deviation of where the level then stands. */
  readonly deviation: number;
}
/** As many as lead times are weighed for one amount. */
const STRETCHES = 5;

function coursesOf({ cells, pack, noise }: Belief, at: { portion: number; isSilent: boolean; elapsed: number; habits: Habits }): Course[] {
  const lumps = at.portion / pack;
  const courses: Course[] = [];
  for (let cell = 0; cell < CELLS; cell += 1) {
    const [perDay, weight, used] = [paceOf(cell), cells.weight[cell] ?? 0, cells.used[cell] ?? 0];
    if (weight <= WEIGHT_MIN) continue;
    const offset = at.isSilent ? 0 : (cells.offset[cell] ?? 0);
    const variance = steadyVariance(perDay, noise, lumps) + (at.isSilent ? (perDay * at.elapsed) ** 2 : 0);
    courses.push({ weight, perDay, used, hazard: hazardUpTo(used, at.habits), offset, variance, lumps, stretches: [] });
  }
  return courses;
}

/** P(this much, in packs, is used in so many days): without the pace ending first, or after it ended at one of a few moments. */
function usedUpBy(course: Course, { pack, habits }: { pack: Pack; habits: Habits }, amount: number, days: number): number {
  const { perDay } = course;
  const left = amount + course.offset;
  if (left <= 0) return 1;
  const fall = perDay * days;
  const reach = Math.min(left, fall);
  const { still, deviation } = stretchOf(course, reach, habits);
  let [probability, before] = [0, 1];
  for (let end = 0; end < ENDS; end += 1) {
    const after = still[end] ?? 0;
    if (before - after > UNLIKELY) {
      const at = (reach * (end + 0.5)) / ENDS;
      probability += (before - after) * lasts(pack, left - at, days - at / perDay);
    }
    before = after;
  }
  return probability + before * normalBelow((fall - left) / deviation);
}

function stretchOf({ used, hazard, variance, lumps, stretches }: Course, reach: number, habits: Habits): Stretch {
  for (const known of stretches) if (known.reach === reach) return known;
  const stillAt = (end: number): number => Math.exp(hazard - hazardUpTo(used + (reach * end) / ENDS, habits));
  // Within its step every pace is as likely as the next: a uniform spread has a twelfth of the square of its width.
  const deviation = Math.sqrt(variance + lumps * reach + (STEP * reach) ** 2 / 12);
  const stretch = { reach, still: [stillAt(1), stillAt(2), stillAt(ENDS)], deviation };
  if (stretches.length >= STRETCHES) stretches.shift();
  stretches.push(stretch);
  return stretch;
}

/** P(new packs last no longer than this): log-normal with the moments of their sum. @param amount in packs */
function lasts({ meanDays, variation, variance: ofOne }: Pack, amount: number, days: number): number {
  if (amount <= 0) return 1;
  if (days <= 0) return 0;
  const variance = amount <= 1 ? ofOne : Math.log1p(variation / amount);
  return normalBelow((Math.log(days / (amount * meanDays)) + variance / 2) / Math.sqrt(variance));
}
