/** What an attempt says about the subscription itself: told once an outage, and never stopped in silence. The alarm looks for these very lines. */
import { noteFailed, noteTaken, type SubscriptionId } from '../../shared/journey/subscription/subscription.ts';
import { ignored, type Outcome } from '../../shared/values.ts';
import type { Subscription } from '../../shared/journey/subscription/subscription.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { logger } from '../runtime/log.ts';
import { change } from '../runtime/store.ts';

/** The item is read and not written while all is well. */
export async function noteHandedOn(subscriptionId: SubscriptionId, isTaken: boolean, isGone: boolean): Promise<void> {
  const now = productNow();
  const seen = { isNews: false };
  const noted = await change(kinds.subscription, keys.subscription(subscriptionId), (subscription): Outcome<Subscription, never> => {
    if (subscription === undefined) return ignored('no-such-subscription');
    const step = isTaken ? noteTaken(subscription, now) : noteFailed(subscription, isGone, now);
    seen.isNews = step.kind === 'changed' && step.news;
    return step.kind === 'changed' ? { kind: 'changed', state: step.state, events: [] } : step;
  });
  if (noted.kind !== 'changed' || !seen.isNews) return;
  const { disabled, outage } = noted.state;
  if (isTaken) logger.info('subscription reachable again', { subscriptionId });
  else if (disabled !== undefined) logger.error('subscription stopped', { subscriptionId, reason: disabled.reason });
  else logger.error('subscription unreachable', { subscriptionId, since: outage?.since });
}
