/**
 * E-mail addresses and telephone numbers in the journey: a keyed hash, so that the same one is found again and none can be read, or tried out
 * by whoever has the table and not the root (HMAC-SHA256, RFC 2104, under a key derived from the root by HKDF, RFC 5869).
 */
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { digest } from '../../digest.ts';
import { HIDDEN, keyOf, saysNothing, type Id } from '../identity/id-type.ts';

const KEY_BYTES = 32;
/** 160 of the 256 bits: two of a thousand million addresses alike are less likely than 1 in 10^29. */
const HEX_DIGITS = 40;

/** @param root at least 32 random bytes, from Secrets Manager */
export function hidingKey(root: Uint8Array): Uint8Array {
  if (root.length < KEY_BYTES) throw new RangeError(`The root of the keys has ${root.length} bytes; it needs at least ${KEY_BYTES}.`);
  return hkdf(sha256, root, undefined, utf8ToBytes('nachschub/identity/1'), KEY_BYTES);
}

/** The id as it is kept; undefined for one that names nobody. All spellings of an address are hidden alike. */
export function hideId(key: Uint8Array, id: Id): Id | undefined {
  if (saysNothing(id) !== undefined) return undefined;
  if (id.type !== 'email' && id.type !== 'phone') return { type: id.type, value: short(id.value.trim()) };
  if (id.value.startsWith(HIDDEN)) return undefined;
  return { type: id.type, value: `${HIDDEN}${bytesToHex(hmac(sha256, key, utf8ToBytes(keyOf(id)))).slice(0, HEX_DIGITS)}` };
}

/** A link's own id is made of its ends' names and has a hundred characters: an id of ours, of Segment's or of a shop has fewer than these. */
const VALUE_CHARACTERS_MAX = 45;
const short = (value: string): string => (value.length <= VALUE_CHARACTERS_MAX ? value : `long:${digest(value, HEX_DIGITS)}`);
