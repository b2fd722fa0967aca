/** One tap: a person lets an item be bought by permissions that name it, whatever its score. */
import { ignored, rejected, type Instant, type MemberId, type Outcome } from '../../values.ts';
import type { SupplyEvent } from '../need.ts';
import { trustAlready } from './shadow.ts';
import type { Supply } from '../supply.ts';

/** A repeat is ignored while nothing has been withdrawn since. */
export function allowAlone(supply: Supply, memberId: MemberId, now: Instant): Outcome<Supply, SupplyEvent> {
  if (supply.removedAt !== undefined) return rejected('removed');
  const { trustedAt, withdrawnAt } = supply.shadow ?? {};
  if (trustedAt !== undefined && (withdrawnAt === undefined || trustedAt >= withdrawnAt)) return ignored('trusted-already');
  const { householdId, supplyId } = supply;
  const told: SupplyEvent = { type: 'supply.automation-trusted', data: { householdId, supplyId, memberId } };
  return { kind: 'changed', state: { ...supply, shadow: trustAlready(supply.shadow, now) }, events: [told] };
}
