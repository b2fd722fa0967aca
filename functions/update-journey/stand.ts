/** Where a household stands by its summary, and what it says of what has changed. */
import type { DomainEvent } from '../../shared/events.ts';
import type { Summary } from '../../shared/journey/fold/summary.ts';
import { recommendedActions } from '../../shared/journey/next-best.ts';
import { newStanding, standingOf, type Standing } from '../../shared/journey/standing.ts';
import { ignored } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { change } from '../runtime/store.ts';

export async function stand(summary: Summary): Promise<void> {
  const now = productNow();
  await change(kinds.standing, keys.standing(summary.householdId), (before = newStanding(summary.householdId)) => {
    const after = standingOf(summary, before, now);
    if (JSON.stringify(after) === JSON.stringify(before)) return ignored('nothing-changed');
    return { kind: 'changed', state: after, events: [...entered(before, after), ...recommendedActions(before, after)] };
  });
}

/** These make no touchpoint: the loop ends here. */
function entered(before: Standing, after: Standing): DomainEvent[] {
  const { householdId } = after;
  const phases = after.phases.filter(({ phase }) => !before.phases.some((note) => note.phase === phase));
  const segments = after.segments.filter(({ segment }) => !before.segments.some((note) => note.segment === segment));
  return [
    ...phases.map(({ phase, because }) => ({ type: 'phase.entered', data: { householdId, productLine: 'groceries', phase, because } }) as const),
    ...segments.map(({ segment, because }) => ({ type: 'segment.entered', data: { householdId, segment, because } }) as const),
  ];
}
