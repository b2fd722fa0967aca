/** A device as its household looks at it: what it is, and whether it can be reached. */
import { z } from 'zod';
import { availabilityOf, availabilitySchema } from '../device/presence.ts';
import { instantSchema, latest, type Instant } from '../values.ts';
import { deviceSchema, type Device } from './household.ts';

export const deviceOverviewSchema = deviceSchema.omit({ presence: true }).extend({
  availability: availabilitySchema,
  connected: z.boolean(),
  /** When it last came or went; absent for a device that was never heard of. */
  since: instantSchema.optional(),
  /** When it last came, went or said what is left. */
  heardAt: instantSchema.optional(),
});
export type DeviceOverview = z.infer<typeof deviceOverviewSchema>;

/** @param readAt of the readings that its supplies know last */
export function deviceOverview({ presence, ...device }: Device, now: Instant, readAt: readonly Instant[] = []): DeviceOverview {
  const availability = availabilityOf({ deviceType: device.deviceType, presence }, now);
  const [first, ...more] = [...readAt, ...(presence === undefined ? [] : [presence.since])];
  return {
    ...device,
    availability,
    connected: presence?.connected ?? false,
    ...(presence !== undefined && { since: presence.since }),
    ...(first !== undefined && { heardAt: latest(first, ...more) }),
  };
}
