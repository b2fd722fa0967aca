/**
 * What the world outside says that may matter at home: the weather that is foretold, goods that are called back or late, what is wanted more than usual,
 * a price that will not last. A signal names no household; whom it concerns, and why, is decided by `concern.ts`. Where signals come from is a port
 * (functions/runtime/signals.ts): on one machine a recorded series answers.
 */
import { z } from 'zod';
import { lotSchema } from '../../order/lot.ts';
import { gtinSchema, instantSchema, retailerIdSchema } from '../../values.ts';

/** `endedAt`: somebody has said that it is over before its time. */
const named = {
  signalId: z.string().regex(/^[a-z0-9][a-z0-9-]{2,59}$/, 'expected an id such as heat-wave-2027-07-14'),
  at: instantSchema,
  endedAt: instantSchema.optional(),
};
/** Calendar days, both included. */
const days = { from: z.iso.date(), to: z.iso.date() };
const categories = z.array(z.string().min(1).max(40)).min(1).max(20);

export const signalSchema = z.discriminatedUnion('kind', [
  /** `colderCelsius`: than the season, on average over the days. */
  z.strictObject({ ...named, kind: z.literal('cold-spell'), ...days, colderCelsius: z.number().positive().max(40) }),
  /** `warmestCelsius`: the mean of the warmest day. */
  z.strictObject({ ...named, kind: z.literal('heat-wave'), ...days, warmestCelsius: z.number().min(15).max(50) }),
  /** By lot; without lots every pack is meant. Nothing is advertised with it. */
  z.strictObject({
    ...{ ...named, kind: z.literal('recall'), gtin: gtinSchema, lots: z.array(lotSchema).max(200) },
    because: z.strictObject({ de: z.string().min(1).max(300), en: z.string().min(1).max(300) }),
  }),
  /** A pack's price at one shop until then; `usualMinor` is what it usually costs there. */
  z.strictObject({
    ...{ ...named, kind: z.literal('cheap-window'), gtin: gtinSchema, retailerId: retailerIdSchema, until: instantSchema },
    ...{ unitMinor: z.int().min(0), usualMinor: z.int().min(1) },
  }),
  /** Bought more than usual: 0.3 is three tenths more. `categories` as supply/prior/category.ts names them. */
  z.strictObject({ ...named, kind: z.literal('trend'), categories, share: z.number().min(-1).max(10), until: instantSchema }),
  /** Goods of a shop come later than they are promised. */
  z.strictObject({
    ...named,
    kind: z.literal('late-goods'),
    retailerId: retailerIdSchema,
    gtins: z.array(gtinSchema).max(200),
    days: z.number().positive().max(90),
    until: instantSchema,
  }),
]);
export type Signal = z.infer<typeof signalSchema>;
