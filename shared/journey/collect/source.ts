/**
 * A source: a system that sends touchpoints, with the write keys that prove it, what it may send, and what holds where its messages say
 * nothing. Of a key only a salted hash is kept; the key itself is shown once.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { purposeNames } from '../../household/purposes.ts';
import { ignored, instantSchema, rejected, type Instant, type Outcome } from '../../values.ts';
import { channelSchema, initiatorSchema, phaseSchema, productLineSchema } from '../words.ts';
import { mappingSchema } from './mapping.ts';
import { messageTypes } from './message-types.ts';
import { templateNames } from './templates.ts';

/** With its prefix no client id of the user pool and no fact of ours can be mistaken for one. */
export const sourceIdSchema = z
  .string()
  .regex(/^src_[a-z0-9][a-z0-9-]{0,35}$/, 'expected an id such as src_web-shop')
  .brand('SourceId');
export type SourceId = z.infer<typeof sourceIdSchema>;
export const keyIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,19}$/, 'expected a name such as spring-2026');

/** What its signed messages mean (Standard Webhooks 1.0), and which key is good. */
const webhookSchema = z.strictObject({
  mapping: z.union([z.enum(templateNames), mappingSchema]),
  /** The way to a list in the body, each entry of which is a message. */
  list: z.string().min(1).max(200).optional(),
  /** Another number is another key. */
  generation: z.int().min(1).max(1_000).default(1),
  /** While the other side changes over, the key before is good as well. */
  alsoBefore: z.boolean().default(false),
});

/** What an operator says of a source. */
export const sourceTermsSchema = z.strictObject({
  name: z.string().min(1).max(80),
  types: z
    .array(z.enum(messageTypes))
    .min(1)
    .max(messageTypes.length)
    .default([...messageTypes]),
  channel: channelSchema.default('web'),
  initiator: initiatorSchema.default('customer'),
  phase: phaseSchema.default('information'),
  productLine: productLineSchema.optional(),
  /** What its messages rest on where they name nothing: without that consent none is kept. */
  purpose: z.enum(purposeNames).optional(),
  /** For systems that call webhooks of their own making. */
  webhook: webhookSchema.optional(),
  /** Messages a minute, with one minute's worth in hand. */
  perMinute: z.int().min(1).max(100_000).default(6_000),
});
export type SourceTerms = z.infer<typeof sourceTermsSchema>;

const keySchema = z.strictObject({
  keyId: keyIdSchema,
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: instantSchema,
  revokedAt: instantSchema.optional(),
});
const KEYS_MAX = 50;
/** Enough for a change of keys on several machines. */
const LIVE_KEYS_MAX = 5;
export const sourceSchema = z.strictObject({
  ...sourceTermsSchema.shape,
  sourceId: sourceIdSchema,
  createdAt: instantSchema,
  keys: z.array(keySchema).max(KEYS_MAX),
});
export type Source = z.infer<typeof sourceSchema>;

export const newSource = (sourceId: SourceId, terms: SourceTerms, now: Instant): Source => ({ ...terms, sourceId, createdAt: now, keys: [] });

/** As it goes into a tracker: `src_web-shop.spring-2026.<secret>`; none of the parts holds a dot. */
export const writeKeyOf = (sourceId: SourceId, keyId: string, secret: string): string => `${sourceId}.${keyId}.${secret}`;

export interface Proof {
  readonly sourceId: SourceId;
  readonly keyId: string;
  readonly secret: string;
}

/** The parts of a write key; undefined for what cannot be one. */
export function readWriteKey(writeKey: string): Proof | undefined {
  const [source, keyId = '', secret = '', ...more] = writeKey.split('.');
  const sourceId = sourceIdSchema.safeParse(source);
  if (!sourceId.success || !keyIdSchema.safeParse(keyId).success || secret === '' || secret.length > 100 || more.length > 0) return undefined;
  return { sourceId: sourceId.data, keyId, secret };
}

/** One round is enough: a secret is 256 random bits and nothing that could be guessed. */
const hashOf = (salt: string, secret: string): string => bytesToHex(sha256(utf8ToBytes(`${salt}.${secret}`)));

/** @param salt 32 hex digits, random @param secret at least 256 random bits as text */
export function addKey(source: Source, { keyId, salt, secret }: { keyId: string; salt: string; secret: string }, now: Instant): Outcome<Source, never> {
  if (source.keys.some((key) => key.keyId === keyId)) return rejected('key-exists');
  if (source.keys.filter(({ revokedAt }) => revokedAt === undefined).length >= LIVE_KEYS_MAX || source.keys.length >= KEYS_MAX)
    return rejected('too-many-keys');
  const key = { keyId, salt, hash: hashOf(salt, secret), createdAt: now };
  return { kind: 'changed', state: { ...source, keys: [...source.keys, key] }, events: [] };
}

export function revokeKey(source: Source, keyId: string, now: Instant): Outcome<Source, never> {
  const key = source.keys.find((one) => one.keyId === keyId);
  if (key === undefined) return rejected('no-such-key');
  if (key.revokedAt !== undefined) return ignored('revoked-already');
  return { kind: 'changed', state: { ...source, keys: source.keys.map((one) => (one === key ? { ...key, revokedAt: now } : one)) }, events: [] };
}

/** Whether a key of this source that is not revoked proves itself with this secret. Compares hashes, so the time taken tells nothing of the secret. */
export const isProven = (source: Source, { keyId, secret }: Proof): boolean =>
  source.keys.some((key) => key.keyId === keyId && key.revokedAt === undefined && hashOf(key.salt, secret) === key.hash);

/** What anybody may see of it. */
export const sourceViewSchema = z.strictObject({
  ...sourceSchema.omit({ keys: true }).shape,
  keys: z.array(keySchema.omit({ salt: true, hash: true })),
});
export const sourceView = (source: Source): z.infer<typeof sourceViewSchema> => ({
  ...source,
  keys: source.keys.map(({ salt: _, hash: __, ...shown }) => shown),
});
