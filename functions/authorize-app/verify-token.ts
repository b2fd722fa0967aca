/** Whether an access token of the user pool is a member's. Checked here, because MQTT has no JWT authorizer before it. */
import { scopes } from '../../shared/api/routes.ts';
import { memberIdSchema, type MemberId } from '../../shared/values.ts';
import { readAccessToken } from '../runtime/access-token.ts';

export interface Bearer {
  readonly memberId: MemberId;
  /** Unix seconds. */
  readonly endsAtSeconds: number;
}

/** Answers undefined for a token that is refused. @throws when the user pool's keys cannot be had */
export async function verifyToken(token: string): Promise<Bearer | undefined> {
  const claims = await readAccessToken(token);
  const memberId = memberIdSchema.safeParse(claims?.username);
  if (claims === undefined || !memberId.success || !claims.scope.split(' ').includes(scopes.household)) return undefined;
  return { memberId: memberId.data, endsAtSeconds: claims.exp };
}
