/** A mandate lives as long as the person who granted it has a say in the household. */
import { isMember } from '../../shared/household/household.ts';
import { decideSpend, emptySpend, type Spend } from '../../shared/order/mandate/spend.ts';
import type { HouseholdId, Instant, MemberId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { logger } from '../runtime/log.ts';
import { change, load } from '../runtime/store.ts';

async function endMandatesOf(householdId: HouseholdId, memberId: MemberId, now: Instant): Promise<void> {
  const result = await change(kinds.spend, keys.spend(householdId), (spend) =>
    decideSpend(spend ?? emptySpend(householdId), { type: 'member-left', memberId, now }),
  );
  if (result.kind === 'changed') logger.info('mandates ended with their granter', { householdId, mandates: result.events.length });
}

/** Whoever has come back before a late message of their leaving is read keeps what they have granted since. */
export async function endMandatesIfLeft(householdId: HouseholdId, memberId: MemberId, now: Instant): Promise<boolean> {
  const member = await load(kinds.member, keys.member(householdId, memberId));
  if (isMember(member?.state)) return false;
  await endMandatesOf(householdId, memberId, now);
  return true;
}

/** Looked after at each decision, because the message that somebody left may come later than the next order. True when something ended. */
export async function endMandatesOfLeavers({ householdId, mandates }: Spend, now: Instant): Promise<boolean> {
  const granters = new Set(Object.values(mandates).flatMap(({ state, grantedBy }) => (state === 'ended' ? [] : [grantedBy])));
  const ended = await Promise.all([...granters].map((memberId) => endMandatesIfLeft(householdId, memberId, now)));
  return ended.includes(true);
}
