/** The key that a CRM or a survey tool signs with: from the root by HKDF-SHA256 (RFC 5869), so that none is stored. As Standard Webhooks writes it. */
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { bytesToBase64 } from '../../retailer/base64.ts';
import type { Source } from './source.ts';

const BYTES = 32;

/** The good ones, the newest first; none for a source without a webhook. @param root at least 32 random bytes, from Secrets Manager */
export function sourceSecrets(root: Uint8Array, { sourceId, webhook }: Pick<Source, 'sourceId' | 'webhook'>): string[] {
  if (root.length < BYTES) throw new RangeError(`The root of the keys has ${root.length} bytes; it needs at least ${BYTES}.`);
  if (webhook === undefined) return [];
  const { generation, alsoBefore } = webhook;
  const generations = alsoBefore && generation > 1 ? [generation, generation - 1] : [generation];
  return generations.map((one) => `whsec_${bytesToBase64(hkdf(sha256, root, undefined, utf8ToBytes(`nachschub/source/${sourceId}/${one}`), BYTES))}`);
}
