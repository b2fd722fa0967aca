/**
 * Whether a sensor is believed: a small state beside the supply, a number from 0 to 1 and a reason. A doubted sensor is treated like a silent
 * one: the model reckons on from the last level that was believed, a person's count stands above it, and a mandate asks instead of buying.
 */
import { z } from 'zod';
import { doubtReasonSchema, type DoubtReason } from './doubt-reasons.ts';
import { AMOUNT_MAX, daysBetween, instantSchema, type Instant } from '../../values.ts';

const amountSchema = z.number().min(0).max(AMOUNT_MAX);

const doubtSchema = z.strictObject({
  reason: doubtReasonSchema,
  since: instantSchema,
  /** What we would have expected to be in the slot, and what the sensor says, in base units; of `swapped` what one use takes. */
  expected: amountSchema,
  found: amountSchema,
  /** Readings since then that agree with what we believe. */
  agreed: z.int().min(0).max(99),
  /** A person has counted since: what they said is believed. */
  countedAt: instantSchema.optional(),
});
export type Doubt = z.infer<typeof doubtSchema>;

/** How much goes at once, as a mean of logarithms. */
const fallsSchema = z.strictObject({ count: z.int().min(0).max(999), meanLog: z.number() });
export type Falls = z.infer<typeof fallsSchema>;

/** Under 500 bytes as JSON. */
export const trustSchema = z.strictObject({
  /** The level has not moved beyond the noise since then; with what was counted as used until then. */
  still: z.strictObject({ level: amountSchema, since: instantSchema, usage: z.number().min(0).optional() }),
  /** Where level and counted usage were last laid side by side: drift is measured from here. */
  anchor: z.strictObject({ level: amountSchema, usage: z.number().min(0) }).optional(),
  /** Unlikely ups and downs that answer each other; halves every two days. */
  flips: z.number().min(0).max(99),
  flippedAt: instantSchema.optional(),
  /** The last unlikely move of the level, and from where. */
  move: z.strictObject({ up: z.boolean(), from: amountSchema, at: instantSchema }).optional(),
  /** Of this filling of the slot and of the one before. */
  falls: fallsSchema.optional(),
  fallsBefore: fallsSchema.optional(),
  /** Deliveries in a row that never came to stand in the slot, although it was empty. */
  unseen: z.int().min(1).max(9).optional(),
  /** When we last looked whether anybody was at home while it stood still. */
  askedAt: instantSchema.optional(),
  doubt: doubtSchema.optional(),
});
export type Trust = z.infer<typeof trustSchema>;

/** From here on a mandate may cover what rests on the sensor's word. */
export const TRUSTED_FROM = 0.5;
/** Whoever has counted may have miscounted, and the model reckons on from there. */
const COUNTED = 0.8;
const DOUBTED: Record<DoubtReason, number> = { stuck: 0.2, drifting: 0.3, jumping: 0.2, swapped: 0.3, contradicted: 0.1 };

const FLIPS_HALF_LIFE_DAYS = 2;
/** Three within a day: a crate taken out and put back is one. Forgiven below one. */
export const FLIPS_DOUBTED = 2.5;
export const FLIPS_FORGIVEN = 1;

export const flipsAt = ({ flips, flippedAt }: Pick<Trust, 'flips' | 'flippedAt'>, now: Instant): number =>
  flippedAt === undefined ? flips : flips * 2 ** (-Math.max(0, daysBetween(flippedAt, now)) / FLIPS_HALF_LIFE_DAYS);

/** The sensor is treated as if it were silent. */
export const isDoubted = ({ trust }: { readonly trust?: Trust | undefined }): boolean => trust?.doubt !== undefined;

/** What a decision record keeps of it. */
export const sensorTrustSchema = z.strictObject({ value: z.number().min(0).max(1), ...doubtSchema.omit({ agreed: true }).partial().shape });
export type SensorTrust = z.infer<typeof sensorTrustSchema>;

/** Undefined where no sensor has spoken. `value` 0–1; below `TRUSTED_FROM` nothing is bought on this word without a person. */
export function sensorTrust({ trust }: { readonly trust?: Trust | undefined }, now: Instant): SensorTrust | undefined {
  if (trust === undefined) return undefined;
  if (trust.doubt === undefined) return { value: Math.round(100 * Math.max(TRUSTED_FROM, 1 - flipsAt(trust, now) / (2 * FLIPS_DOUBTED))) / 100 };
  const { reason, since, expected, found, countedAt } = trust.doubt;
  const told = { reason, since, expected, found, ...(countedAt !== undefined && { countedAt }) };
  return { value: countedAt === undefined ? DOUBTED[reason] : COUNTED, ...told };
}
