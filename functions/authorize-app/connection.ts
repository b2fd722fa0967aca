/** Who belongs to the household, and which of their apps listen: what has to be found again when somebody leaves. */
import { isMember, type Member } from '../../shared/household/household.ts';
import type { AppConnection } from '../../shared/household/app-connection.ts';
import { ignored, type HouseholdId, type MemberId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { change, load } from '../runtime/store.ts';
import type { Bearer } from './verify-token.ts';

export async function findMember(householdId: HouseholdId, memberId: MemberId): Promise<Member | undefined> {
  const member = (await load(kinds.member, keys.member(householdId, memberId)))?.state;
  return isMember(member) ? member : undefined;
}

/** AWS IoT disconnects no earlier than five minutes after it was told to, so the connection may outlive its token by as much. */
const LONGER_THAN_TOKEN_SECONDS = 300;

/** Written once for each token: the question that comes every five minutes finds it there. */
export async function recordConnection(
  { householdId, clientId }: Pick<AppConnection, 'householdId' | 'clientId'>,
  { memberId, endsAtSeconds: tokenEndsAtSeconds }: Bearer,
): Promise<void> {
  const authorizedAt = productNow();
  const endsAtSeconds = tokenEndsAtSeconds + LONGER_THAN_TOKEN_SECONDS;
  await change(kinds.app, keys.app(householdId, clientId), (before) =>
    before?.endsAtSeconds === endsAtSeconds
      ? ignored('known')
      : { kind: 'changed', state: { householdId, memberId, clientId, authorizedAt, endsAtSeconds }, events: [] },
  );
}
