/** Where a household stands by its summary, and what it says of what has changed. */
import { canonicalJson } from '../../shared/digest.ts';
import type { Summary } from '../../shared/journey/fold/summary.ts';
import { recommendedActions } from '../../shared/journey/next-best.ts';
import { newStanding, standingOf, transitions } from '../../shared/journey/standing/standing.ts';
import { addDuration, duration, ignored, instantSchema, type Instant } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { change, load } from '../runtime/store.ts';

export async function stand(summary: Summary): Promise<void> {
  const now = productNow();
  const rules = await load(kinds.journeyRules, keys.journeyRules());
  await change(kinds.standing, keys.standing(summary.householdId), (stored) => {
    const before = stored ?? newStanding(summary.householdId);
    const after = { ...standingOf(summary, before, now, {}, rules?.state), lookAgainAt: tomorrow(now) };
    if (canonicalJson(after) === canonicalJson(before)) return ignored('nothing-changed');
    return { kind: 'changed', state: after, events: [...transitions(before, after), ...recommendedActions(before, after)] };
  });
}

/** In the small hours in Europe, when little else is done. */
const tomorrow = (now: Instant): Instant => instantSchema.parse(`${addDuration(now, duration(1, 'days')).slice(0, 10)}T02:30:00.000Z`);
