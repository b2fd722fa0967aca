/**
 * Conversion paths, keyed by what they wait for: entered by an event, left by success, acting once when the time is up.
 * A success always beats the timer, whatever arrives first, so the end of a path is remembered even when its beginning is not known yet.
 */
import { z } from 'zod';
import type { DomainEvent, EventEnvelope } from '../events.ts';
import { householdIdSchema, ignored, instantOf, instantSchema, isBefore, millisOf, orderIdSchema, type Instant, type Outcome } from '../values.ts';

const key = {
  path: z.literal('unanswered-approval'),
  householdId: householdIdSchema,
  orderId: orderIdSchema,
  correlationId: z.string().min(1).max(80).optional(),
};

export const automationSchema = z.discriminatedUnion('status', [
  z.strictObject({ ...key, status: z.literal('waiting'), enteredAt: instantSchema, dueAt: instantSchema }),
  z.strictObject({ ...key, status: z.literal('acted'), at: instantSchema }),
  z.strictObject({ ...key, status: z.literal('left'), at: instantSchema, because: z.string().min(1).max(80) }),
]);
export type Automation = z.infer<typeof automationSchema>;

const ENTRY = 'order.approval-requested';
const EXITS = ['order.approved', 'order.declined', 'order.expired', 'order.withdrawn'] as const;

/** Half of the window still leaves time to answer. */
const halfWay = (from: Instant, to: Instant): Instant => instantOf((millisOf(from) + millisOf(to)) / 2);

const isExit = (event: EventEnvelope): event is Extract<EventEnvelope, { type: (typeof EXITS)[number] }> => EXITS.some((type) => type === event.type);

/** Takes an event of the path; anything else is ignored. */
export function followPath(automation: Automation | undefined, event: EventEnvelope): Outcome<Automation, never> {
  if (event.type === ENTRY) {
    if (automation !== undefined) return ignored('already-entered-or-left');
    const { householdId, orderId, expiresAt } = event.data;
    const state = {
      path: 'unanswered-approval',
      householdId,
      orderId,
      status: 'waiting',
      enteredAt: event.time,
      dueAt: halfWay(event.time, expiresAt),
      ...storyOf(event.correlationid),
    } as const;
    return { kind: 'changed', state, events: [] };
  }
  if (!isExit(event)) return ignored('not-of-this-path');
  if (automation !== undefined && automation.status !== 'waiting') return ignored('already-over');
  const { householdId, orderId } = event.data;
  const left = { status: 'left', at: event.time, because: event.type, ...storyOf(event.correlationid) } as const;
  return { kind: 'changed', state: { path: 'unanswered-approval', householdId, orderId, ...left }, events: [] };
}

const storyOf = (correlationId: string | undefined) => (correlationId === undefined ? {} : { correlationId });

/** The time is up: remind once. */
export function actWhenDue(automation: Automation | undefined, now: Instant): Outcome<Automation, DomainEvent<'action.recommended'>> {
  if (automation?.status !== 'waiting') return ignored('nothing-waits');
  if (isBefore(now, automation.dueAt)) return ignored('not-due');
  const { path, householdId, orderId, correlationId } = automation;
  const data = { householdId, orderId, action: 'remind-of-approval', because: 'half of the time to answer has passed' };
  return {
    kind: 'changed',
    state: { path, householdId, orderId, status: 'acted', at: now, ...storyOf(correlationId) },
    events: [{ type: 'action.recommended', data }],
  };
}
