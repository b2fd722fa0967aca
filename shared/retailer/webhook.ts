/**
 * Standard Webhooks 1.0: `v1` is HMAC-SHA256, `v1a` is Ed25519, both over `id.timestamp.body`, on the raw bytes.
 * Stricter than the reference library: whatever can be written in two ways is refused, and nothing is parsed before it is verified.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { bytesFromBase64, bytesToBase64 } from './base64.ts';
import { isPrivateKey, isPublicKey, signEd25519, verifyEd25519 } from './ed25519.ts';

export const BODY_BYTES_MAX = 256 * 1024;
/** Five minutes both ways, as the standard recommends. */
export const TOLERANCE_SECONDS = 300;
const SIGNATURE_BYTES_MAX = 2_048;
const SIGNATURES_MAX = 8;
/** The current generation, the previous one, and room for a botched rotation; each costs one HMAC over the body. */
const SECRETS_MAX = 3;
/**
 * While keys are changed a message has two Ed25519 signatures, and either may be of either of two keys. Each pair hashes the whole body, so that
 * more of them, or larger bodies, would let a stranger keep us busy: larger messages are signed with `v1`.
 */
const PUBLIC_KEYS_MAX = 2;
const ASYMMETRIC_MAX = 2;
export const ASYMMETRIC_BODY_BYTES_MAX = 64 * 1024;

const ID = /^[A-Za-z0-9_-]{1,64}$/;
const TIMESTAMP = /^[1-9][0-9]{0,11}$/;
/** The standard's symmetric secrets have 24 to 64 bytes. */
const SECRET_BYTES = { min: 24, max: 64 } as const;
/** A version such as `v1` or `v1a`, and one base64 value. */
const SIGNATURE = /^(v[0-9]{1,3}[a-z]{0,3}),([A-Za-z0-9+/]+={0,2})$/;

export type WebhookRefusal =
  | 'body-too-large'
  | 'id-missing'
  | 'id-repeated'
  | 'id-malformed'
  | 'timestamp-missing'
  | 'timestamp-repeated'
  | 'timestamp-malformed'
  | 'timestamp-too-old'
  | 'timestamp-too-new'
  | 'signature-missing'
  | 'signature-repeated'
  | 'signature-malformed'
  | 'signature-mismatch';

export type WebhookHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;
export type Verified = { readonly ok: true; readonly id: string; readonly timestamp: number } | { readonly ok: false; readonly refusal: WebhookRefusal };

/**
 * The value of the `webhook-signature` header: `v1` with a secret (`whsec_`), `v1a` with a private key (`whsk_`).
 * @param timestamp unix seconds of this attempt
 * @throws RangeError when our own id, timestamp or secret breaks the rules that `verify` holds others to
 */
export function sign({ secret, id, timestamp, body }: { secret: string; id: string; timestamp: number; body: Uint8Array }): string {
  if (!ID.test(id)) throw new RangeError(`A webhook id is ${String(ID)}, not «${id}».`);
  if (!TIMESTAMP.test(String(timestamp))) throw new RangeError(`A webhook timestamp is in whole unix seconds, not ${timestamp}.`);
  if (isPrivateKey(secret)) return `v1a,${bytesToBase64(signEd25519(secret, signedBytes(id, timestamp, body)))}`;
  return `v1,${hmac(secret, id, timestamp, body).toString('base64')}`;
}

/** All signatures of one message: whoever receives it looks for the one that it can check. @param secrets at most eight */
export const signWithAll = ({ secrets, ...message }: Omit<Parameters<typeof sign>[0], 'secret'> & { secrets: readonly string[] }): string =>
  secrets.map((secret) => sign({ ...message, secret })).join(' ');

/**
 * Whether one of the secrets (`whsec_`) or of the owners of the public keys (`whpk_`) signed exactly these bytes within the tolerance.
 * @param secrets at most three secrets and two public keys
 * @param body the raw bytes as received (a base64-encoded Lambda body decoded first)
 * @param now unix seconds, wall time
 */
