/** Which items of a batch a function reports as failed (Lambda developer guide, “Reporting batch item failures”). */
import { z } from 'zod';
import type { InvokeResult } from './instance.ts';

const responseSchema = z.looseObject({ batchItemFailures: z.array(z.looseObject({ itemIdentifier: z.string().min(1) })).nullish() }).nullish();

/**
 * Empty, missing or null means that all succeeded; malformed, or an id that is not in the batch, means that all failed.
 * @param ids of the batch, in its order
 */
export function failedItems(result: InvokeResult, ids: readonly string[], reportsItemFailures: boolean): readonly string[] {
  if (!result.ok) return ids;
  if (!reportsItemFailures) return [];
  const parsed = responseSchema.safeParse(result.payload);
  if (!parsed.success) return ids;
  const failed = new Set((parsed.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  if ([...failed].some((id) => !ids.includes(id))) return ids;
  return ids.filter((id) => failed.has(id));
}
