/** What is known of a household when its next best action is chosen; read from its standing, its summary and what it owns. */
import type { DeviceType, HouseholdId, Instant, SupplyId } from '../../values.ts';
import { countNamed } from '../fold/count.ts';
import type { Row, Summary } from '../fold/summary.ts';
import { dayOf } from '../fold/trace.ts';
import { windowEnding } from '../fold/window.ts';

import type { Circumstances } from '../outreach/may-reach.ts';
import type { Concern } from '../signal/concern.ts';
import { spentIn } from '../standing/condition.ts';
import type { Standing } from '../standing/standing.ts';

export interface OwnedSupply {
  readonly supplyId: SupplyId;
  readonly name: string;
  /** As supply/prior/category.ts names it; absent: of no category that is known. */
  readonly category?: string;
  readonly deviceType?: DeviceType;
  /** What goes in a day, in its unit. */
  readonly perDay: number;
  /** It has earned being bought by itself, and nobody has let it. */
  readonly earned: boolean;
}
export interface OwnedDevice {
  readonly deviceType: DeviceType;
  readonly name: string;
  readonly addedAt: Instant;
  /** Slots or shelves of it are watched. */
  readonly supplies: number;
}
/** A category that others have too and this household has not (recommend/market.ts). */
export interface Suggested {
  readonly category: string;
  /** What it has of what these others have, the likest. */
  readonly have?: string;
  readonly households: number;
}
export interface PastAction {
  readonly action: string;
  readonly at: Instant;
  readonly outcome: 'open' | 'taken' | 'passed';
}

export interface Situation {
  readonly householdId: HouseholdId;
  readonly now: Instant;
  readonly standing: Standing;
  readonly summary: Summary;
  /** What the one gate asks. */
  readonly reachable: Circumstances;
  readonly supplies: readonly OwnedSupply[];
  readonly devices: readonly OwnedDevice[];
  readonly hasMandate: boolean;
  readonly suggested: readonly Suggested[];
  readonly concerns: readonly Concern[];
  readonly past: readonly PastAction[];
}

/** Four weeks: a tier's window, and short enough to be about now. */
const WINDOW_DAYS = 28;
const rowOf = ({ summary, now }: Pick<Situation, 'summary' | 'now'>): Row => windowEnding(summary, dayOf(now), WINDOW_DAYS);

/** Within four weeks. @param names of touchpoints, as `countNamed` takes them */
export const timesLately = (situation: Pick<Situation, 'summary' | 'now'>, ...names: string[]): number => countNamed(rowOf(situation), names);
/** Minor units delivered within four weeks. */
export const spentLately = (situation: Pick<Situation, 'summary' | 'now'>): number => spentIn(rowOf(situation));
export const isIn = ({ standing }: Situation, segment: string): boolean => standing.segments.some((note) => note.segment === segment);
export const isInPhase = ({ standing }: Situation, phase: string): boolean => standing.phases.some((note) => note.phase === phase);

/** In which cell outcomes are learnt apart: what somebody spends says most of what they take up, and four cells fill sooner than forty. */
export const cellOf = ({ value }: Pick<Standing, 'value'>): string => value ?? 'new';
