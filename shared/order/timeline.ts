/** An order's way to the door, told from its own events: what happened, when, and who did it. */
import { z } from 'zod';
import { lineItemSchema } from '../event-parts.ts';
import type { EventData, EventEnvelope, EventType } from '../events.ts';
import { instantSchema, mandateIdSchema, memberIdSchema, moneySchema, questionIdSchema, type Instant } from '../values.ts';

export const timelineStepSchema = z.enum([
  'proposed',
  'requoted',
  'asked',
  'approved',
  'declined',
  'expired',
  'withdrawn',
  'placing',
  'placed',
  'accepted',
  'changed',
  'rejected',
  'shipped',
  'part-delivered',
  'delivered',
  'back-ordered',
  'returned',
  'refunded',
  'refund-overdue',
  'payment-declined',
  'cancelled',
  'stuck',
  'taken-after-refusal',
  'cancel-requested',
  'cancel-refused',
  'substitution-offered',
  'substitution-answered',
]);
export type TimelineStep = z.infer<typeof timelineStepSchema>;

export const timelineEntrySchema = z.strictObject({
  at: instantSchema,
  step: timelineStepSchema,
  /** Of the person who did it; their name is looked up when it is read. */
  memberId: memberIdSchema.optional(),
  mandateId: mandateIdSchema.optional(),
  total: moneySchema.optional(),
  deliveryAt: instantSchema.optional(),
  tracking: z.string().max(80).optional(),
  /** Until when a declined payment may be put right. */
  retryBefore: instantSchema.optional(),
  /** The shop's or the person's own words, or a word of ours. */
  reason: z.string().max(200).optional(),
  questionId: questionIdSchema.optional(),
  title: lineItemSchema.shape.title.optional(),
  accepted: z.boolean().optional(),
  /** Who said no for the household, when nobody did. */
  answeredBy: z.enum(['person', 'rule', 'time']).optional(),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

const STEPS: Partial<Record<EventEnvelope['type'], TimelineStep>> = Object.fromEntries(
  timelineStepSchema.options.map((step) => [step === 'asked' ? 'order.approval-requested' : `order.${step}`, step]),
);

/** The oldest first. Events that no screen tells are left out. */
export const timelineOf = (events: readonly EventEnvelope[]): TimelineEntry[] =>
  events.flatMap((event) => {
    const step = STEPS[event.type];
    return step === undefined ? [] : [{ at: event.time, step, ...detailsOf(event) }];
  });

/** When the last of what comes later should be there. */
const latestOf = (days: readonly Instant[]): Details => {
  const last = [...days].sort().at(-1);
  return last === undefined ? {} : { deliveryAt: last };
};

type Details = Omit<TimelineEntry, 'at' | 'step'>;
/** What is told beside the step; of steps that stand for themselves nothing is. */
const details: { readonly [Type in EventType]?: (data: EventData<Type>) => Details } = {
  'order.proposed': ({ quote }) => ({ total: quote.total }),
  'order.approved': ({ by, total }) => ({ total, ...(by.kind === 'person' ? { memberId: by.memberId } : { mandateId: by.mandateId }) }),
  'order.declined': ({ memberId, reason }) => ({ memberId, reason }),
  'order.withdrawn': ({ memberId, reason }) => ({ memberId, reason }),
  'order.cancel-requested': ({ memberId, reason }) => ({ memberId, reason }),
  'order.accepted': ({ deliveryAt }) => (deliveryAt === undefined ? {} : { deliveryAt }),
  'order.changed': ({ reason }) => ({ reason }),
  'order.rejected': ({ reason }) => ({ reason }),
  'order.cancelled': ({ reason }) => ({ reason }),
  'order.cancel-refused': ({ reason }) => ({ reason }),
  'order.stuck': ({ because }) => ({ reason: because }),
  'order.shipped': ({ tracking }) => (tracking === undefined ? {} : { tracking }),
  'order.part-delivered': ({ total }) => ({ total }),
  'order.delivered': ({ total, reason }) => ({ total, ...(reason !== undefined && { reason }) }),
  'order.back-ordered': ({ lines }) => latestOf(lines.flatMap(({ expectedAt }) => expectedAt ?? [])),
  'order.refunded': ({ total }) => ({ total }),
  'order.refund-overdue': ({ open }) => ({ total: open }),
  'order.payment-declined': ({ reason, retryBefore }) => ({ reason, ...(retryBefore !== undefined && { retryBefore }) }),
  'order.substitution-offered': ({ questionId, offered }) => ({ questionId, title: offered.title }),
  'order.substitution-answered': ({ questionId, accepted, by }) => ({
    ...{ questionId, accepted, answeredBy: by.kind },
    ...(by.kind === 'person' && { memberId: by.memberId }),
  }),
};

/** The table's line for the event's own type takes the event's own data; the compiler cannot follow the two through one name. */
const detailsOf = <Type extends EventType>({ type, data }: { readonly type: Type; readonly data: EventData<Type> }): Details => details[type]?.(data) ?? {};
