/** Where a household stands by its summary, and what it says of what has changed. */
import { canonicalJson } from '../../shared/digest.ts';
import { withLate } from '../../shared/journey/attribution/late.ts';
import type { Home } from '../../shared/journey/churn/home.ts';
import type { Summary } from '../../shared/journey/fold/summary.ts';
import { givenOf } from '../../shared/journey/standing/given.ts';
import { newStanding, standingOf, transitions } from '../../shared/journey/standing/standing.ts';
import { addDuration, duration, ignored, instantSchema, type Instant } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { change, load } from '../runtime/store.ts';

/** @param days `YYYY-MM-DD`, on which something has come: read and written before this @param seen what its devices say now; absent: as they were last asked */
export async function stand(summary: Summary, days: readonly string[] = [], seen?: Home): Promise<void> {
  const now = productNow();
  const [rules, model] = await Promise.all([load(kinds.journeyRules, keys.journeyRules()), load(kinds.purchaseModel, keys.purchaseModel())]);
  await change(kinds.standing, keys.standing(summary.householdId), (stored) => {
    const before = stored ?? newStanding(summary.householdId);
    const { closedUpTo } = before;
    const late = withLate(before.late, days, now);
    const given = givenOf(summary, { home: seen ?? before.home, model: model?.state, rules: rules?.state, before }, now);
    const after = {
      ...standingOf(summary, before, now, given, rules?.state),
      lookAgainAt: nextLook(now),
      ...(closedUpTo !== undefined && { closedUpTo }),
      ...(late !== undefined && { late }),
    };
    if (canonicalJson(after) === canonicalJson(before)) return ignored('nothing-changed');
    return { kind: 'changed', state: after, events: transitions(before, after) };
  });
}

/** In the small hours in Europe, when little else is done. */
function nextLook(now: Instant): Instant {
  const today = instantSchema.parse(`${now.slice(0, 10)}T02:30:00.000Z`);
  return now < today ? today : addDuration(today, duration(1, 'days'));
}
