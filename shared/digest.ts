/**
 * Names made from content: the same facts give the same id everywhere, so a repeat finds what the first one made.
 * A pure JavaScript hash, because the app in the browser recomputes decisions too.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** JSON with sorted keys and without undefined members; the input of every hash. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** SHA-256 of the canonical JSON, lower-case hex. @param length hex digits to keep, 8–64; 32 are 128 bits. */
export const digest = (value: unknown, length = 32): string => bytesToHex(sha256(utf8ToBytes(canonicalJson(value)))).slice(0, length);
