/** A message to a shop and its attempts, made when each is due. */
import { expect } from 'vitest';
import { domainEventSchema } from '../../../shared/events.ts';
import { deliverySchema, finishAttempt, messageIdFor, newDelivery, startAttempt, type Delivery } from '../../../shared/retailer/delivery.ts';
import { dueAtOf, type AttemptResult } from '../../../shared/webhook/attempts.ts';
import { addDuration, duration, householdIdSchema, instantOf, orderIdSchema, retailerIdSchema, type Instant } from '../../../shared/values.ts';

export const start = instantOf(Date.UTC(2026, 2, 2, 6));
export const after = (amount: number, unit: 'seconds' | 'minutes' | 'hours' | 'days') => addDuration(start, duration(amount, unit));
export const orderId = orderIdSchema.parse('ord_1');
export const about = {
  messageId: messageIdFor(orderId, 'order.placed', 3),
  householdId: householdIdSchema.parse('hh_anna'),
  orderId,
  retailerId: retailerIdSchema.parse('rt_frischhof'),
  type: 'order.placed' as const,
  body: '{"type":"order.placed"}',
  acceptBefore: after(10, 'days'),
};
export const fresh = (over: Partial<typeof about> = {}) => newDelivery({ ...about, ...over }, start);

export type Step = ReturnType<typeof startAttempt>;
export function stateOf(step: Step): Delivery {
  if (step.kind !== 'changed') throw new Error(`expected a change, not ${step.kind}: ${step.reason}`);
  // Everything that is stored reads back as it was written, and everything that is said stands in the catalogue.
  expect(deliverySchema.parse(JSON.parse(JSON.stringify(step.state)))).toEqual(step.state);
  for (const event of step.events) expect(domainEventSchema.parse(event)).toEqual(event);
  return step.state;
}
export const attempting = (now: Instant = start, delivery: Delivery = fresh()) => stateOf(startAttempt(delivery, now));
export const answered = (status: number, retryAfter?: string): AttemptResult => ({ kind: 'answered', status, retryAfter });
export const finish = (delivery: Delivery, result: AttemptResult, now: Instant, jitter = 0) => finishAttempt(delivery, result, { now, jitter });
export const eventsOf = (step: Step) => (step.kind === 'changed' ? step.events : []);

export function dueOf(delivery: Delivery): Instant {
  const due = dueAtOf(delivery);
  if (!due) throw new Error(`nothing is due: ${delivery.status}`);
  return due;
}

/** Makes every attempt when it is due, until it is over; the instants of the attempts. */
export function run(first: Delivery, result: (attempt: number) => AttemptResult, jitter = 0): { attempts: Instant[]; end: Delivery; said: string[] } {
  const attempts: Instant[] = [];
  const said: string[] = [];
  let delivery = first;
  while (delivery.status === 'pending') {
    const now = dueOf(delivery);
    const started = startAttempt(delivery, now);
    said.push(...eventsOf(started).map(({ type }) => type));
    delivery = stateOf(started);
    if (delivery.status !== 'attempting') break;
    attempts.push(now);
    const finished = finish(delivery, result(attempts.length), now, jitter);
    said.push(...eventsOf(finished).map(({ type }) => type));
    delivery = stateOf(finished);
  }
  return { attempts, end: delivery, said };
}
