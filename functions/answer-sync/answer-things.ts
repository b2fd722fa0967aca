/** Each thing that asked is answered once, by itself: what fails for one does not keep the others waiting. */
import { deviceCatalog } from '../../shared/device/catalog.ts';
import type { ThingName } from '../../shared/values.ts';
import { findDevice } from '../runtime/find-device.ts';
import { groupBy } from '../../shared/group.ts';
import { logger } from '../runtime/log.ts';
import { refreshDisplay } from '../update-display/refresh-display.ts';
import type { SyncRequest } from './read-requests.ts';
import { sendMissed } from './send-missed.ts';

/** Answers the messages that must come again. */
export async function answerThings(requests: readonly SyncRequest[]): Promise<string[]> {
  const perThing = [...groupBy(requests, ({ thing }) => thing)];
  const failed = await Promise.all(perThing.map(async ([thing, ofThing]) => ((await answerThing(thing)) ? [] : ofThing.map(({ recordId }) => recordId))));
  return failed.flat();
}

async function answerThing(thing: ThingName): Promise<boolean> {
  try {
    const device = await findDevice(thing);
    // A thing of no household, or without a screen, has missed nothing.
    if (device === undefined || !deviceCatalog[device.deviceType].hasScreen) return true;
    await refreshDisplay(device.householdId, thing);
    await sendMissed(device);
    return true;
  } catch (error) {
    logger.error('a device could not be told what it missed and will be answered later', { thing, error: error instanceof Error ? error : String(error) });
    return false;
  }
}
