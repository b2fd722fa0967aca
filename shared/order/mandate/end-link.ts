/**
 * The link that ends one mandate without signing in (BGB §312k asks for no account). Its token names the mandate and proves itself by a key
 * of its own: nothing is stored, it lives as long as the mandate, and it can do nothing but end it.
 */
import { proofBy, sameProof } from '../../signed-link.ts';
import { householdIdSchema, mandateIdSchema, type HouseholdId, type MandateId } from '../../values.ts';

export interface Ended {
  readonly householdId: HouseholdId;
  readonly mandateId: MandateId;
}

/** Two ids and a proof: none of them holds a dot. */
export const END_TOKEN_LENGTH_MAX = 220;

/** @param root at least 32 random bytes, from Secrets Manager */
export const endToken = (root: Uint8Array, { householdId, mandateId }: Ended): string =>
  `${householdId}.${mandateId}.${proofOf(root, { householdId, mandateId })}`;

/** What a token may end; undefined for one that we have not made. */
export function readEndToken(root: Uint8Array, token: string): Ended | undefined {
  const [household, mandate, proof = '', ...more] = token.split('.');
  const householdId = householdIdSchema.safeParse(household);
  const mandateId = mandateIdSchema.safeParse(mandate);
  if (!householdId.success || !mandateId.success || more.length > 0) return undefined;
  const about = { householdId: householdId.data, mandateId: mandateId.data };
  return sameProof(proofOf(root, about), proof) ? about : undefined;
}

const proofOf = (root: Uint8Array, { householdId, mandateId }: Ended): string => proofBy(root, `nachschub/end-mandate/${householdId}/${mandateId}`);
