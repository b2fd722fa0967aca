/** Anna's TV, beside her fridge, and what a device says through the rules of the template. */
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { createOnce } from '../../functions/runtime/store.ts';
import { deviceSchema } from '../../shared/household/household.ts';
import { thingNameSchema, type DeviceType, type Instant } from '../../shared/values.ts';
import { START } from '../shared/supply/milk.ts';
import { sqsRecord, type World } from './harness.ts';
import { householdId } from './kitchen.ts';

export const tv = thingNameSchema.parse('tv-anna');

export async function addDevice(name: string, deviceType: DeviceType): Promise<void> {
  const thing = thingNameSchema.parse(name);
  const device = deviceSchema.parse({ householdId, thing, deviceType, name, slots: {}, addedAt: START });
  await createOnce(kinds.device, keys.device(householdId, thing), device);
}

const base64 = (payload: unknown): string => Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)).toString('base64');

/** As the rules on `dt/…/presence` and `cmd/…/sync` wrap it. */
export const fromThing = (
  thing: string,
  payload: unknown,
  { receivedAt = START, clientId = thing, id }: { receivedAt?: Instant; clientId?: string; id?: string } = {},
) => sqsRecord(id ?? `${thing}-${receivedAt}`, { payload: base64(payload), thing, clientId, principal: 'certificate', receivedAt: Date.parse(receivedAt) });

/** As the rule on `$aws/events/presence/…` wraps it. */
export const fromBroker = (clientId: string, eventType: 'connected' | 'disconnected', versionNumber: number, at: string = START) =>
  sqsRecord(`${clientId}-${eventType}-${versionNumber}`, {
    ...{
      payload: base64({ clientId, timestamp: Date.parse(at), eventType, versionNumber, sessionIdentifier: 's', principalIdentifier: 'p' }),
      eventType,
      clientId,
    },
  });

/** What has been said about the `display` shadow of a thing since the world began: the documents that were accepted. */
export const accepted = (world: World, thing: string): unknown[] =>
  world.published.filter(({ topic }) => topic === `$aws/things/${thing}/shadow/name/display/update/accepted`).map(({ payload }) => payload);
