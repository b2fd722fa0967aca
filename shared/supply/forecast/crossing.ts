/**
 * Where a probability crosses a target: the very point that halving an interval again and again finds, bit for bit, asked a quarter as often. What
 * was recorded is worked out again by the same halving; here only the questions are spared whose answers follow from others.
 */

/** A probability that only falls, or only rises, with a positive value. */
export interface Crossing {
  readonly probabilityAt: (value: number) => number;
  /** 0–1, exclusive. */
  readonly target: number;
  /** What lies past the point: probabilities of at most the target, or of at least the target. */
  readonly past: 'at-most' | 'at-least';
  /** About where to look first. */
  readonly near: number;
  /** Beyond this nobody asks. */
  readonly most: number;
  readonly tolerance: number;
}

/** Whether a value lies past the point where the crossing is. */
export type IsPast = (value: number) => boolean;

const TURNS_MAX = 14;
/** Of the first step: log odds for each e-fold of days or amounts. */
const SLOPE_AT_FIRST = 1.5;
const SLOPE_MIN = 0.25;
/** No step is longer, as a logarithm. */
const STEP_MAX = 2.5;
/** A probability of 0 or 1 is as far away as this. */
const NEARLY = 1e-12;

/** Log odds over the logarithm of the value are nearly straight lines. */
const logOdds = (probability: number): number => Math.log(Math.max(NEARLY, probability) / Math.max(NEARLY, 1 - probability));

/** Finds the crossing to within the tolerance at once; what is asked nearer than that is looked at when it is asked. */
export function isPastCrossing({ probabilityAt, target, past, near, most, tolerance }: Crossing): IsPast {
  const direction = past === 'at-least' ? 1 : -1;
  const targetOdds = logOdds(target);
  let [below, above] = [0, Infinity];
  /** @returns by how much it is past, in log odds */
  const look = (value: number): number => {
    const probability = probabilityAt(value);
    if (past === 'at-least' ? probability >= target : probability <= target) above = Math.min(above, value);
    else below = Math.max(below, value);
    return direction * (logOdds(probability) - targetOdds);
  };

  let at = Math.min(most, near);
  let slope = SLOPE_AT_FIRST;
  let excess = look(at);
  for (let turn = 1; turn < TURNS_MAX && above - below > tolerance && below < most; turn += 1) {
    const next = between(below, above, Math.min(most, nextOf(at, excess / slope, tolerance)));
    const before = excess;
    excess = look(next);
    const steeper = (excess - before) / Math.log(next / at);
    if (steeper > SLOPE_MIN) slope = steeper;
    at = next;
  }
  return (value) => {
    if (value <= below) return false;
    if (value >= above) return true;
    look(value);
    return value >= above;
  };
}

/** A little further than where the line crosses, so that the crossing is soon enclosed from both sides. */
function nextOf(at: number, steps: number, tolerance: number): number {
  const next = at * Math.exp(-Math.min(STEP_MAX, Math.max(-STEP_MAX, steps)));
  return next + (steps > 0 ? -tolerance : tolerance) / 4;
}

const between = (below: number, above: number, next: number): number => {
  if (next > below && next < above) return next;
  return above === Infinity ? 2 * below : below === 0 ? above / 4 : Math.sqrt(below * above);
};

/** The point between low and high, to a tolerance, where a condition that is false below becomes true. */
export function bisect(low: number, high: number, tolerance: number, isPast: IsPast): number {
  let [below, above] = [low, high];
  while (above - below > tolerance) {
    const middle = (below + above) / 2;
    if (isPast(middle)) above = middle;
    else below = middle;
  }
  return above;
}
