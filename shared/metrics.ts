/** What is counted and measured of the business, by name: functions write these, the dashboard shows them. No ids, and no dimension but the function. */
import type { DomainEvent, EventType } from './events.ts';

export const METRICS_NAMESPACE = 'Nachschub';

/** Facts that are counted as they are said. What is not here is counted nowhere, because nobody would look at it. */
export const metricOfEvent = {
  'supply.low': 'NeedsOpened',
  'order.proposed': 'OrdersProposed',
  'order.approval-requested': 'OrdersAsked',
  'order.approved': 'OrdersApproved',
  'order.declined': 'OrdersDeclined',
  'order.expired': 'OrdersExpired',
  'order.withdrawn': 'OrdersWithdrawn',
  'order.placed': 'OrdersPlaced',
  'order.rejected': 'OrdersRejected',
  'order.cancelled': 'OrdersCancelled',
  'order.delivered': 'OrdersDelivered',
  'webhook.failed': 'WebhookFailures',
} as const satisfies Partial<Record<EventType, string>>;

/** Of one reading, by what became of it. */
export const metricOfReading = { applied: 'ReadingsApplied', ignored: 'ReadingsIgnored', quarantined: 'ReadingsQuarantined' } as const;

export type CountName =
  | (typeof metricOfEvent)[keyof typeof metricOfEvent]
  | (typeof metricOfReading)[keyof typeof metricOfReading]
  | (typeof metricOfMessage)[keyof typeof metricOfMessage]
  | 'WebhookAttempts'
  | 'MessagesFailed';
/** Of one collected message, by what became of it. */
export const metricOfMessage = { stored: 'MessagesStored', repeated: 'MessagesRepeated', refused: 'MessagesRefused' } as const;

/** Milliseconds from a reading's arrival at the broker to the write that applied it. */
export type SpanName = 'ReadingLag';

/** A need is opened once; when it is told again after a no or a silence, it is the same need. */
export function countedAs(event: DomainEvent): CountName | undefined {
  if (event.type === 'supply.low' && event.data.round > 1) return undefined;
  return isCounted(event.type) ? metricOfEvent[event.type] : undefined;
}

const isCounted = (type: EventType): type is keyof typeof metricOfEvent => Object.hasOwn(metricOfEvent, type);
