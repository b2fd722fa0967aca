/** What has come makes the household's tier. Each order counts once, however often its delivery is told. */
import { isSent } from '../../shared/order/answer-order.ts';
import type { Order } from '../../shared/order/order-state.ts';
import { withReceived } from '../../shared/household/tier.ts';
import { rewardBrought, rewardReferrer } from '../../shared/household/referral.ts';
import { ignored, type HouseholdId, type Instant } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { change, load } from '../runtime/store.ts';

export async function noteReceived(order: Order, now: Instant): Promise<void> {
  if (!isSent(order) || order.status !== 'delivered') return;
  const { householdId, orderId } = order;
  const at = order.progress.deliveredAt ?? now;
  await change(kinds.rhythm, keys.rhythm(householdId), (stored) => {
    const state = withReceived(stored, householdId, { orderId, at }, now);
    return state === undefined ? ignored('counted') : { kind: 'changed', state, events: [] };
  });
  await rewardReferral(householdId, now);
}

/** The first goods of a household that somebody has brought: first the other's reward, then its own, so that the repeat finishes what a crash left. */
async function rewardReferral(householdId: HouseholdId, now: Instant): Promise<void> {
  const entered = (await load(kinds.referral, keys.referral(householdId)))?.state.entered;
  if (entered === undefined || entered.rewardedAt !== undefined) return;
  await change(kinds.referral, keys.referral(entered.by), (referral) => rewardReferrer(referral, householdId, now));
  await change(kinds.referral, keys.referral(householdId), (referral) => rewardBrought(referral, now));
}
