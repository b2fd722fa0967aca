import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { BODY_BYTES_MAX, sign, verify, type WebhookHeaders } from '../../../shared/retailer/webhook.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
/** The vector of the standard's own test suites. */
const vector = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: 1_614_265_330,
  body: utf8('{"test": 2432232314}'),
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const otherSecret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const headersOf = (over: Record<string, string | string[] | undefined> = {}): WebhookHeaders => ({
  'webhook-id': vector.id,
  'webhook-timestamp': String(vector.timestamp),
  'webhook-signature': vector.signature,
  ...over,
});
const check = (over: Partial<Parameters<typeof verify>[0]> = {}) =>
  verify({ secrets: [vector.secret], headers: headersOf(), body: vector.body, now: vector.timestamp, ...over });
const refusalWith = (headers: WebhookHeaders) => {
  const result = check({ headers });
  return result.ok ? 'verified' : result.refusal;
};

describe('the published vector', () => {
  it('is what we sign', () => {
    expect(sign(vector)).toBe(vector.signature);
  });
  it('verifies', () => {
    expect(check()).toEqual({ ok: true, id: vector.id, timestamp: vector.timestamp });
  });
});

describe('the reference library', () => {
  it('verifies what we sign', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), fc.uint8Array({ minLength: 24, maxLength: 64 }), (text, key) => {
        const secret = `whsec_${Buffer.from(key).toString('base64')}`;
        const timestamp = Math.floor(Date.now() / 1_000);
        const body = JSON.stringify({ text });
        const headers = {
          'webhook-id': vector.id,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': sign({ secret, id: vector.id, timestamp, body: utf8(body) }),
        };
        expect(new Webhook(secret).verify(body, headers)).toEqual({ text });
      }),
      { numRuns: 50 },
    );
  });
  it('signs what we verify', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 999_999_999_999 }), (text, timestamp) => {
        const signature = new Webhook(vector.secret).sign(vector.id, new Date(timestamp * 1_000), text);
        const headers = headersOf({ 'webhook-timestamp': String(timestamp), 'webhook-signature': signature });
        expect(check({ headers, body: utf8(text), now: timestamp })).toEqual({ ok: true, id: vector.id, timestamp });
      }),
      { numRuns: 50 },
    );
  });
});

describe('what was changed on the way', () => {
  it('fails for any changed byte of the body', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 2_000 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (body, place, flip) => {
        const headers = headersOf({ 'webhook-signature': sign({ ...vector, body }) });
        expect(check({ headers, body }).ok).toBe(true);
        const changed = body.map((byte, index) => (index === place % body.length ? byte ^ flip : byte));
        expect(check({ headers, body: changed })).toEqual({ ok: false, refusal: 'signature-mismatch' });
      }),
    );
  });
  it('fails for any changed character of a header', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('webhook-id', 'webhook-timestamp', 'webhook-signature'),
        fc.nat(),
        fc.string({ minLength: 1, maxLength: 1, unit: 'binary-ascii' }),
        (name, place, character) => {
          const original = String(headersOf()[name]);
          const at = place % original.length;
          fc.pre(original[at] !== character);
          const headers = headersOf({ [name]: original.slice(0, at) + character + original.slice(at + 1) });
          // With a tolerance without end, only the signature stands between a moved timestamp and a replay.
          expect(check({ headers, toleranceSeconds: Number.MAX_SAFE_INTEGER }).ok).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });
  it('fails when a byte moves from the id to the body', () => {
    const signature = sign({ ...vector, id: 'msg_1', body: utf8('2.3') });
    expect(check({ headers: headersOf({ 'webhook-id': 'msg_1', 'webhook-signature': signature }), body: utf8('2.3') }).ok).toBe(true);
    expect(check({ headers: headersOf({ 'webhook-id': 'msg_12', 'webhook-signature': signature }), body: utf8('.3') }).ok).toBe(false);
  });
  it('fails under another secret, and with none', () => {
    expect(check({ secrets: [otherSecret] })).toEqual({ ok: false, refusal: 'signature-mismatch' });
    expect(check({ secrets: [] })).toEqual({ ok: false, refusal: 'signature-mismatch' });
  });
});

describe('rotation', () => {
  it('takes either of two secrets and either of two signatures', () => {
    expect(check({ secrets: [otherSecret, vector.secret] }).ok).toBe(true);
    expect(refusalWith(headersOf({ 'webhook-signature': `${sign({ ...vector, secret: otherSecret })} ${vector.signature}` }))).toBe('verified');
  });
  it('skips versions it does not know, well formed', () => {
    expect(refusalWith(headersOf({ 'webhook-signature': `v1a,QUJD ${vector.signature}` }))).toBe('verified');
    expect(refusalWith(headersOf({ 'webhook-signature': vector.signature.replace('v1,', 'v1a,') }))).toBe('signature-mismatch');
  });
});

