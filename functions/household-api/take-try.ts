/** What must not be guessed, and what must not be done by the hundred, is counted for each member before it is looked at. */
import { takeTry } from '../../shared/household/tries.ts';
import type { Member } from '../../shared/household/household.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { change } from '../runtime/store.ts';
import { VisibleError } from '../runtime/visible-error.ts';

type Guessable = 'pairing' | 'invitation' | 'referral';

/** @throws VisibleError 429 after too many within the last hour */
export async function takeTryOf(member: Member, what: Guessable): Promise<void> {
  if (!(await hasTryLeft(member, what))) throw new VisibleError(429, 'too-many-tries', 'too many tries within an hour; please wait a while');
}

/** Takes one as well; for whoever has something else to do where none is left. */
export async function hasTryLeft({ householdId, memberId }: Member, what: Guessable): Promise<boolean> {
  const now = productNow();
  return (await change(kinds.tries, keys.tries(householdId, memberId, what), (tries) => takeTry(tries, now))).kind !== 'rejected';
}
