/** What proves a link that we have signed: a key of its own for all that it names, HKDF-SHA256 (RFC 5869) over the root as `shared/retailer/key.ts` does for shops. */
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { bytesToBase64 } from './retailer/base64.ts';

const PROOF_BYTES = 32;

/** @param purpose what the link may do and to what: another purpose is another proof */
export function proofBy(root: Uint8Array, purpose: string): string {
  if (root.length < PROOF_BYTES) throw new RangeError(`The root of the keys has ${root.length} bytes; it needs at least ${PROOF_BYTES}.`);
  const proof = hkdf(sha256, root, undefined, utf8ToBytes(purpose), PROOF_BYTES);
  return bytesToBase64(proof).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Looks at every character, so that the time tells nothing of where they differ. */
export function sameProof(expected: string, found: string): boolean {
  let difference = expected.length ^ found.length;
  for (let index = 0; index < expected.length; index += 1) difference |= expected.charCodeAt(index) ^ found.charCodeAt(index);
  return difference === 0;
}
