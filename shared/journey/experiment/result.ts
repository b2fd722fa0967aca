/** What an experiment has shown so far, read from the counters of all: shares with their intervals, the lift over the control, and whether it may be said already. */
import type { Counters } from '../tally/batch.ts';
import { difference, neededOf, ratio, wilson, Z, type Interval, type Share } from '../proportion.ts';
import { controlOf, type Experiment } from './experiment.ts';
import { tailOfChiSquare } from './chi-square.ts';

export interface ArmResult {
  readonly arm: string;
  /** Whole percent, as it is set. */
  readonly share: number;
  /** Households that entered and whose window is over, and how many of these reached the outcome. */
  readonly entered: number;
  readonly reached: number;
  /** 0–1; absent: nobody entered. */
  readonly rate?: Interval;
  /** What was delivered to a household within its window, mean, minor units. */
  readonly minor?: Interval;
}
/** Something may be said only when there are enough, and the arms are filled as they should be. */
export type Verdict = 'better' | 'worse' | 'no-difference-shown' | 'not-enough-yet' | 'uneven';
export interface Lift {
  readonly arm: string;
  /** Of the shares, arm less control, −1…1. */
  readonly difference: Interval;
  /** Arm by control; absent: the control has none. */
  readonly ratio?: Interval;
  /** A household's value, arm less control, minor units. */
  readonly minor?: Interval;
  readonly verdict: Verdict;
  /** Households that the smaller of the two arms still needs before `leastDifference` would be seen. */
  readonly missing: number;
}
export interface ExperimentResult {
  readonly experiment: string;
  readonly arms: readonly ArmResult[];
  readonly lifts: readonly Lift[];
  /** Entered, with a window that is still open. */
  readonly running: number;
  /** How likely so uneven arms are by chance, 0–1; below 0.001 something is broken. Absent: nobody entered. */
  readonly evenness?: number;
}

/** Fabijan et al. 2019: strict, because it is asked again and again. */
const UNEVEN_BELOW = 0.001;
/** Below so many in an arm no interval is worth showing a verdict on, whatever the formula says of a rare outcome. */
const LEAST_IN_ARM = 30;

/** @param counters of the days that can be judged @param open those of the days after */
export function resultOf(experiment: Experiment, counters: Counters, open: Counters): ExperimentResult {
  const arms = experiment.arms.map((arm) => armResult(experiment.experiment, arm, counters));
  const evenness = evennessOf(arms);
  const control = arms.find(({ arm }) => arm === controlOf(experiment));
  return {
    ...{ experiment: experiment.experiment, arms },
    lifts: control === undefined ? [] : arms.flatMap((arm) => (arm === control ? [] : liftOf(experiment, arm, control, evenness))),
    running: experiment.arms.reduce((sum, { arm }) => sum + (open[`trial|${experiment.experiment}|${arm}|entered`] ?? 0), 0),
    ...(evenness !== undefined && { evenness }),
  };
}

function armResult(experiment: string, { arm, share }: Experiment['arms'][number], counters: Counters): ArmResult {
  const counted = (what: string): number => counters[`trial|${experiment}|${arm}|${what}`] ?? 0;
  const [entered, reached] = [counted('entered'), counted('reached')];
  if (entered === 0) return { arm, share, entered, reached };
  const minor = meanOf(counted('minor'), counted('square') * 10_000, entered);
  return { arm, share, entered, reached, rate: wilson({ having: reached, of: entered }), ...(minor !== undefined && { minor }) };
}

/** The mean with the normal interval of its standard error; undefined for fewer than two. @param squares sum of squares */
function meanOf(sum: number, squares: number, of: number): Interval | undefined {
  if (of < 2) return undefined;
  const value = sum / of;
  const half = Z * Math.sqrt(Math.max(0, squares / of - value ** 2) / (of - 1));
  return { value, low: value - half, high: value + half };
}

function liftOf(experiment: Experiment, arm: ArmResult, control: ArmResult, evenness: number | undefined): Lift[] {
  if (arm.entered === 0 || control.entered === 0) return [];
  const [one, other]: [Share, Share] = [
    { having: arm.reached, of: arm.entered },
    { having: control.reached, of: control.entered },
  ];
  const between = difference(one, other);
  const times = arm.entered / control.entered;
  // One more success and one more failure, so that an arm without any still asks for enough (Agresti and Coull 1998).
  const needed = neededOf((control.reached + 1) / (control.entered + 2), experiment.leastDifference, times);
  const missing = Math.ceil(Math.max(0, Math.max(LEAST_IN_ARM, needed * Math.min(1, times)) - Math.min(arm.entered, control.entered)));
  const byChance = ratio(one, other);
  return [
    {
      ...{ arm: arm.arm, difference: between, missing },
      ...(byChance !== undefined && { ratio: byChance }),
      ...(arm.minor !== undefined && control.minor !== undefined && { minor: lessOf(arm.minor, control.minor) }),
      verdict: verdictOf(between, missing, evenness),
    },
  ];
}

/** Welch: the variances of the means add. */
function lessOf(one: Interval, other: Interval): Interval {
  const value = one.value - other.value;
  const half = Math.hypot(one.high - one.value, other.high - other.value);
  return { value, low: value - half, high: value + half };
}

function verdictOf({ low, high }: Interval, missing: number, evenness: number | undefined): Verdict {
  if (evenness !== undefined && evenness < UNEVEN_BELOW) return 'uneven';
  if (missing > 0) return 'not-enough-yet';
  return low > 0 ? 'better' : high < 0 ? 'worse' : 'no-difference-shown';
}

/** Pearson's test of the households in each arm against the shares that were set. An arm of share 0 with somebody in it can be no chance. */
function evennessOf(arms: readonly ArmResult[]): number | undefined {
  const all = arms.reduce((sum, { entered }) => sum + entered, 0);
  if (all === 0) return undefined;
  if (arms.some(({ share, entered }) => share === 0 && entered > 0)) return 0;
  const open = arms.filter(({ share }) => share > 0);
  const distance = open.reduce((sum, { share, entered }) => sum + (entered - (all * share) / 100) ** 2 / ((all * share) / 100), 0);
  return open.length < 2 ? 1 : tailOfChiSquare(distance, open.length - 1);
}
