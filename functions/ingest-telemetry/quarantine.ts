/** Bad input is kept with its reason, visible, never retried and never silently dropped. */
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { logger } from '../runtime/log.ts';
import { createOnce } from '../runtime/store.ts';
import type { RefusedReading } from './read-telemetry.ts';
import type { HouseholdId, Instant, SupplyId } from '../../shared/values.ts';

/** `[thing, bootId, seq, outcome, reason?]`: what the journal keeps of one reading; bootId and seq are 0 where it named none. */
export type ReadingOutcome = readonly [thing: string, bootId: number, seq: number, outcome: 'applied' | 'ignored' | 'quarantined', reason?: string];

export interface Observed {
  readonly outcomes: readonly ReadingOutcome[];
  /** Beside outcomes of one supply: which, when each was sampled and received, and whose story it is. */
  readonly about?: {
    readonly supplyId: SupplyId;
    readonly times: readonly (readonly [sampledAt: Instant, receivedAt: Instant])[];
    readonly correlationid?: string | undefined;
  };
  /** Queue messages that must come again, because the store did not answer. */
  readonly failed: readonly string[];
}

export const quarantine = (refused: readonly (RefusedReading & { householdId?: HouseholdId })[]): Promise<Observed[]> =>
  Promise.all(
    refused.map(async ({ recordId, thing, key, bootId, seq, payload, reason, householdId }): Promise<Observed> => {
      try {
        const state = { thing, payload, reason, receivedAt: productNow() };
        const data = { thing, key, reason, ...(householdId !== undefined && { householdId }) };
        await createOnce(kinds.quarantine, keys.quarantine(thing, key), state, [{ type: 'reading.quarantined', data }]);
        return { outcomes: [[thing, bootId, seq, 'quarantined', reason]], failed: [] };
      } catch (error) {
        logger.error('a reading could not be quarantined and will come again', { thing, key, error: error instanceof Error ? error : String(error) });
        return { outcomes: [], failed: [recordId] };
      }
    }),
  );
