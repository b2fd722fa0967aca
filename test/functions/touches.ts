/** What happens at a household on its way to an order, in short. */
import { digest } from '../../shared/digest.ts';
import { touchpointSchema, type Touchpoint } from '../../shared/journey/touchpoint.ts';
import { addDuration, duration, type HouseholdId, type Instant } from '../../shared/values.ts';

export const what = {
  mail: ['Email Delivered', 'e-mail', 'company', 'awareness'],
  page: ['page', 'web', 'customer', 'information'],
  low: ['supply.low', 'fridge', 'device', 'information'],
  approved: ['order.approved', 'tv', 'customer', 'closing'],
  automatic: ['order.approved', 'nachschub', 'automation', 'closing'],
  placed: ['order.placed', 'retailer', 'automation', 'closing'],
} as const;
export interface Said {
  readonly home: HouseholdId;
  readonly what: keyof typeof what;
  readonly hour: number;
  readonly order?: number;
}
/** @param start from which its hours count */
export function touchpointFrom(start: Instant, { home, what: name, hour, order }: Said): Touchpoint {
  const [type, channel, initiator, phase] = what[name];
  const at = addDuration(start, duration(hour, 'hours'));
  const messageId = `${home} ${name} ${hour} ${order ?? ''}`;
  return touchpointSchema.parse({
    ...{ touchpointId: `tp_${digest(messageId)}`, householdId: home, source: 'events', messageId, type, channel, initiator, phase, at, receivedAt: at },
    ...(name !== 'mail' && { productLine: 'groceries' }),
    ...(order !== undefined && { orderId: `ord_${order}` }),
    ...((name === 'approved' || name === 'automatic') && { value: { amountMinor: 990 + hour, currency: 'EUR' } }),
  });
}
