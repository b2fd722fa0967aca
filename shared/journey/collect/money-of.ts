/** What something was worth, from the members in which trackers say so (Segment's specification, “Spec: Track”: `revenue`, `value`, `currency`). */
import { z } from 'zod';
import { moneySchema, type Money } from '../../values.ts';

export const MONEY_NAMES = ['revenue', 'value', 'total'] as const;
const amountSchema = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(?:\.\d+)?$/)
    .transform(Number),
]);

/** Undefined where no amount stands, or no currency beside it that we keep: then nobody knows what the number means. */
export function moneyOf(properties: Readonly<Record<string, unknown>>): Money | undefined {
  const amounts = MONEY_NAMES.map((name) => amountSchema.safeParse(properties[name]).data);
  const amount = amounts.find((one) => one !== undefined);
  const currency = z.string().safeParse(properties['currency']).data?.toUpperCase();
  if (amount === undefined || currency === undefined) return undefined;
  // Rounded to cents from what was written in decimals, so that 12.35 is 1235 and not 1234.
  return moneySchema.safeParse({ amountMinor: Math.round(Number((amount * 100).toFixed(4))), currency }).data;
}
