/** An order, a case or a mandate of which nothing is heard: time alone makes it late, or lets it come to nothing. */
import type { ProcessTraces } from '../../shared/journey/fold/traces.ts';
import type { Traces } from '../../shared/journey/fold/trace.ts';
import { asOf, looksUntil, nextLook } from '../../shared/journey/tally/next-look.ts';
import { ignored } from '../../shared/values.ts';
import { kinds, type Key } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { change } from '../runtime/store.ts';

/** The process with other steps, which is looked at again when the next of them is due. */
export function withSteps({ householdId, about, lookedAt }: Omit<ProcessTraces, 'traces' | 'lookAgainAt'>, traces: Traces): ProcessTraces {
  const from = asOf(traces, lookedAt);
  const lookAgainAt = from && nextLook(traces, from);
  return { householdId, about, traces, ...(lookedAt && { lookedAt }), ...(lookAgainAt && { lookAgainAt }) };
}

/** Replaces what it contributes, for the table's stream tells of the change; told twice, the second finds nothing due. */
export async function lookAtProcess(key: Key): Promise<void> {
  const now = productNow();
  await change(kinds.processTraces, key, (stored) => {
    if (stored?.lookAgainAt === undefined || stored.lookAgainAt > now) return ignored('not-due');
    const { householdId, about, traces, lookedAt } = stored;
    return { kind: 'changed', state: { householdId, about, traces, ...looksUntil(traces, lookedAt, now) }, events: [] };
  });
}
