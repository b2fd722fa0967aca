/** Every retailer's keys come from one root, so that none is ever stored: HKDF-SHA256 (RFC 5869) over who, which way and which generation. */
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { RetailerId } from '../values.ts';
import { bytesToBase64 } from './base64.ts';
import { privateKeyOf } from './ed25519.ts';

export type WebhookDirection = 'to-retailer' | 'from-retailer';
const ROOT_BYTES_MIN = 32;

interface KeyOf {
  readonly root: Uint8Array;
  readonly retailerId: RetailerId;
  readonly direction: WebhookDirection;
  readonly generation: number;
}

/**
 * The secret as Standard Webhooks writes it: `whsec_` and the base64 of 32 bytes.
 * @param root at least 32 random bytes, from Secrets Manager
 * @param generation counts rotations, from 1; while both sides change over, the old and the new generation are valid
 */
export const deriveWebhookSecret = (of: KeyOf): string => `whsec_${bytesToBase64(derive(of, ''))}`;

/** The private Ed25519 key that our messages to this shop are signed with as well, for shops that would rather hold no secret: `whsk_`. */
export const derivePrivateKey = (of: Omit<KeyOf, 'direction'>): string => privateKeyOf(derive({ ...of, direction: 'to-retailer' }, '/ed25519'));

/** @param purpose none of the parts can hold a slash, so no two of them read alike when joined */
function derive({ root, retailerId, direction, generation }: KeyOf, purpose: '' | '/ed25519'): Uint8Array {
  if (root.length < ROOT_BYTES_MIN) throw new RangeError(`The root of the webhook keys has ${root.length} bytes; it needs at least ${ROOT_BYTES_MIN}.`);
  if (!Number.isSafeInteger(generation) || generation < 1) throw new RangeError(`A key generation counts from 1, not ${generation}.`);
  return hkdf(sha256, root, undefined, utf8ToBytes(`nachschub/webhook/${retailerId}/${direction}/${String(generation)}${purpose}`), 32);
}
