/** Every retailer's keys come from one root, so that none is ever stored: HKDF-SHA256 (RFC 5869) over who, which way and which generation. */
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { RetailerId } from '../values.ts';
import { bytesToBase64 } from './base64.ts';

export type WebhookDirection = 'to-retailer' | 'from-retailer';
const ROOT_BYTES_MIN = 32;

/**
 * The secret as Standard Webhooks writes it: `whsec_` and the base64 of 32 bytes.
 * @param root at least 32 random bytes, from Secrets Manager
 * @param generation counts rotations, from 1; while both sides change over, the old and the new generation are valid
 */
export function deriveWebhookSecret(from: { root: Uint8Array; retailerId: RetailerId; direction: WebhookDirection; generation: number }): string {
  const { root, retailerId, direction, generation } = from;
  if (root.length < ROOT_BYTES_MIN) throw new RangeError(`The root of the webhook keys has ${root.length} bytes; it needs at least ${ROOT_BYTES_MIN}.`);
  if (!Number.isSafeInteger(generation) || generation < 1) throw new RangeError(`A key generation counts from 1, not ${generation}.`);
  // None of the parts can hold a slash, so no two of them read alike when joined.
  const info = utf8ToBytes(`nachschub/webhook/${retailerId}/${direction}/${String(generation)}`);
  return `whsec_${bytesToBase64(hkdf(sha256, root, undefined, info, 32))}`;
}
