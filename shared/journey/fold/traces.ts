/** Traces that belong together: of a day, or of one order, case, mandate or thing. Added by their ids, so that a repeat adds nothing and no order matters. */
import { z } from 'zod';
import { householdIdSchema, instantSchema } from '../../values.ts';
import { tracesSchema, type Trace, type Traces } from './trace.ts';

/** A household has some dozens a day and a process some dozens of steps; of a flood, the first in time stay, whatever order they came in. */
export const TRACES_OF_A_DAY_MAX = 2_000;
export const TRACES_OF_A_PROCESS_MAX = 200;

export const dayTracesSchema = z.strictObject({ householdId: householdIdSchema, day: z.string().regex(/^\d{4}-\d\d-\d\d$/), traces: tracesSchema });

export const processTracesSchema = z.strictObject({
  householdId: householdIdSchema,
  about: z.string().min(1).max(80),
  traces: tracesSchema,
  /** Time alone has made it look different, last at this moment; and will again. */
  lookedAt: instantSchema.optional(),
  lookAgainAt: instantSchema.optional(),
});
export type ProcessTraces = z.infer<typeof processTracesSchema>;

/** Undefined where nothing has come that was not there, or where there is no room for it. */
export function withTraces(before: Traces, came: Traces, max: number): Traces | undefined {
  const unseen = Object.entries(came).filter(([id]) => before[id] === undefined);
  if (unseen.length === 0) return undefined;
  const all = [...Object.entries(before), ...unseen].sort(firstInTime);
  const kept = all.slice(0, max);
  const stays = new Set(kept.map(([id]) => id));
  return unseen.some(([id]) => stays.has(id)) ? Object.fromEntries(kept) : undefined;
}

type Named = readonly [id: string, trace: Trace];
const firstInTime = ([idA, a]: Named, [idB, b]: Named): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : idA < idB ? -1 : Number(idA > idB));
