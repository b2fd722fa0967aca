/** The key that our messages to a subscription are signed with: from the root by HKDF-SHA256 (RFC 5869), so that none is stored. */
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { bytesToBase64 } from '../../retailer/base64.ts';
import type { Subscription } from './subscription.ts';

const BYTES = 32;

/** The good ones, the newest first. @param root at least 32 random bytes, from Secrets Manager */
export function subscriptionSecrets(
  root: Uint8Array,
  { subscriptionId, generation, alsoBefore }: Pick<Subscription, 'subscriptionId' | 'generation' | 'alsoBefore'>,
): string[] {
  if (root.length < BYTES) throw new RangeError(`The root of the keys has ${root.length} bytes; it needs at least ${BYTES}.`);
  const generations = alsoBefore && generation > 1 ? [generation, generation - 1] : [generation];
  return generations.map(
    (one) => `whsec_${bytesToBase64(hkdf(sha256, root, undefined, utf8ToBytes(`nachschub/subscription/${subscriptionId}/${one}`), BYTES))}`,
  );
}
