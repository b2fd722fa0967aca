/** A household is forgotten: whatever stands of it goes, step by step, each safe to repeat; what cannot go yet is looked at again when its time has come. */
import { proceed } from '../shared/household/erasure.ts';
import { householdIdSchema, ignored } from '../shared/values.ts';
import { erase } from './erase-household/erase.ts';
import { keys, kinds } from './runtime/aggregates.ts';
import { productNow } from './runtime/clock.ts';
import { change, load } from './runtime/store.ts';
import { queueWorker, type Work } from './runtime/worker.ts';

function aboutHousehold(work: Work) {
  if (work.kind === 'due') return householdIdSchema.parse(work.due.pk.slice('HH#'.length));
  if (work.event.type === 'household.erasure-requested') return work.event.data.householdId;
  throw new Error(`expected household.erasure-requested, got ${work.event.type}`);
}

export const handler = queueWorker(async (work) => {
  const householdId = aboutHousehold(work);
  const key = keys.erasure(householdId);
  const asked = (await load(kinds.erasure, key))?.state;
  if (asked === undefined || asked.status === 'swept') return;
  // The sweep comes days later: who has begun anew under the same id meanwhile is somebody else.
  const household = (await load(kinds.household, keys.household(householdId)))?.state;
  const isAnother = household !== undefined && household.createdAt > asked.requestedAt;
  const isDone = isAnother || (await erase(householdId));
  await change(kinds.erasure, key, (erasure) => (erasure === undefined ? ignored('never-asked') : proceed(erasure, isDone, productNow())));
});