export function verify(call: { secrets: readonly string[]; headers: WebhookHeaders; body: Uint8Array; now: number; toleranceSeconds?: number }): Verified {
  const { secrets, headers, body, now, toleranceSeconds = TOLERANCE_SECONDS } = call;
  const publicKeys = secrets.filter(isPublicKey);
  const symmetric = secrets.filter((secret) => !isPublicKey(secret));
  if (symmetric.length > SECRETS_MAX) throw new RangeError(`At most ${SECRETS_MAX} secrets can be current, not ${symmetric.length}.`);
  if (publicKeys.length > PUBLIC_KEYS_MAX) throw new RangeError(`At most ${PUBLIC_KEYS_MAX} public keys can be current, not ${publicKeys.length}.`);
  if (body.length > BODY_BYTES_MAX) return refuse('body-too-large');

  const id = onlyValue(headers, 'id');
  if (id.refusal) return refuse(id.refusal);
  const stamp = onlyValue(headers, 'timestamp');
  if (stamp.refusal) return refuse(stamp.refusal);
  const signature = onlyValue(headers, 'signature');
  if (signature.refusal) return refuse(signature.refusal);

  if (!ID.test(id.value)) return refuse('id-malformed');
  if (!TIMESTAMP.test(stamp.value)) return refuse('timestamp-malformed');
  const given = signaturesOf(signature.value);
  if (!given) return refuse('signature-malformed');

  const timestamp = Number(stamp.value);
  if (timestamp < now - toleranceSeconds) return refuse('timestamp-too-old');
  if (timestamp > now + toleranceSeconds) return refuse('timestamp-too-new');

  // No early exit: the time taken depends on how many secrets and signatures there are, not on which of them agree.
  let matches = 0;
  for (const secret of symmetric) {
    const expected = hmac(secret, id.value, timestamp, body);
    for (const candidate of given.v1) if (candidate.length === expected.length && timingSafeEqual(candidate, expected)) matches += 1;
  }
  // What is checked against a public key holds no secret that the time taken could tell.
  const isMatch =
    matches > 0 || isSignedByOwner(publicKeys, given.v1a, body.length > ASYMMETRIC_BODY_BYTES_MAX ? undefined : signedBytes(id.value, timestamp, body));
  return isMatch ? { ok: true, id: id.value, timestamp } : refuse('signature-mismatch');
}

const isSignedByOwner = (keys: readonly string[], signatures: readonly Uint8Array[], signed: Uint8Array | undefined): boolean =>
  signed !== undefined && signatures.slice(0, ASYMMETRIC_MAX).some((signature) => keys.some((key) => verifyEd25519(key, signed, signature)));

const refuse = (refusal: WebhookRefusal): Verified => ({ ok: false, refusal });

function hmac(secret: string, id: string, timestamp: number, body: Uint8Array) {
  const key = secret.startsWith('whsec_') ? bytesFromBase64(secret.slice('whsec_'.length)) : undefined;
  if (!key || key.length < SECRET_BYTES.min || key.length > SECRET_BYTES.max)
    throw new RangeError('A webhook secret is whsec_ and the base64 of 24 to 64 bytes.');
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
}

function signedBytes(id: string, timestamp: number, body: Uint8Array): Uint8Array {
  // What passes ID and TIMESTAMP is ASCII.
  const head = new TextEncoder().encode(`${id}.${timestamp}.`);
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}

/** Header names know no case, so `Webhook-Id` beside `webhook-id` is the same header twice, and two values are one too many. */
function onlyValue<Name extends 'id' | 'timestamp' | 'signature'>(
  headers: WebhookHeaders,
  name: Name,
): { value: string; refusal?: undefined } | { refusal: `${Name}-missing` | `${Name}-repeated` } {
  const values = Object.entries(headers)
    .filter(([header]) => header.toLowerCase() === `webhook-${name}`)
    .flatMap(([, value]) => value ?? []);
  const [value, second] = values;
  if (value === undefined || value === '') return { refusal: `${name}-missing` };
  return second === undefined ? { value } : { refusal: `${name}-repeated` };
}

/** The signatures of the header by version; undefined when any entry is malformed, also one of a version that we skip. */
function signaturesOf(header: string): { v1: Uint8Array[]; v1a: Uint8Array[] } | undefined {
  // What passes SIGNATURE is ASCII, so characters are bytes.
  if (header.length > SIGNATURE_BYTES_MAX) return undefined;
  const entries = header.split(' ');
  if (entries.length > SIGNATURES_MAX) return undefined;
  const known: { v1: Uint8Array[]; v1a: Uint8Array[] } = { v1: [], v1a: [] };
  for (const entry of entries) {
    const [, version, value] = SIGNATURE.exec(entry) ?? [];
    const bytes = value === undefined ? undefined : bytesFromBase64(value);
    if (!bytes) return undefined;
    if (version === 'v1' || version === 'v1a') known[version].push(bytes);
  }
  return known;
}
