/** What a next best action may be. */
import type { SupplyId } from '../../values.ts';
import type { ReachChannel, ReachPurpose } from '../outreach/words.ts';
import type { Figures } from '../reason.ts';
import type { Phase } from '../words.ts';
import type { Prior } from './assumptions.ts';
import type { Situation } from './situation.ts';

/** What one action would mean here. */
export interface Fit {
  /** Names and figures for its words. */
  readonly figures: Figures;
  /** If it is taken up, for four weeks: minor units. */
  readonly household: number;
  readonly company: number;
  readonly supplyId?: SupplyId;
}
export interface Candidate {
  readonly action: string;
  readonly purpose: ReachPurpose;
  readonly phase: Phase;
  readonly channels: readonly ReachChannel[];
  /** Where the app goes on. */
  readonly link: string;
  readonly prior: Prior;
  /** Touchpoints by which it is seen to have been taken up. */
  readonly success: readonly string[];
  /** Not again within so many days. */
  readonly restDays: number;
  /** What it costs us, taken up or not. */
  readonly costMinor: number;
  /** Undefined: there is no need for it. */
  readonly fit: (situation: Situation) => Fit | undefined;
}