describe('headers', () => {
  it.each([
    ['no id', { 'webhook-id': undefined }, 'id-missing'],
    ['an empty id', { 'webhook-id': '' }, 'id-missing'],
    ['two ids', { 'webhook-id': [vector.id, vector.id] }, 'id-repeated'],
    ['two ids in two spellings', { 'Webhook-Id': vector.id }, 'id-repeated'],
    ['ids that a proxy has joined', { 'webhook-id': `${vector.id},${vector.id}` }, 'id-malformed'],
    ['an id with a dot', { 'webhook-id': 'msg.1' }, 'id-malformed'],
    ['a long id', { 'webhook-id': 'm'.repeat(65) }, 'id-malformed'],
    ['an id with a line end', { 'webhook-id': `${vector.id}\n` }, 'id-malformed'],
    ['no timestamp', { 'webhook-timestamp': undefined }, 'timestamp-missing'],
    ['two timestamps', { 'webhook-timestamp': ['1', '2'] }, 'timestamp-repeated'],
    ['a timestamp with a tail', { 'webhook-timestamp': `${vector.timestamp}abc` }, 'timestamp-malformed'],
    ['a timestamp with a fraction', { 'webhook-timestamp': `${vector.timestamp}.0` }, 'timestamp-malformed'],
    ['a timestamp with a leading zero', { 'webhook-timestamp': `0${vector.timestamp}` }, 'timestamp-malformed'],
    ['a timestamp with a sign', { 'webhook-timestamp': `+${vector.timestamp}` }, 'timestamp-malformed'],
    ['a timestamp of thirteen digits', { 'webhook-timestamp': `${vector.timestamp}000` }, 'timestamp-malformed'],
    ['no signature', { 'webhook-signature': undefined }, 'signature-missing'],
    ['two signature headers', { 'webhook-signature': [vector.signature, vector.signature] }, 'signature-repeated'],
    ['a signature without a version', { 'webhook-signature': vector.signature.slice(3) }, 'signature-malformed'],
    ['a signature of three parts', { 'webhook-signature': `${vector.signature},x` }, 'signature-malformed'],
    ['two spaces', { 'webhook-signature': `${vector.signature}  ${vector.signature}` }, 'signature-malformed'],
    ['a tab', { 'webhook-signature': `${vector.signature}\t${vector.signature}` }, 'signature-malformed'],
    ['no padding', { 'webhook-signature': vector.signature.replace('=', '') }, 'signature-malformed'],
    ['stray bits before the padding', { 'webhook-signature': vector.signature.replace('OE=', 'OF=') }, 'signature-malformed'],
    ['base64url', { 'webhook-signature': vector.signature.replace('+', '-') }, 'signature-malformed'],
    ['a malformed entry of another version beside a right one', { 'webhook-signature': `v1a,! ${vector.signature}` }, 'signature-malformed'],
    ['nine signatures', { 'webhook-signature': Array.from({ length: 9 }, () => vector.signature).join(' ') }, 'signature-malformed'],
    [
      'a signature header of 2,049 bytes',
      { 'webhook-signature': `v2,${'A'.repeat(2_049 - 3 - 1 - vector.signature.length)} ${vector.signature}` },
      'signature-malformed',
    ],
    ['a short signature', { 'webhook-signature': 'v1,QUJD' }, 'signature-mismatch'],
  ])('refuses %s', (_, over, refusal) => {
    expect(refusalWith(headersOf(over))).toBe(refusal);
  });
  it('takes eight signatures and names in any case', () => {
    const eight = Array.from({ length: 8 }, (_, index) => (index === 7 ? vector.signature : sign({ ...vector, secret: otherSecret }))).join(' ');
    expect(refusalWith(headersOf({ 'webhook-signature': eight }))).toBe('verified');
    expect(refusalWith({ 'Webhook-ID': vector.id, 'WEBHOOK-TIMESTAMP': String(vector.timestamp), 'Webhook-Signature': [vector.signature], other: 'x' })).toBe(
      'verified',
    );
  });
});

describe('time', () => {
  it.each([
    [300, 'verified'],
    [301, 'timestamp-too-old'],
    [-300, 'verified'],
    [-301, 'timestamp-too-new'],
  ])('%i s after the timestamp: %s', (seconds, outcome) => {
    const result = check({ now: vector.timestamp + seconds });
    expect(result.ok ? 'verified' : result.refusal).toBe(outcome);
  });
});

describe('limits', () => {
  it('refuses a body above 256 KB and takes one of exactly that', () => {
    const body = randomBytes(BODY_BYTES_MAX);
    expect(check({ body: Buffer.concat([body, Buffer.from('x')]) })).toEqual({ ok: false, refusal: 'body-too-large' });
    expect(check({ body, headers: headersOf({ 'webhook-signature': sign({ ...vector, body }) }) }).ok).toBe(true);
  });
  it.each(['whsec_', 'whsec_QUJD', `whsec_${Buffer.alloc(65).toString('base64')}`, 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])(
    'throws for our own bad secret %s',
    (secret) => {
      expect(() => sign({ ...vector, secret })).toThrow('whsec_');
    },
  );
  it('throws for our own bad id and timestamp', () => {
    expect(() => sign({ ...vector, id: 'a.b' })).toThrow('id');
    expect(() => sign({ ...vector, timestamp: 1.5 })).toThrow('whole unix seconds');
  });
});
