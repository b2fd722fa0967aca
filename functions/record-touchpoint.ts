/** Stage 8. Every event that the catalogue marks → one touchpoint in the household's journey, once. */
import { touchpointOf } from '../shared/journey/touchpoint.ts';
import { keys, kinds } from './runtime/aggregates.ts';
import { productNow } from './runtime/clock.ts';
import { createOnce } from './runtime/store.ts';
import { queueWorker } from './runtime/worker.ts';

export const handler = queueWorker(async (work) => {
  if (work.kind !== 'event') throw new Error('nothing is ever due here');
  const touchpoint = touchpointOf(work.event, productNow());
  if (touchpoint === undefined) return;
  // The event's own id and time make the key, so a repeat meets the item that the first one wrote.
  await createOnce(kinds.touchpoint, keys.touchpoint(touchpoint), touchpoint);
});
