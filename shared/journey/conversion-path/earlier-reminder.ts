/**
 * Reminders that were waiting when conversion paths became data: AUTOMATION# items of earlier versions. They are still read, and each that waits acts
 * once when its time has come; nothing writes new ones.
 */
import { z } from 'zod';
import type { DomainEvent } from '../../events.ts';
import { householdIdSchema, ignored, instantSchema, isBefore, orderIdSchema, type Instant, type Outcome } from '../../values.ts';

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

/** The time is up. @param waits whether the order still waits for an answer */
export function endEarlier(automation: Automation | undefined, waits: boolean, now: Instant): Outcome<Automation, DomainEvent> {
  if (automation?.status !== 'waiting') return ignored('nothing-waits');
  if (isBefore(now, automation.dueAt)) return ignored('not-due');
  const { path, householdId, orderId, correlationId } = automation;
  const about = { path, householdId, orderId, ...(correlationId !== undefined && { correlationId }) };
  const state: Automation = waits ? { ...about, status: 'acted', at: now } : { ...about, status: 'left', at: now, because: 'answered meanwhile' };
  return { kind: 'changed', state, events: [] };
}
