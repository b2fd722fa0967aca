/**
 * One message to one shop and its attempts, as a state machine: pending → attempting → delivered, pending again, or abandoned.
 *
 * What counts (Standard Webhooks 1.0, “Webhook delivery” ): 2xx is success and nothing else is; a redirect is a failure and never followed;
 * 410 means that the endpoint is gone, so the message is abandoned at once and the shop disabled. Every other 4xx is tried again like
 * a 5xx: it is nearly always a wrong key, path or release that somebody is mending, and giving up would win nothing, since another shop
 * may not be asked before `acceptBefore` in any case.
 */
import { z } from 'zod';
import type { EventData, EventOf } from '../events.ts';
import { digest } from '../digest.ts';
import {
  addDuration,
  duration,
  earliest,
  householdIdSchema,
  ignored,
  instantSchema,
  isBefore,
  rejected,
  messageIdSchema,
  orderIdSchema,
  retailerIdSchema,
  type Duration,
  type Instant,
  type MessageId,
  type OrderId,
  type Outcome,
} from '../values.ts';
import { ATTEMPTS_MAX, retryAfterDelay, retryDelay } from './retry.ts';

/** Longer than an attempt may take (15 s), shorter than a person would wait to see a crash healed. */
const LEASE = duration(2, 'minutes');

/** Ten attempts and one entry for an end without another, twice. */
const ATTEMPTS_KEPT = 24;
/** Of one message; whoever needs more has another problem. */
export const REPLAYS_MAX = 10;
/** Long enough to see how the first went. */
export const REPLAY_PAUSE = duration(1, 'minutes');

export const messageTypeSchema = z.enum(['order.placed', 'order.cancel-requested', 'order.substitution-answered', 'contract.withdrawn']);
export type MessageType = z.infer<typeof messageTypeSchema>;

export const attemptSchema = z.strictObject({
  at: instantSchema,
  /** `lost`: whoever made it stopped before it could say how it ended. `not-made`: it was too late to make it. */
  outcome: z.enum(['delivered', 'failed', 'lost', 'not-made']),
  httpStatus: z.int().min(100).max(599).optional(),
  detail: z.string().max(200),
  /** What went over the wire, for whoever looks for the mistake: the signed timestamp (unix seconds), how long it took, and how the answer began. */
  exchange: z.strictObject({ timestamp: z.int().min(0), millis: z.int().min(0), answer: z.string().max(1_000).optional() }).optional(),
});
export type Attempt = z.infer<typeof attemptSchema>;

const message = {
  messageId: messageIdSchema,
  householdId: householdIdSchema,
  orderId: orderIdSchema,
  retailerId: retailerIdSchema,
  type: messageTypeSchema,
  /** The text that is signed and sent, the same to the byte on every attempt. */
  body: z.string().min(2).max(64_000),
  createdAt: instantSchema,
  /** From this instant on the shop must not take the order, or nobody can use the message any more: nothing is sent. */
  acceptBefore: instantSchema,
  /** The newest last; when it was sent again by hand, the first ones are forgotten. */
  attempts: z.array(attemptSchema).max(ATTEMPTS_KEPT),
  /** Sent again by hand, with the same id: by whom, the newest last. */
  replays: z
    .array(z.strictObject({ at: instantSchema, by: z.enum(['operator', 'retailer']) }))
    .max(REPLAYS_MAX)
    .optional(),
  /** Sent by hand from the workbench, about an order that nobody means. */
  sample: z.literal(true).optional(),
  /** The need whose story this is; told to the shop in a header of its own, outside what is signed. */
  correlationId: z.string().min(1).max(80).optional(),
};
export const abandonReasonSchema = z.enum(['too-late', 'attempts-exhausted', 'endpoint-gone', 'retailer-disabled']);
export type AbandonReason = z.infer<typeof abandonReasonSchema>;

export const deliverySchema = z.discriminatedUnion('status', [
  z.strictObject({ ...message, status: z.literal('pending'), attempt: z.int().min(1).max(ATTEMPTS_MAX), dueAt: instantSchema }),
  z.strictObject({ ...message, status: z.literal('attempting'), attempt: z.int().min(1).max(ATTEMPTS_MAX), leaseUntil: instantSchema }),
  z.strictObject({ ...message, status: z.literal('delivered'), deliveredAt: instantSchema }),
  z.strictObject({ ...message, status: z.literal('abandoned'), abandonedAt: instantSchema, reason: abandonReasonSchema }),
]);
export type Delivery = z.infer<typeof deliverySchema>;
export type DeliveryIn<Status extends Delivery['status']> = Extract<Delivery, { status: Status }>;

