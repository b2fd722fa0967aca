/** A device as its household calls it. */
import type { EventEnvelope } from '../../shared/events.ts';
import { thingNameSchema } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { load } from '../runtime/store.ts';

/** Undefined for an event about no device. */
export async function findDeviceName({ data }: EventEnvelope): Promise<string | undefined> {
  if (!('thing' in data) || data.thing === undefined || !('householdId' in data) || data.householdId === undefined) return undefined;
  const thing = thingNameSchema.parse(data.thing);
  return (await load(kinds.device, keys.device(data.householdId, thing)))?.state.name;
}
