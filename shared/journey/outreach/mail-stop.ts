/**
 * The link that stops e-mails to one member by one click (RFC 8058), without signing in. Its token names the member of a household and proves itself by a key of
 * its own, as the link that ends a mandate does (`shared/order/mandate/end-link.ts`): nothing is stored, and it can do nothing but take that yes back.
 */
import { proofBy, sameProof } from '../../signed-link.ts';
import { householdIdSchema, memberIdSchema, type HouseholdId, type MemberId } from '../../values.ts';

export interface MailStop {
  readonly householdId: HouseholdId;
  readonly memberId: MemberId;
}

/** Two ids and a proof with dots between; whether it is ours is read from it. */
export const MAIL_STOP_TOKEN = /^[\w.-]{1,220}$/;

const purposeOf = ({ householdId, memberId }: MailStop): string => `nachschub/stop-mail/${householdId}/${memberId}`;

/** @param root at least 32 random bytes, from Secrets Manager */
export const mailStopToken = (root: Uint8Array, about: MailStop): string => `${about.householdId}.${about.memberId}.${proofBy(root, purposeOf(about))}`;

/** Whose yes a token takes back; undefined for one that we have not made. */
export function readMailStopToken(root: Uint8Array, token: string): MailStop | undefined {
  const [household, member, proof = '', ...more] = token.split('.');
  const householdId = householdIdSchema.safeParse(household);
  const memberId = memberIdSchema.safeParse(member);
  if (!householdId.success || !memberId.success || more.length > 0) return undefined;
  const about = { householdId: householdId.data, memberId: memberId.data };
  return sameProof(proofBy(root, purposeOf(about)), proof) ? about : undefined;
}
