/** A device that a member has paired has said its first word. */
import { confirm } from '../../shared/household/confirm.ts';
import type { Device } from '../../shared/household/household.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { change } from '../runtime/store.ts';

/** One write in the life of a device; every later reading costs nothing here. */
export async function confirmDevice(device: Device): Promise<void> {
  const now = productNow();
  if (confirm(device, now).kind !== 'changed') return;
  await change(kinds.device, keys.device(device.householdId, device.thing), (stored) => confirm(stored, now));
}
