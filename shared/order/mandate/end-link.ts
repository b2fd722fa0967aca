/**
 * The link that ends one mandate without signing in (BGB §312k asks for no account). Its token names the mandate and proves itself by a key
 * of its own, HKDF-SHA256 (RFC 5869) over the root as `shared/retailer/key.ts` does for shops: nothing is stored, it lives as long as the
 * mandate, and it can do nothing but end it.
 */
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { bytesToBase64 } from '../../retailer/base64.ts';
import { householdIdSchema, mandateIdSchema, type HouseholdId, type MandateId } from '../../values.ts';

export interface Ended {
  readonly householdId: HouseholdId;
  readonly mandateId: MandateId;
}

/** Two ids and a proof: none of them holds a dot. */
export const END_TOKEN_LENGTH_MAX = 220;
const PROOF_BYTES = 32;

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
  return sameText(proofOf(root, about), proof) ? about : undefined;
}

function proofOf(root: Uint8Array, { householdId, mandateId }: Ended): string {
  if (root.length < PROOF_BYTES) throw new RangeError(`The root of the keys has ${root.length} bytes; it needs at least ${PROOF_BYTES}.`);
  const proof = hkdf(sha256, root, undefined, utf8ToBytes(`nachschub/end-mandate/${householdId}/${mandateId}`), PROOF_BYTES);
  return bytesToBase64(proof).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Looks at every character, so that the time tells nothing of where they differ. */
function sameText(expected: string, found: string): boolean {
  let difference = expected.length ^ found.length;
  for (let index = 0; index < expected.length; index += 1) difference |= expected.charCodeAt(index) ^ found.charCodeAt(index);
  return difference === 0;
}
