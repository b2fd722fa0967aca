/** What each action has come to in a period: how often it was recommended, reached somebody and was taken up, what it was worth, and its lift over the tenth that is left alone. */
import type { Counters } from '../tally/batch.ts';
import { difference, wilson, type Interval } from '../proportion.ts';

export interface ActionResult {
  readonly action: string;
  readonly recommended: number;
  readonly shown: number;
  /** Opened by somebody at home. */
  readonly tapped: number;
  /** Households whose fortnight is over, or who took it up before. */
  readonly over: number;
  readonly taken: number;
  /** The same in the tenth that is left alone: what would have been recommended, and what happened all the same. */
  readonly withheld: number;
  readonly withheldOver: number;
  readonly takenAnyway: number;
  /** Minor units, to both sides, of what was taken up. */
  readonly worthMinor: number;
  /** Of those that are over, 0–1. */
  readonly rate?: Interval;
  /** Share taken up after a recommendation, less that without one; absent while either is empty. */
  readonly lift?: Interval;
  /** Fewer than thirty in either: nothing may be said yet. */
  readonly isEnough: boolean;
}
const LEAST = 30;

/** By their names. */
export function actionResultsIn(counters: Counters): ActionResult[] {
  const actions = [...new Set(Object.keys(counters).flatMap((name) => (name.startsWith('act|') ? [name.split('|')[1] ?? ''] : [])))].sort();
  return actions.map((action) => {
    const counted = (what: string): number => counters[`act|${action}|${what}`] ?? 0;
    const [over, taken] = [counted('treated|over'), counted('treated|taken')];
    const [withheldOver, takenAnyway] = [counted('control|over'), counted('control|taken')];
    const isComparable = over > 0 && withheldOver > 0;
    return {
      ...{ action, recommended: counted('recommended'), shown: counted('shown'), tapped: counted('tapped'), over, taken },
      ...{ withheld: counted('withheld'), withheldOver, takenAnyway, worthMinor: counted('minor') },
      ...(over > 0 && { rate: wilson({ having: taken, of: over }) }),
      ...(isComparable && { lift: difference({ having: taken, of: over }, { having: takenAnyway, of: withheldOver }) }),
      isEnough: over >= LEAST && withheldOver >= LEAST,
    };
  });
}
