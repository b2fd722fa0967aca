/** Why something is said of a household: a code and the figures that were compared. The words for it stand beside what says it. */
import { z } from 'zod';

export const reasonSchema = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, 'expected a code such as case-open'),
  figures: z.record(z.string().max(40), z.union([z.number(), z.string().max(120)])),
});
export type Reason = z.infer<typeof reasonSchema>;
export type Figures = Reason['figures'];

/** A sentence for a reason, in each language. */
export type ReasonWording = Readonly<Record<'de' | 'en', (figures: Figures) => string>>;
