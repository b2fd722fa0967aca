/**
 * How a household uses its devices, as its own touchpoints: only with its yes to `optional-telemetry`, whose wording names exactly these two
 * figures (household/consent-wording.ts). Anything else that a device could tell needs another question first.
 */
import type { Device } from '../household/household.ts';
import type { Reading } from '../device/telemetry.ts';
import type { Instant } from '../values.ts';
import { touchpointId, touchpointSchema, type Touchpoint } from './touchpoint.ts';
import type { Channel } from './words.ts';

export const DEVICE_SOURCE = 'devices';

/** The touchpoint of one reading, which names it for ever; undefined where it tells of no use, or is ahead of the time. */
export function useOf(
  reading: Reading,
  { thing, householdId, deviceType }: Pick<Device, 'thing' | 'householdId' | 'deviceType'>,
  receivedAt: Instant,
): Touchpoint | undefined {
  const { bootId, seq, sampledAt, doorOpenings = 0, viewedMinutes = 0 } = reading;
  if ((doorOpenings === 0 && viewedMinutes === 0) || sampledAt > receivedAt) return undefined;
  const messageId = `${thing}-${bootId}-${seq}`;
  const channel: Channel = deviceType === 'generic' ? 'nachschub' : deviceType;
  return touchpointSchema.parse({
    ...{ touchpointId: touchpointId(DEVICE_SOURCE, messageId), source: DEVICE_SOURCE, messageId, householdId, thing },
    ...{ type: doorOpenings > 0 ? 'device.door-opened' : 'device.watched', channel, initiator: 'device', phase: 'loyalty' },
    ...{ at: sampledAt, receivedAt, purpose: 'optional-telemetry' },
    properties: { ...(doorOpenings > 0 && { doorOpenings }), ...(viewedMinutes > 0 && { viewedMinutes }) },
  });
}
