/** A supply as its household calls it. */
import type { EventEnvelope } from '../../shared/events.ts';
import { supplyIdSchema } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { load } from '../runtime/store.ts';

/** Undefined for an event that is not of a supply. */
export async function findSupplyName({ type, data }: EventEnvelope): Promise<string | undefined> {
  if (!type.startsWith('supply.') || !('supplyId' in data) || !('householdId' in data)) return undefined;
  return (await load(kinds.supply, keys.supply(data.householdId, supplyIdSchema.parse(data.supplyId))))?.state.name;
}
