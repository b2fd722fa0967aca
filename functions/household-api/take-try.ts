/** What must not be guessed, and what must not be done by the hundred, is counted for each member before it is looked at. */
import { takeTry } from '../../shared/household/tries.ts';
import type { Member } from '../../shared/household/household.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { change } from '../runtime/store.ts';
import { VisibleError } from '../runtime/visible-error.ts';

/** @throws VisibleError 429 after too many within the last hour */
export async function takeTryOf({ householdId, memberId }: Member, what: 'pairing' | 'invitation' | 'referral'): Promise<void> {
  const now = productNow();
  const result = await change(kinds.tries, keys.tries(householdId, memberId, what), (tries) => takeTry(tries, now));
  if (result.kind === 'rejected') throw new VisibleError(429, result.reason, 'too many tries within an hour; please wait a while');
}
