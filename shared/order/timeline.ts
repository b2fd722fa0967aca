/** An order's way to the door, told from its own events: what happened, when, and who did it. */
import { z } from 'zod';
import { lineItemSchema, type EventEnvelope } from '../events.ts';
import { instantSchema, mandateIdSchema, memberIdSchema, moneySchema, questionIdSchema } from '../values.ts';

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
  'delivered',
  'cancelled',
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

function detailsOf(event: EventEnvelope): Omit<TimelineEntry, 'at' | 'step'> {
  switch (event.type) {
    case 'order.proposed':
      return { total: event.data.quote.total };
    case 'order.approved': {
      const { by, total } = event.data;
      return { total, ...(by.kind === 'person' ? { memberId: by.memberId } : { mandateId: by.mandateId }) };
    }
    case 'order.declined':
    case 'order.withdrawn':
    case 'order.cancel-requested':
      return { memberId: event.data.memberId, reason: event.data.reason };
    case 'order.accepted':
      return event.data.deliveryAt === undefined ? {} : { deliveryAt: event.data.deliveryAt };
    case 'order.changed':
    case 'order.rejected':
    case 'order.cancelled':
    case 'order.cancel-refused':
      return { reason: event.data.reason };
    case 'order.shipped':
      return event.data.tracking === undefined ? {} : { tracking: event.data.tracking };
    case 'order.delivered':
      return { total: event.data.total };
    case 'order.substitution-offered':
      return { questionId: event.data.questionId, title: event.data.offered.title };
    case 'order.substitution-answered': {
      const { questionId, accepted, by } = event.data;
      return { questionId, accepted, answeredBy: by.kind, ...(by.kind === 'person' && { memberId: by.memberId }) };
    }
    default:
      return {};
  }
}
