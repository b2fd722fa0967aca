/** Funnels as data: how far somebody came, and at which step how many are lost. */
import { z } from 'zod';
import { isNamed } from '../fold/count.ts';
import { nameOf } from '../fold/summary.ts';
import type { Happened } from '../target/model.ts';

const id = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const text = z.strictObject({ de: z.string().max(80), en: z.string().max(80) });
export const funnelSchema = z.strictObject({
  ...{ funnel: id, name: text },
  /** Counted once for each process, household, or day of a household. */
  of: z.enum(['process', 'household', 'day']),
  steps: z
    .array(z.strictObject({ step: id, name: text, match: z.array(z.string().min(1).max(80)).min(1).max(10) }))
    .min(2)
    .max(10),
});
export type Funnel = z.infer<typeof funnelSchema>;

/** How many steps were reached: whoever was seen at a later one passed the earlier ones. 0: not even the first. */
export function reachedOf({ steps }: Funnel, happened: readonly Pick<Happened, 'type' | 'initiator'>[]): number {
  const names = new Set(happened.map(nameOf));
  return steps.findLastIndex(({ match }) => [...names].some((name) => isNamed(name, match))) + 1;
}
