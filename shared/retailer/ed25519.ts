/**
 * Ed25519 (RFC 8032) with keys as Standard Webhooks writes them: `whsk_` and the base64 of the 32 secret bytes (or of 64, the public ones after them),
 * `whpk_` and the base64 of the 32 public bytes.
 */
import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { bytesFromBase64, bytesToBase64 } from './base64.ts';

const KEY_BYTES = 32;
/** What stands before the key itself in PKCS #8 and in SubjectPublicKeyInfo (RFC 8410 §7 and §4). */
const PRIVATE_HEAD = Uint8Array.of(0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20);
const PUBLIC_HEAD = Uint8Array.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00);

export const isPrivateKey = (secret: string): boolean => secret.startsWith('whsk_');
export const isPublicKey = (secret: string): boolean => secret.startsWith('whpk_');

/** @param seed 32 random bytes */
export function privateKeyOf(seed: Uint8Array): string {
  if (seed.length !== KEY_BYTES) throw new RangeError(`An Ed25519 key has ${KEY_BYTES} bytes, not ${seed.length}.`);
  return `whsk_${bytesToBase64(seed)}`;
}

/** The public key that belongs to a private one. @throws RangeError when it is none */
export function publicKeyOf(secret: string): string {
  const der = createPublicKey(readPrivate(secret)).export({ format: 'der', type: 'spki' });
  return `whpk_${bytesToBase64(der.subarray(PUBLIC_HEAD.length))}`;
}

/** Whether a text is a public key that signatures can be checked against. */
export const isUsablePublicKey = (text: string): boolean => isPublicKey(text) && bytesFromBase64(text.slice('whpk_'.length))?.length === KEY_BYTES;

/** @throws RangeError when the secret is no private key */
export const signEd25519 = (secret: string, signed: Uint8Array): Uint8Array => sign(null, signed, readPrivate(secret));

/** @throws RangeError when the key is no public key, which is a mistake of ours and not of whoever signed */
export function verifyEd25519(key: string, signed: Uint8Array, signature: Uint8Array): boolean {
  const bytes = bytesFromBase64(key.slice('whpk_'.length));
  if (!isPublicKey(key) || bytes?.length !== KEY_BYTES) throw new RangeError('A public webhook key is whpk_ and the base64 of 32 bytes.');
  return verify(null, signed, createPublicKey({ key: der(PUBLIC_HEAD, bytes), format: 'der', type: 'spki' }), signature);
}

function readPrivate(secret: string): KeyObject {
  const bytes = isPrivateKey(secret) ? bytesFromBase64(secret.slice('whsk_'.length)) : undefined;
  if (bytes?.length !== KEY_BYTES && bytes?.length !== 2 * KEY_BYTES) throw new RangeError('A private webhook key is whsk_ and the base64 of 32 or 64 bytes.');
  return createPrivateKey({ key: der(PRIVATE_HEAD, bytes.subarray(0, KEY_BYTES)), format: 'der', type: 'pkcs8' });
}

const der = (head: Uint8Array, key: Uint8Array): Buffer => Buffer.concat([head, key]);
