/** A subscription whose time has come: it is tried whether it is back, and what was held back, or is wanted once more, goes out. */
import { release, replayHandingOn, type HandedOn } from '../../shared/journey/subscription/hand-on.ts';
import { isProbeDue, subscriptionIdSchema, type CatchUp, type Subscription } from '../../shared/journey/subscription/subscription.ts';
import { addDuration, duration, ignored, type Instant } from '../../shared/values.ts';
import { keys, kinds, type Key } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { messagesOf } from '../runtime/handed-on.ts';
import { change, load } from '../runtime/store.ts';
import { attemptHandingOn } from './attempt.ts';

/** Of one run: what is left goes with the next, so that nothing else waits for it. */
const MESSAGES_MAX = 500;

export async function catchUp({ sk }: Key): Promise<void> {
  const subscriptionId = subscriptionIdSchema.parse(sk.slice('SUBSCRIPTION#'.length));
  const subscription = (await load(kinds.subscription, keys.subscription(subscriptionId)))?.state;
  if (subscription === undefined) return;
  if (subscription.catchUp !== undefined) await sendOut(subscription, subscription.catchUp);
  if (isProbeDue(subscription, productNow())) await probe(subscription);
}

/** The messages of a period, in the order in which they came about; each is due at once, and the queue works them off. */
async function sendOut({ subscriptionId }: Subscription, job: CatchUp): Promise<void> {
  const now = productNow();
  const found = await messagesOf(subscriptionId, job, MESSAGES_MAX);
  for (const message of found) {
    if (message.createdAt > job.to) continue;
    await change(kinds.handedOn, keys.handedOn(message), (stored) => {
      if (stored === undefined) return ignored('no-such-message');
      return job.only === 'held' ? release(stored, now) : replayHandingOn(stored, now);
    });
  }
  const last = found.at(-1);
  await change(kinds.subscription, keys.subscription(subscriptionId), (stored) => {
    if (stored?.catchUp === undefined || stored.catchUp.from !== job.from) return ignored('ended-meanwhile');
    const { catchUp: _, ...rest } = stored;
    const after = last === undefined ? undefined : keys.handedOn(last).sk;
    const next = found.length < MESSAGES_MAX || after === undefined ? rest : { ...rest, catchUp: { ...job, after, dueAt: now } };
    return { kind: 'changed', state: next, events: [] };
  });
}

/** The oldest message that waits tries; where none does, the next one that comes will. */
async function probe(subscription: Subscription): Promise<void> {
  const { subscriptionId, outage } = subscription;
  if (outage === undefined) return;
  const now = productNow();
  const since = addDuration(outage.since, duration(-4, 'days'));
  const held = await firstHeld(subscriptionId, since, now);
  if (held === undefined) {
    await change(kinds.subscription, keys.subscription(subscriptionId), (stored) => {
      if (stored?.outage === undefined) return ignored('was-well');
      const { outage: _, ...rest } = stored;
      return { kind: 'changed', state: rest, events: [] };
    });
    return;
  }
  await change(kinds.handedOn, keys.handedOn(held), (stored) => (stored === undefined ? ignored('no-such-message') : release(stored, now)));
  await attemptHandingOn(keys.handedOn(held), now, { probing: true });
}

async function firstHeld(subscriptionId: Subscription['subscriptionId'], from: Instant, to: Instant): Promise<HandedOn | undefined> {
  for (let after: string | undefined; ;) {
    const page = await messagesOf(subscriptionId, { from, to, ...(after !== undefined && { after }) }, MESSAGES_MAX);
    const held = page.find(({ status }) => status === 'held');
    const last = page.at(-1);
    if (held !== undefined || last === undefined || page.length < MESSAGES_MAX) return held;
    after = keys.handedOn(last).sk;
  }
}
