/**
 * How a household uses its devices, as its own touchpoints: only with its yes to `optional-telemetry`, whose wording names each of these
 * figures (household/consent-wording.ts). Anything else that a device could tell needs another question first.
 */
import type { Device } from '../household/household.ts';
import type { Reading } from '../device/telemetry.ts';
import type { Instant } from '../values.ts';
import { touchpointId, touchpointSchema, type Touchpoint } from './touchpoint.ts';
import type { Channel } from './words.ts';

export const DEVICE_SOURCE = 'devices';

/** The touchpoints of one reading, which names them for ever; none where it tells of no use, or is ahead of the time. */
export function usesOf(
  reading: Reading,
  { thing, householdId, deviceType }: Pick<Device, 'thing' | 'householdId' | 'deviceType'>,
  receivedAt: Instant,
): Touchpoint[] {
  const { bootId, seq, sampledAt, doorOpenings = 0, viewedMinutes = 0, messagesShown = 0 } = reading;
  if (sampledAt > receivedAt) return [];
  const name = `${thing}-${bootId}-${seq}`;
  const channel: Channel = deviceType === 'generic' ? 'nachschub' : deviceType;
  const use = (messageId: string, type: string, properties: Readonly<Record<string, number>>): Touchpoint =>
    touchpointSchema.parse({
      ...{ touchpointId: touchpointId(DEVICE_SOURCE, messageId), source: DEVICE_SOURCE, messageId, householdId, thing, type, channel, properties },
      ...{ initiator: 'device', phase: 'loyalty', at: sampledAt, receivedAt, purpose: 'optional-telemetry' },
    });
  const figures = { ...(doorOpenings > 0 && { doorOpenings }), ...(viewedMinutes > 0 && { viewedMinutes }) };
  return [
    ...(doorOpenings > 0 || viewedMinutes > 0 ? [use(name, doorOpenings > 0 ? 'device.door-opened' : 'device.watched', figures)] : []),
    // Nobody need stand before a screen for it to show something.
    ...(messagesShown > 0 ? [use(`${name}-shown`, 'device.message-shown', { messagesShown })] : []),
  ];
}
