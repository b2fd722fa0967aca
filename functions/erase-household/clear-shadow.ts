/** What a thing's screen showed of the household that had it. */
import { DeleteThingShadowCommand, IoTDataPlaneClient, ResourceNotFoundException } from '@aws-sdk/client-iot-data-plane';
import { DISPLAY_SHADOW } from '../../shared/device/display.ts';
import type { ThingName } from '../../shared/values.ts';

const broker = new IoTDataPlaneClient({});

/** A repeat finds none, and that is fine. */
export async function clearShadow(thing: ThingName): Promise<void> {
  try {
    await broker.send(new DeleteThingShadowCommand({ thingName: thing, shadowName: DISPLAY_SHADOW }));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
}