/** What the network had to say: an answer, or why there was none. */
export type AttemptResult = (
  { readonly kind: 'answered'; readonly status: number; readonly retryAfter?: string | undefined } | { readonly kind: 'failed'; readonly reason: string }
) & { readonly exchange?: Attempt['exchange'] };

type Step = Outcome<Delivery, EventOf<'webhook'>>;

/** The same for the same message of the same order, however often it is made. @param version the order's, when it said what the message tells */
export const messageIdFor = (orderId: OrderId, type: MessageType, version: number): MessageId =>
  messageIdSchema.parse(`msg_${digest({ orderId, type, version })}`);

export const newDelivery = (
  about: Pick<Delivery, 'messageId' | 'householdId' | 'orderId' | 'retailerId' | 'type' | 'body' | 'acceptBefore' | 'correlationId'>,
  now: Instant,
): DeliveryIn<'pending'> => ({ ...about, status: 'pending', createdAt: now, attempts: [], attempt: 1, dueAt: now });

/** When time has to look at it again; undefined when it is over. */
export function dueAtOf(delivery: Delivery): Instant | undefined {
  switch (delivery.status) {
    case 'pending':
      return delivery.dueAt;
    case 'attempting':
      return delivery.leaseUntil;
    case 'delivered':
    case 'abandoned':
      return undefined;
  }
}

/**
 * To be stored before the first byte leaves. An attempt whose lease is over was lost with whoever made it: the shop may have heard it,
 * so it counts, and the same message is sent again.
 */
export function startAttempt(delivery: Delivery, now: Instant): Step {
  switch (delivery.status) {
    case 'pending':
      return isBefore(now, delivery.dueAt) && isBefore(now, delivery.acceptBefore) ? ignored('not-due') : start(delivery, delivery.attempt, now);
    case 'attempting':
      return isBefore(now, delivery.leaseUntil)
        ? ignored('under-way')
        : start(record(delivery, { at: now, outcome: 'lost', detail: 'no result before the lease ended' }), delivery.attempt + 1, now);
    case 'delivered':
    case 'abandoned':
      return ignored(delivery.status);
  }
}

/** Another message waits for this slow shop, and none of the ten attempts is used up. @param at when this one was sent all the same and nobody waited for its answer */
export function postponeAttempt(delivery: Delivery, until: Instant, at?: Instant): Step {
  if (delivery.status !== 'pending' && delivery.status !== 'attempting') return ignored(delivery.status);
  const cut = at === undefined ? delivery : record(delivery, { at, outcome: 'failed', detail: 'not waited for: another message waits for this slow shop' });
  return changed({ ...common(cut), status: 'pending', attempt: delivery.attempt, dueAt: earliest(until, delivery.acceptBefore) });
}

/** @param chance.jitter in [-1, 1], from the caller, so that the same attempt gives the same next one in a test */
export function finishAttempt(delivery: Delivery, result: AttemptResult, chance: { now: Instant; jitter: number }): Step {
  if (delivery.status !== 'attempting') return ignored(`not-attempting: ${delivery.status}`);
  const { now } = chance;
  const exchange = result.exchange && { exchange: result.exchange };
  if (result.kind === 'answered' && result.status >= 200 && result.status <= 299) {
    const done = record(delivery, { at: now, outcome: 'delivered', httpStatus: result.status, detail: '', ...exchange });
    return changed({ ...common(done), status: 'delivered', deliveredAt: now });
  }
  const detail = (result.kind === 'answered' ? `answered ${result.status}` : result.reason).slice(0, 200);
  const httpStatus = result.kind === 'answered' ? { httpStatus: result.status } : {};
  const failed = record(delivery, { at: now, outcome: 'failed', ...httpStatus, detail, ...exchange });
  if (result.kind === 'answered' && result.status === 410) return abandon(failed, 'endpoint-gone', now);
  return retry(failed, detail, { ...chance, retryAfter: result.kind === 'answered' ? retryAfterDelay(result.retryAfter, now) : duration(0, 'seconds') });
}

