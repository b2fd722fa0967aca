/** What is said once, for one item or for the whole household, of what may come instead. */
import { z } from 'zod';

/** The most that something else may cost above what it replaces: of both the lower counts. */
export const dearerAtMostSchema = z
  .strictObject({ percent: z.int().min(0).max(100).optional(), minor: z.int().min(0).max(10_000).optional() })
  .refine(({ percent, minor }) => percent !== undefined || minor !== undefined, 'expected percent, cents or both');
export type DearerAtMost = z.infer<typeof dearerAtMostSchema>;

/** A maker by a word of its brand, or by the first 7 to 12 digits of its numbers. */
export const neverBrandsSchema = z.array(z.string().trim().min(2).max(40)).min(1).max(10);
