/** Stock libraries for Standard Webhooks and we understand each other, both ways; where we differ, we are the stricter ones. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { describe, expect, it } from 'vitest';
import { privateKeyOf } from '../../../shared/retailer/ed25519.ts';
import { signWithAll, verify } from '../../../shared/retailer/webhook.ts';

interface Library {
  sign(id: string, at: Date, body: string): string;
  /** Throws when it does not believe. */
  verify(body: string, headers: Record<string, string>): unknown;
}
const libraries: readonly (readonly [name: string, open: (secret: string) => Library])[] = [
  ['standardwebhooks', (secret) => new Webhook(secret)],
  ['svix', (secret) => new SvixWebhook(secret)],
];

const secretOf = (key: Uint8Array): string => `whsec_${Buffer.from(key).toString('base64')}`;
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const now = (): number => Math.floor(Date.now() / 1_000);
const keys = fc.uint8Array({ minLength: 24, maxLength: 64 }).map(secretOf);
const ids = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
const bodies = fc.json();

describe.each(libraries)('npm %s', (_, open) => {
  const believes = (secret: string, body: string, headers: Record<string, string>): boolean => {
    try {
      open(secret).verify(body, headers);
      return true;
    } catch {
      return false;
    }
  };
  const headersOf = (id: string, timestamp: number, signature: string) => ({
    ...{ 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signature },
  });

  it('believes what we sign, also beside our v1a and while keys are changed', () => {
    fc.assert(
      fc.property(keys, keys, ids, bodies, (secret, previous, id, body) => {
        const timestamp = now();
        const privateKey = privateKeyOf(randomBytes(32));
        for (const secrets of [[secret], [secret, privateKey], [privateKey, secret], [secret, previous, privateKey], [previous, privateKey, secret]]) {
          const headers = headersOf(id, timestamp, signWithAll({ secrets, id, timestamp, body: utf8(body) }));
          expect(believes(secret, body, headers)).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('signs what we believe', () => {
    fc.assert(
      fc.property(keys, keys, ids, bodies, (secret, previous, id, body) => {
        const timestamp = now();
        const signature = open(secret).sign(id, new Date(timestamp * 1_000), body);
        const call = { headers: headersOf(id, timestamp, signature), body: utf8(body), now: timestamp };
        expect(verify({ ...call, secrets: [secret] }).ok).toBe(true);
        expect(verify({ ...call, secrets: [previous, secret] }).ok).toBe(true);
        expect(verify({ ...call, secrets: [previous] }).ok).toBe(secret === previous);
      }),
      { numRuns: 20 },
    );
  });

  it('believes everything that we believe: whatever we let through, it would too', () => {
    const secret = secretOf(Buffer.alloc(32, 9));
    const oddities = fc.constantFrom('', ' ', 'v1', 'v1,', ',', 'v1a,AAAA', '=', '0', '\t', 'v2,AAAA', '-1', '.5');
    let believed = 0;
    fc.assert(
      fc.property(
        ids,
        bodies,
        fc.constantFrom('webhook-id', 'webhook-timestamp', 'webhook-signature', 'none'),
        oddities,
        fc.boolean(),
        (id, body, name, odd, isBefore) => {
          const timestamp = now();
          const good = headersOf(id, timestamp, open(secret).sign(id, new Date(timestamp * 1_000), body));
          const headers = Object.fromEntries(
            Object.entries(good).map(([header, value]) => [header, header === name ? (isBefore ? odd + value : value + odd) : value]),
          );
          if (!verify({ secrets: [secret], headers, body: utf8(body), now: timestamp }).ok) return;
          believed += 1;
          expect(believes(secret, body, headers)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
    expect(believed).toBeGreaterThan(20);
  });
});
