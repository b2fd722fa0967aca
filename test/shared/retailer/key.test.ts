import { hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deriveWebhookSecret } from '../../../shared/retailer/key.ts';
import { sign } from '../../../shared/retailer/webhook.ts';
import { retailerIdSchema } from '../../../shared/values.ts';

const root = new Uint8Array(32).fill(3);
const base = { root, retailerId: retailerIdSchema.parse('rt_frischhof'), direction: 'to-retailer', generation: 1 } as const;

describe('a retailer key', () => {
  it('is HKDF-SHA256 of the root, as Node.js computes it', () => {
    const expected = Buffer.from(hkdfSync('sha256', root, '', 'nachschub/webhook/rt_frischhof/to-retailer/1', 32)).toString('base64');
    expect(deriveWebhookSecret(base)).toBe(`whsec_${expected}`);
  });
  it('differs by retailer, direction, generation and root', () => {
    const secrets = [
      base,
      { ...base, retailerId: retailerIdSchema.parse('rt_other') },
      { ...base, direction: 'from-retailer' as const },
      { ...base, generation: 2 },
      { ...base, root: new Uint8Array(32).fill(4) },
    ].map(deriveWebhookSecret);
    expect(new Set(secrets).size).toBe(secrets.length);
  });
  it('is a secret that messages are signed with', () => {
    expect(sign({ secret: deriveWebhookSecret(base), id: 'msg_1', timestamp: 1, body: new Uint8Array() })).toMatch(/^v1,/);
  });
  it('needs a root of 32 bytes and a generation from 1', () => {
    expect(() => deriveWebhookSecret({ ...base, root: new Uint8Array(31) })).toThrow('31 bytes');
    expect(() => deriveWebhookSecret({ ...base, generation: 0 })).toThrow('from 1');
  });
});
