/** Facts meet their devices: one decision, and at most one write, per device. */
import { notePresence } from '../../shared/device/presence.ts';
import { isInHouse } from '../../shared/household/household.ts';
import { ignored, type ThingName } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { findDevice } from '../runtime/find-device.ts';
import { groupBy } from '../../shared/group.ts';
import { logger } from '../runtime/log.ts';
import { change } from '../runtime/store.ts';
import type { HeardFact } from './read-presence.ts';

/** Answers the messages that must come again. */
export async function noteFacts(heard: readonly HeardFact[]): Promise<string[]> {
  const perThing = [...groupBy(heard, ({ thing }) => thing)];
  return (await Promise.all(perThing.map(([thing, facts]) => noteFactsOf(thing, facts)))).flat();
}

async function noteFactsOf(thing: ThingName, heard: readonly HeardFact[]): Promise<string[]> {
  try {
    const found = await findDevice(thing);
    // A thing may connect before anybody has added it to a household.
    if (found === undefined) return [];
    await change(kinds.device, keys.device(found.householdId, thing), (device) => {
      if (!isInHouse(device)) return ignored('no-such-device');
      const outcome = notePresence(
        device,
        heard.map(({ fact }) => fact),
      );
      return outcome.kind === 'changed' ? { ...outcome, state: { ...device, presence: outcome.state } } : outcome;
    });
    return [];
  } catch (error) {
    logger.error('the presence of a device could not be stored and will come again', { thing, error: error instanceof Error ? error : String(error) });
    return heard.map(({ recordId }) => recordId);
  }
}
