/** Stage 8. Every event that the catalogue marks → one touchpoint in the household's journey, once; who moves in or out is noted beside. */
import { recordsOfEvent } from '../shared/journey/identity/records-of-event.ts';
import { touchpointOf } from '../shared/journey/touchpoint.ts';
import { pathFacts } from './record-touchpoint/path-facts.ts';
import { productLineOf } from './record-touchpoint/product-line.ts';
import { keys, kinds } from './runtime/aggregates.ts';
import { productNow } from './runtime/clock.ts';
import { createOnce } from './runtime/store.ts';
import { noteWhoIsWho } from './runtime/who-is-who.ts';
import { queueWorker } from './runtime/worker.ts';

export const handler = queueWorker(async (work) => {
  if (work.kind !== 'event') throw new Error('nothing is ever due here');
  const { event } = work;
  await noteWhoIsWho(recordsOfEvent(event));
  const touchpoint = touchpointOf(event, productNow(), await productLineOf(event), await pathFacts(event));
  if (touchpoint === undefined) return;
  // The event's own id and time make the key, so a repeat meets the item that the first one wrote.
  await createOnce(kinds.touchpoint, keys.touchpoint(touchpoint), touchpoint);
});
