/** The first reading of a device that a member has brought in proves that all of it works: code, certificate, connection. */
import type { DomainEvent } from '../events.ts';
import { ignored, type Instant, type Outcome } from '../values.ts';
import { isInHouse, type Device } from './household.ts';

/** Once. A device that an operator added is looked after by the operator. */
export function confirm(device: Device | undefined, now: Instant): Outcome<Device, DomainEvent> {
  if (!isInHouse(device)) return ignored('not-in-the-house');
  if (device.pairedBy === undefined) return ignored('not-paired');
  if (device.confirmedAt !== undefined) return ignored('confirmed-already');
  const { householdId, thing, deviceType } = device;
  return { kind: 'changed', state: { ...device, confirmedAt: now }, events: [{ type: 'device.confirmed', data: { householdId, thing, deviceType } }] };
}
