/** Somebody begins a household by themselves: it notes who, so that only they can finish what a crash has left half done. */
import type { DomainEvent } from '../events.ts';
import { ignored, rejected, type HouseholdId, type Instant, type MemberId, type Outcome } from '../values.ts';
import type { Household } from './household.ts';

/** A home, a second one and the parents' perhaps. Those that somebody was invited to or that an operator created are not counted. */
export const FOUNDED_MAX = 3;

export interface Founding {
  readonly householdId: HouseholdId;
  readonly founder: MemberId;
  readonly wanted: Pick<Household, 'name' | 'timeZone' | 'language' | 'address'>;
  /** Households that the founder has begun before and still belongs to. */
  readonly foundedBefore: number;
}
type Decided = Outcome<Household, DomainEvent<'household.created'>>;

/** What was said first stands: a repeat that comes late writes over nothing that was changed meanwhile. */
export function foundHousehold(before: Household | undefined, { householdId, founder, wanted, foundedBefore }: Founding, now: Instant): Decided {
  if (before !== undefined) return before.foundedBy === founder ? ignored('founded-already') : rejected('not-theirs');
  if (foundedBefore >= FOUNDED_MAX) return rejected('too-many-households');
  const state: Household = { householdId, ...wanted, shops: [], createdAt: now, foundedBy: founder };
  return { kind: 'changed', state, events: [{ type: 'household.created', data: { householdId } }] };
}
