/**
 * What happened on the journey goes to the systems that subscribed to it, by signed webhook, in the way of every webhook. Its own queue: whoever fails or is slow
 * there keeps no order waiting.
 */
import { attemptHandingOn } from './deliver-subscription/attempt.ts';
import { catchUp } from './deliver-subscription/catch-up.ts';
import { handEventOn } from './deliver-subscription/hand-event-on.ts';
import { isSubscription } from './runtime/aggregates.ts';
import { productNow } from './runtime/clock.ts';
import { queueWorker } from './runtime/worker.ts';

export const handler = queueWorker(async (work) => {
  if (work.kind === 'event') return handEventOn(work.event);
  return isSubscription(work.due.sk) ? catchUp(work.due) : attemptHandingOn(work.due, productNow());
});
