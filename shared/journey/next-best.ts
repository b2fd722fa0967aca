/** The next best action for a household. Mostly it is to do nothing. */
import type { DomainEvent } from '../events.ts';
import { becauseOf, type Standing } from './standing/standing.ts';

/** Who has come to approve by hand is offered, once for each time it becomes so, a mandate with limits of their own. */
export function recommendedActions(before: Standing, after: Standing): DomainEvent<'action.recommended'>[] {
  const note = after.segments.find(({ segment }) => segment === 'approves-by-hand');
  const already = before.segments.some(({ segment }) => segment === 'approves-by-hand');
  if (note === undefined || already) return [];
  return [{ type: 'action.recommended', data: { householdId: after.householdId, action: 'offer-mandate', because: becauseOf(note) } }];
}
