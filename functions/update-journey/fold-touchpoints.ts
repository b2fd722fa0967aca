/** Recomputes the days that new touchpoints fall on and says which phases and segments the household has entered with them. */
import type { DomainEvent } from '../../shared/events.ts';
import { foldDays, newProfile, summariseDay, type DaySummary, type Profile } from '../../shared/journey/profile.ts';
import { recommendedActions } from '../../shared/journey/next-best.ts';
import type { Touchpoint } from '../../shared/journey/touchpoint.ts';
import type { HouseholdId } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { change, list } from '../runtime/store.ts';

/** A day of one household holds far fewer; more than this would be a flood that must not cost without end. */
const TOUCHPOINTS_OF_A_DAY_MAX = 2_000;

export async function foldTouchpoints(householdId: HouseholdId, touchpoints: readonly Touchpoint[]): Promise<void> {
  const days = [...new Set(touchpoints.map(({ at }) => at.slice(0, 10)))];
  const recomputed: Record<string, DaySummary> = {};
  for (const day of days) {
    const ofDay = await list(kinds.touchpoint, householdPk(householdId), `TP#${day}`, TOUCHPOINTS_OF_A_DAY_MAX);
    recomputed[day] = summariseDay(ofDay.map(({ state }) => state));
  }
  const now = productNow();
  await change(kinds.profile, keys.profile(householdId), (stored) => {
    const before = stored ?? newProfile(householdId);
    const after = foldDays(before, recomputed, now);
    if (JSON.stringify(after) === JSON.stringify(before)) return { kind: 'ignored', reason: 'nothing-changed' };
    return { kind: 'changed', state: after, events: [...entered(before, after), ...recommendedActions(before, after)] };
  });
}

/** These make no touchpoint: the loop ends here. */
function entered(before: Profile, after: Profile): DomainEvent[] {
  const { householdId } = after;
  const phases = after.phases.filter(({ phase }) => !before.phases.some((note) => note.phase === phase));
  const segments = after.segments.filter(({ segment }) => !before.segments.some((note) => note.segment === segment));
  return [
    ...phases.map(({ phase, because }) => ({ type: 'phase.entered', data: { householdId, productLine: 'groceries', phase, because } }) as const),
    ...segments.map(({ segment, because }) => ({ type: 'segment.entered', data: { householdId, segment, because } }) as const),
  ];
}
