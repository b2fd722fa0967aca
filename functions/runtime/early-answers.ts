/** Answers that came before we had stored the placement: kept, and heard once it stands. */
import { dropEarly, earlyAbout, keepEarly } from '../../shared/retailer/early-answers.ts';
import type { Answer } from '../../shared/order/response.ts';
import { ignored, type HouseholdId, type Instant, type MessageId, type OrderId, type RetailerId } from '../../shared/values.ts';
import { keys, kinds } from './aggregates.ts';
import { hearAnswer } from './hear-answer.ts';
import { logger } from './log.ts';
import { change, load } from './store.ts';

export const keepForLater = (said: { retailerId: RetailerId; messageId: MessageId; answer: Answer }, now: Instant) =>
  change(kinds.earlyAnswers, keys.earlyAnswers(said.retailerId), (before) => keepEarly(before, said, now));

interface Placed {
  readonly householdId: HouseholdId;
  readonly orderId: OrderId;
  readonly retailerId: RetailerId;
}

/** May be repeated: an answer is heard once, and one that is refused now would have been refused then. */
export async function hearEarly({ householdId, orderId, retailerId }: Placed, now: Instant): Promise<void> {
  const kept = (await load(kinds.earlyAnswers, keys.earlyAnswers(retailerId)))?.state;
  const about = kept === undefined ? [] : earlyAbout(kept, orderId, now);
  for (const early of about) {
    const result = await hearAnswer({ householdId, orderId }, early, now);
    if (result.kind === 'rejected') logger.warn('an early answer was refused', { orderId, reason: result.reason });
  }
  if (about.length === 0) return;
  await change(kinds.earlyAnswers, keys.earlyAnswers(retailerId), (before) => (before === undefined ? ignored('gone') : dropEarly(before, orderId)));
}
