import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { derivePrivateKey, deriveWebhookSecret } from '../../../shared/retailer/key.ts';
import { isUsablePublicKey, privateKeyOf, publicKeyOf } from '../../../shared/retailer/ed25519.ts';
import { ASYMMETRIC_BODY_BYTES_MAX, sign, signWithAll, verify } from '../../../shared/retailer/webhook.ts';
import { retailerIdSchema } from '../../../shared/values.ts';

/** RFC 8032 §7.1, test 1: the empty message. */
const rfc = {
  seed: Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex'),
  public: Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex'),
};
const id = 'msg_1';
const timestamp = 1_614_265_330;
const utf8 = (text: string) => new TextEncoder().encode(text);
const body = utf8('{"test": 2432232314}');

const pairOf = (fill: number) => {
  const secret = privateKeyOf(new Uint8Array(32).fill(fill));
  return { secret, public: publicKeyOf(secret) };
};
const check = (secrets: readonly string[], signature: string, over: { body?: Uint8Array; id?: string } = {}) =>
  verify({
    secrets,
    headers: { 'webhook-id': over.id ?? id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signature },
    body: over.body ?? body,
    now: timestamp,
  });
const signed = (secret: string) => sign({ secret, id, timestamp, body });

describe('a pair of keys', () => {
  it('is that of RFC 8032, with 32 secret bytes or with the public ones after them', () => {
    expect(publicKeyOf(privateKeyOf(rfc.seed))).toBe(`whpk_${rfc.public.toString('base64')}`);
    expect(publicKeyOf(`whsk_${Buffer.concat([rfc.seed, rfc.public]).toString('base64')}`)).toBe(`whpk_${rfc.public.toString('base64')}`);
  });
  it('of a shop can be checked before it is stored', () => {
    expect(isUsablePublicKey(pairOf(1).public)).toBe(true);
    for (const text of ['', 'whpk_', 'whpk_QUJD', pairOf(1).secret, `whpk_${Buffer.alloc(33).toString('base64')}`]) expect(isUsablePublicKey(text)).toBe(false);
  });
  it('is derived for each shop and generation, apart from its secret', () => {
    const of = { root: new Uint8Array(32).fill(3), retailerId: retailerIdSchema.parse('rt_frischhof'), generation: 1 };
    const keys = [
      derivePrivateKey(of),
      derivePrivateKey({ ...of, generation: 2 }),
      derivePrivateKey({ ...of, retailerId: retailerIdSchema.parse('rt_other') }),
      deriveWebhookSecret({ ...of, direction: 'to-retailer' }).replace('whsec_', 'whsk_'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
  it.each(['whsk_', 'whsk_QUJD', `whsk_${Buffer.alloc(48).toString('base64')}`])('throws for our own bad key %s', (secret) => {
    expect(() => signed(secret)).toThrow('whsk_');
  });
});

describe('a signature v1a', () => {
  it('is one that Node.js made with the same key over id, timestamp and body', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const { sign: signWith } = await import('node:crypto');
    const value = signWith(null, Buffer.concat([utf8(`${id}.${timestamp}.`), body]), privateKey).toString('base64');
    const key = `whpk_${publicKey.export({ format: 'der', type: 'spki' }).subarray(12).toString('base64')}`;
    expect(check([key], `v1a,${value}`)).toEqual({ ok: true, id, timestamp });
  });
  it('verifies with its public key, and with no other', () => {
    expect(check([pairOf(1).public], signed(pairOf(1).secret)).ok).toBe(true);
    expect(check([pairOf(2).public], signed(pairOf(1).secret))).toEqual({ ok: false, refusal: 'signature-mismatch' });
  });
  it('fails for another body, another id and a byte that was turned', () => {
    const { secret, public: key } = pairOf(1);
    expect(check([key], signed(secret), { body: utf8('{"test": 2432232315}') }).ok).toBe(false);
    expect(check([key], signed(secret), { id: 'msg_2' }).ok).toBe(false);
    const bytes = Buffer.from(signed(secret).slice(4), 'base64');
    for (const at of [0, 31, 32, 63]) {
      const turned = Buffer.from(bytes);
      turned[at] = (turned[at] ?? 0) ^ 1;
      expect(check([key], `v1a,${turned.toString('base64')}`)).toEqual({ ok: false, refusal: 'signature-mismatch' });
    }
  });
  it.each(['v1a,QUJD', `v1a,${Buffer.alloc(64).toString('base64')}`, `v1a,${Buffer.alloc(65, 255).toString('base64')}`])(
    'of the wrong kind is a mismatch: %s',
    (value) => {
      expect(check([pairOf(1).public], value)).toEqual({ ok: false, refusal: 'signature-mismatch' });
    },
  );
  it('is not taken for v1 when a public key is used as a secret', () => {
    // Whoever knows a public key must not be able to sign with it as if it were a shared secret.
    const asSecret = pairOf(1).public.replace('whpk_', 'whsec_');
    expect(check([pairOf(1).public], signed(asSecret)).ok).toBe(false);
    expect(check([pairOf(1).public], signed(asSecret).replace('v1,', 'v1a,')).ok).toBe(false);
  });
  it('counts for bodies up to 64 KB; larger ones are signed with v1', () => {
    const { secret, public: key } = pairOf(1);
    const of = (bytes: number) => {
      const large = new Uint8Array(bytes);
      return check([key], sign({ secret, id, timestamp, body: large }), { body: large }).ok;
    };
    expect([of(ASYMMETRIC_BODY_BYTES_MAX), of(ASYMMETRIC_BODY_BYTES_MAX + 1)]).toEqual([true, false]);
  });
});

describe('while keys are changed', () => {
  const [old, next] = [pairOf(1), pairOf(2)];
  const [oldSecret, nextSecret] = [1, 2].map((fill) => `whsec_${Buffer.alloc(32, fill).toString('base64')}`) as [string, string];

  it('one message bears all signatures, and whoever holds any one of the keys takes it', () => {
    const header = signWithAll({ secrets: [nextSecret, oldSecret, next.secret, old.secret], id, timestamp, body });
    expect(header.split(' ').map((entry) => entry.split(',')[0])).toEqual(['v1', 'v1', 'v1a', 'v1a']);
    for (const key of [oldSecret, nextSecret, old.public, next.public]) expect(check([key], header).ok).toBe(true);
  });
  it('either of two keys of a shop is believed, whichever it signed with', () => {
    for (const { secret } of [old, next]) expect(check([next.public, old.public], signed(secret)).ok).toBe(true);
  });
  it('more keys than a change needs are a mistake of ours', () => {
    expect(() => check([pairOf(1).public, pairOf(2).public, pairOf(3).public], signed(old.secret))).toThrow('public keys');
    expect(() =>
      check(
        Array.from({ length: 4 }, () => oldSecret),
        signed(oldSecret),
      ),
    ).toThrow('secrets');
  });
});
