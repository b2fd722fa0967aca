/** A shop that we can order from. Its keys are derived, never stored: the item holds only which generation is current. */
import { z } from 'zod';
import { instantSchema, orderIdSchema, retailerIdSchema } from '../values.ts';
import { reachShape } from '../webhook/reach.ts';
import { isUsablePublicKey } from './ed25519.ts';
import { termsSchema } from './offer.ts';
import { keptPerksSchema } from './perk.ts';

/** Two while the shop changes over. */
export const publicKeysSchema = z.array(z.string().refine(isUsablePublicKey, 'expected whpk_ and the base64 of 32 bytes')).max(2);

const testAnswerSchema = z.strictObject({ orderId: orderIdSchema, at: instantSchema });

export const retailerSchema = z.strictObject({
  retailerId: retailerIdSchema,
  name: z.string().min(1).max(80),
  /** Where our messages go. Judged again, with the address behind it, on every call. */
  webhookUrl: z.url({ protocol: /^https?$/ }).max(500),
  /** Base of the shop's own API; orders are asked for below it. */
  apiUrl: z.url({ protocol: /^https?$/ }).max(500),
  /** Counts rotations of the keys, from 1. */
  keyGeneration: z.int().min(1).max(1_000),
  /** Until then the keys of the generation before are used as well. */
  previousKeyUntil: instantSchema.optional(),
  /** Of the shop's own Ed25519 keys, for messages that it signs with `v1a`. */
  publicKeys: publicKeysSchema.optional(),
  /** Absent until the shop has published offers. */
  terms: termsSchema.optional(),
  offersPublishedAt: instantSchema.optional(),
  perks: keptPerksSchema.optional(),
  ...reachShape,
  /** The last conformance run of its present addresses that it passed: without one no household's order goes there. */
  conformance: z.strictObject({ passedAt: instantSchema, reportDigest: z.string().regex(/^[0-9a-f]{32}$/) }).optional(),
  /** What the shop last said of a test order: with a signature of its own that was good, and with one that was refused. */
  testAnswers: z.strictObject({ verified: testAnswerSchema.optional(), refused: testAnswerSchema.optional() }).optional(),
});
export type Retailer = z.infer<typeof retailerSchema>;
