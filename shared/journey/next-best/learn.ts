/**
 * What outcomes have taught: how likely an action is taken up where it is shown, per action and cell. Thompson sampling (Thompson 1933; Chapelle and Li 2011)
 * over Beta distributions: what is little known is tried now and then, what has shown itself is done.
 */
import type { Counters } from '../tally/batch.ts';
import type { Candidate } from './candidate.ts';
import { drawBeta } from './draw.ts';

/** Of those whose time is over: how often it reached a household, and how often it was taken up then. */
export interface Outcomes {
  readonly shown: number;
  readonly taken: number;
}
export interface Believed {
  /** Of a Beta distribution, both above 0. */
  readonly yes: number;
  readonly no: number;
}
/** Names under which the log counts (`action-log.ts`), in the bucket `now`. */
export const learntName = (action: string, cell: string, what: keyof Outcomes): string => `nba|${action}|${cell}|${what}`;

const outcomesIn = (counters: Counters, action: string, cell: string): Outcomes => {
  const [shown, taken] = [counters[learntName(action, cell, 'shown')] ?? 0, counters[learntName(action, cell, 'taken')] ?? 0];
  return { shown: Math.max(shown, taken, 0), taken: Math.max(0, Math.min(taken, shown)) };
};
const CELLS = ['new', 'low', 'middle', 'high'] as const;

/**
 * A cell that has seen little leans on what all cells have seen, and they on what was assumed before anybody had answered: each level weighs like `strength`
 * answers of the level above it (empirical Bayes, as Gelman et al. 2013, §5.3).
 */
export function believed({ action, prior: { mean, strength } }: Pick<Candidate, 'action' | 'prior'>, cell: string, counters: Counters): Believed {
  const all = CELLS.map((one) => outcomesIn(counters, action, one));
  const [shown, taken] = [all.reduce((sum, one) => sum + one.shown, 0), all.reduce((sum, one) => sum + one.taken, 0)];
  const pooled = (mean * strength + taken) / (strength + shown);
  const own = outcomesIn(counters, action, cell);
  return { yes: pooled * strength + own.taken, no: (1 - pooled) * strength + own.shown - own.taken };
}
export const meanOf = ({ yes, no }: Believed): number => yes / (yes + no);
export const drawOf = ({ yes, no }: Believed, draw: () => number): number => drawBeta(yes, no, draw);
