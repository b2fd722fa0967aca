/** Makes a thing's shadow say what its screen should show now. */
import {
  ConflictException,
  GetThingShadowCommand,
  IoTDataPlaneClient,
  ResourceNotFoundException,
  UpdateThingShadowCommand,
} from '@aws-sdk/client-iot-data-plane';
import { z } from 'zod';
import { canonicalJson } from '../../shared/digest.ts';
import { displayOf } from '../../shared/device/display-content.ts';
import { DISPLAY_SHADOW, type Display } from '../../shared/device/display.ts';
import { isInHouse } from '../../shared/household/household.ts';
import type { HouseholdId, ThingName } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { load } from '../runtime/store.ts';
import { readScreen } from './read-screen.ts';
import { tvQuestion } from './tv-question.ts';

const broker = new IoTDataPlaneClient({});
/** Two writers seldom meet; after this the message comes again. */
const ROUNDS_MAX = 6;

const shadowSchema = z.object({ version: z.int().min(0), state: z.object({ desired: z.unknown() }).partial().default({}) });

/**
 * The shadow's version is read before the store and stands in the write, so what is written is never older than what was there. Nothing is
 * written when nothing changed. Throws when others keep writing in between, so that the message is repeated.
 */
export async function refreshDisplay(householdId: HouseholdId, thing: ThingName): Promise<void> {
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const shadow = await readShadow(thing);
    const display = await displayFor(householdId, thing);
    const isEmpty = display.cards.length + display.notes.length === 0 && display.question === undefined;
    if (shadow === undefined ? isEmpty : canonicalJson(shadow.state.desired) === canonicalJson(display)) return;
    const written = await writeShadow(thing, { state: { desired: display }, ...(shadow !== undefined && { version: shadow.version }) });
    // A first write names no version, so somebody may have come between: look once more.
    if (written && shadow !== undefined) return;
  }
  throw new Error(`the display of ${thing} was written by others ${ROUNDS_MAX} times in a row`);
}

/** A thing that was given away shows nothing of the household that it stood in. */
async function displayFor(householdId: HouseholdId, thing: ThingName): Promise<Display> {
  const device = await load(kinds.device, keys.device(householdId, thing));
  if (!isInHouse(device?.state)) return { cards: [], notes: [] };
  const [screen, survey] = await Promise.all([
    readScreen(householdId, device.state.deviceType),
    device.state.deviceType === 'tv' ? tvQuestion(householdId) : undefined,
  ]);
  return displayOf({ ...screen, survey });
}

async function readShadow(thing: ThingName): Promise<z.infer<typeof shadowSchema> | undefined> {
  try {
    const { payload } = await broker.send(new GetThingShadowCommand({ thingName: thing, shadowName: DISPLAY_SHADOW }));
    return shadowSchema.parse(JSON.parse(Buffer.from(payload ?? []).toString('utf8')));
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** False when somebody else wrote first. */
async function writeShadow(thing: ThingName, document: object): Promise<boolean> {
  try {
    await broker.send(new UpdateThingShadowCommand({ thingName: thing, shadowName: DISPLAY_SHADOW, payload: Buffer.from(JSON.stringify(document)) }));
    return true;
  } catch (error) {
    if (error instanceof ConflictException) return false;
    throw error;
  }
}
