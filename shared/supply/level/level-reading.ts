/** A reading weighs the paces: whichever explains the fall since the reading before becomes likelier, and each corrects its level. */
import type { Instant } from '../../values.ts';
import { beliefOf, birthsOf, CELLS, daysSince, levelOf, minuteOf, nothingYet, paceOf, passed, perPace, weighed, type Belief, type Level } from './level.ts';

/** Amounts in base units. */
export interface LevelReading {
  readonly at: Instant;
  /** What was in the house as far as had been read before, deliveries since included, and what is there by this reading. */
  readonly before: number;
  readonly after: number;
  /** Of it, what the sensor sees: that cannot be less than empty. */
  readonly inSlot: number;
  /** Standard deviation of the reading, its steps included. */
  readonly noise: number;
  /** What one use takes. */
  readonly portion: number;
  /** Goods have come that nobody had told of: how many were opened before is unknown. */
  readonly isRefill: boolean;
}

/** Readings closer together err alike: they tell of a jump, and nothing of a pace. */
const APART_DAYS = 0.25;
/** No sensor is better than half a hundredth of a pack: a shelf shakes. */
const NOISE_MIN = 0.005;
/** Paces waver a little from day to day: variance of the level in packs² a day, less for the slowest. */
const DRIFT = 3e-4;
const DRIFT_FULL_FROM = 1 / 30;
/** Nothing that we believe explains the reading: it is 5 standard deviations from all. */
const SURPRISE = Math.exp(-12.5);
/** After goods from elsewhere, the part that believes in a new pace. */
const NEW_PACE = 0.3;

/**
 * Variance (packs²) of where a pace expects the level, one reading a day: the steady state of the local level model (Harvey 1989, §4.3),
 * whose level drifts, and falls in whole uses. @param portion in packs
 */
export function steadyVariance(perDay: number, noise: number, portion: number, days = 1): number {
  const drift = (DRIFT * Math.min(1, perDay / DRIFT_FULL_FROM) + portion * perDay) * days;
  return drift / 2 + Math.sqrt(drift ** 2 / 4 + drift * noise ** 2);
}

export function followReading(level: Level, reading: LevelReading): Level {
  const { at, before, after, inSlot, portion, isRefill } = reading;
  const belief = beliefOf(level);
  const { pack } = belief;
  const noise = Math.hypot(reading.noise / pack, NOISE_MIN);
  const days = daysSince(level, at);
  // What is there has not changed because another number was read.
  const shift = isRefill ? 0 : (before - after) / pack;
  const shifted = { ...belief.cells, offset: perPace((cell) => (belief.cells.offset[cell] ?? 0) + shift) };
  if (!isRefill && days < APART_DAYS && Math.abs(before - after) <= 3 * Math.SQRT2 * noise * pack) return levelOf({ ...belief, noise, cells: shifted });
  const now = passed({ ...belief, noise, cells: shifted }, days);
  const next = isRefill ? refilled(now) : measured(now, { floor: -inSlot / pack, portion: portion / pack, days: Math.max(APART_DAYS, days) });
  return levelOf({ ...next, atMinute: Math.max(belief.atMinute, minuteOf(at)) });
}

function refilled(belief: Belief): Belief {
  const births = birthsOf(belief);
  const weight = weighed(perPace((cell) => (1 - NEW_PACE) * (belief.cells.weight[cell] ?? 0) + NEW_PACE * (births[cell] ?? 0)));
  return { ...belief, cells: { ...belief.cells, weight, offset: perPace(() => 0) } };
}

function measured(belief: Belief, by: { floor: number; portion: number; days: number }): Belief {
  const { noise, cells } = belief;
  let likelihood = 0;
  const next = nothingYet();
  for (let cell = 0; cell < CELLS; cell += 1) {
    // Nothing is less than empty.
    const offset = Math.max(by.floor, cells.offset[cell] ?? 0);
    const variance = steadyVariance(paceOf(cell), noise, by.portion, by.days);
    const spread = variance + noise ** 2;
    const fits = Math.exp(-0.5 * Math.min(25, offset ** 2 / spread)) * (noise / Math.sqrt(spread));
    const weight = (cells.weight[cell] ?? 0) * fits;
    likelihood += weight;
    const correction = (-offset * variance) / spread;
    // What was used less than believed was half believed wrongly of this pack, and half of the one before.
    next.weight[cell] = weight;
    next.offset[cell] = Math.max(by.floor, offset + correction);
    next.used[cell] = Math.max(0, (cells.used[cell] ?? 0) - correction / 2);
  }
  if (likelihood >= SURPRISE) return { ...belief, cells: { ...next, weight: weighed(next.weight) } };
  // Spilt, given away, put elsewhere, or misread: the paces are as likely as before, but of the level only the reading is known.
  return { ...belief, cells: { ...cells, offset: perPace(() => 0) } };
}