/** For a shop that has been disabled since; a delivery that is over stays as it is. */
export function abandonDelivery(delivery: Delivery, reason: AbandonReason, now: Instant): Step {
  if (delivery.status === 'delivered' || delivery.status === 'abandoned') return ignored(delivery.status);
  return abandon(record(delivery, { at: now, outcome: 'not-made', detail: reason }), reason, now);
}

/**
 * Once more, by hand: the same message under the same id, so that whoever has it already takes it once. Rejected: too-late, replayed-just-now,
 * too-many-replays, is-a-sample; ignored while an attempt is under way.
 */
export function replayDelivery(delivery: Delivery, by: NonNullable<Delivery['replays']>[number]['by'], now: Instant): Step {
  if (delivery.status === 'attempting' && isBefore(now, delivery.leaseUntil)) return ignored('under-way');
  if (delivery.sample === true) return rejected('is-a-sample');
  const { replays = [] } = delivery;
  if (!isBefore(now, delivery.acceptBefore)) return rejected('too-late');
  const last = replays.at(-1);
  if (last !== undefined && isBefore(now, addDuration(last.at, REPLAY_PAUSE))) return rejected('replayed-just-now');
  if (replays.length >= REPLAYS_MAX) return rejected('too-many-replays');
  return changed({ ...common(delivery), replays: [...replays, { at: now, by }], status: 'pending', attempt: 1, dueAt: now });
}

type Open = DeliveryIn<'pending' | 'attempting'>;

function start(delivery: Open, attempt: number, now: Instant): Step {
  if (!isBefore(now, delivery.acceptBefore)) return abandonDelivery(delivery, 'too-late', now);
  if (attempt > ATTEMPTS_MAX) return abandon(delivery, 'attempts-exhausted', now);
  return changed({ ...common(delivery), status: 'attempting', attempt, leaseUntil: addDuration(now, LEASE) });
}

function retry(delivery: DeliveryIn<'attempting'>, reason: string, at: { now: Instant; jitter: number; retryAfter: Duration }): Step {
  const attempt = delivery.attempt + 1;
  const delay = retryDelay(attempt, at.jitter);
  if (delay === undefined) return abandon(delivery, 'attempts-exhausted', at.now);
  // Not later than acceptBefore: then it is due to be given up, and whoever waits for it is told on time.
  const retryAt = earliest(addDuration(at.now, duration(Math.max(delay, at.retryAfter) / 1_000, 'seconds')), delivery.acceptBefore);
  const event = { ...subjectOf(delivery), attempt: delivery.attempt, reason, retryAt };
  return changed({ ...common(delivery), status: 'pending', attempt, dueAt: retryAt }, { type: 'webhook.failed', data: event });
}

const abandon = (delivery: Open, reason: AbandonReason, now: Instant): Step =>
  changed(
    { ...common(delivery), status: 'abandoned', abandonedAt: now, reason },
    { type: 'webhook.abandoned', data: { ...subjectOf(delivery), attempts: delivery.attempts.length, reason } },
  );

const changed = (state: Delivery, ...events: EventOf<'webhook'>[]): Step => ({ kind: 'changed', state, events });

const record = <State extends Open>(delivery: State, attempt: Attempt): State => ({
  ...delivery,
  attempts: [...delivery.attempts, attempt].slice(-ATTEMPTS_KEPT),
});

const subjectOf = ({
  householdId,
  orderId,
  retailerId,
  messageId,
}: Delivery): Pick<EventData<'webhook.failed'>, 'householdId' | 'orderId' | 'retailerId' | 'messageId'> => ({ householdId, orderId, retailerId, messageId });

/** The message without what belongs to a status, so that no member of one status survives into another. */
const common = ({ messageId, householdId, orderId, retailerId, type, body, createdAt, acceptBefore, attempts, replays, sample, correlationId }: Delivery) => ({
  messageId,
  householdId,
  orderId,
  retailerId,
  type,
  body,
  createdAt,
  acceptBefore,
  attempts,
  ...(replays !== undefined && { replays }),
  ...(sample !== undefined && { sample }),
  ...(correlationId !== undefined && { correlationId }),
});
