/** One declaration of a withdrawal, as the order itself notes it: so many packs are paid back. */
import { z } from 'zod';
import { gtinSchema, instantSchema } from '../../values.ts';

export const withdrawnPartSchema = z.strictObject({
  part: z.int().min(1).max(50),
  at: instantSchema,
  lines: z
    .array(z.strictObject({ gtin: gtinSchema, packs: z.int().min(1).max(99) }))
    .min(1)
    .max(50),
});
export type WithdrawnPart = z.infer<typeof withdrawnPartSchema>;
