/** Stage 10. Conversion paths: entered and left by events, acting once when their time is up. Once a day, where each household stands; and how it went. */
import { actWhenDue, followPath } from '../shared/journey/automation.ts';
import { askHowItWent, isStep } from './run-automation/ask-how-it-went.ts';
import { isStanding, keys, kinds } from './runtime/aggregates.ts';
import { productNow } from './runtime/clock.ts';
import { aboutOrder } from './runtime/order-event.ts';
import { change } from './runtime/store.ts';
import { queueWorker, type Work } from './runtime/worker.ts';
import { lookAgain } from './update-journey/look-again.ts';

/** One path for now; its key is the order that waits for an answer. */
const pathKey = (work: Extract<Work, { kind: 'event' }>) => {
  const { householdId, orderId } = aboutOrder(work);
  return keys.automation(householdId, `unanswered-approval#${orderId}`);
};

export const handler = queueWorker(async (work) => {
  const now = productNow();
  if (work.kind === 'due' && isStanding(work.due.sk)) await lookAgain(work.due);
  else if (work.kind === 'due') await change(kinds.automation, work.due, (automation) => actWhenDue(automation, now));
  else if (isStep(work.event)) await askHowItWent(work.event);
  else await change(kinds.automation, pathKey(work), (automation) => followPath(automation, work.event));
});
