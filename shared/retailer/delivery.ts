/**
 * One message to one shop and its attempts: the machine of every webhook (webhook/attempts.ts), with what is an order's own. A 410 disables the shop;
 * giving up earlier would win nothing, since another shop may not be asked before `acceptBefore` in any case.
 */
import { z } from 'zod';
import type { EventData, EventOf } from '../events.ts';
import { digest } from '../digest.ts';
import {
  householdIdSchema,
  instantSchema,
  rejected,
  messageIdSchema,
  orderIdSchema,
  retailerIdSchema,
  type Instant,
  type MessageId,
  type OrderId,
  type Outcome,
} from '../values.ts';
import { attemptedShape, Attempts, REPLAYS_MAX, statusShapes, type AttemptResult, type News, type Step as MachineStep } from '../webhook/attempts.ts';

export const messageTypeSchema = z.enum(['order.placed', 'order.cancel-requested', 'order.substitution-answered', 'contract.withdrawn']);
export type MessageType = z.infer<typeof messageTypeSchema>;

const message = {
  ...attemptedShape,
  householdId: householdIdSchema,
  orderId: orderIdSchema,
  retailerId: retailerIdSchema,
  type: messageTypeSchema,
  /** The text that is signed and sent, the same to the byte on every attempt. */
  body: z.string().min(2).max(64_000),
  /** From this instant on the shop must not take the order, or nobody can use the message any more: nothing is sent. */
  acceptBefore: instantSchema,
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
  z.strictObject({ ...message, ...statusShapes.pending }),
  z.strictObject({ ...message, ...statusShapes.attempting }),
  z.strictObject({ ...message, ...statusShapes.delivered }),
  z.strictObject({ ...message, status: z.literal('abandoned'), abandonedAt: instantSchema, reason: abandonReasonSchema }),
]);
export type Delivery = z.infer<typeof deliverySchema>;
export type DeliveryIn<Status extends Delivery['status']> = Extract<Delivery, { status: Status }>;

const contentSchema = z.object(message);
type Content = z.infer<typeof contentSchema>;
type Replay = NonNullable<Content['replays']>[number];
type Step = Outcome<Delivery, EventOf<'webhook'>>;

/** The same for the same message of the same order, however often it is made. @param version the order's, when it said what the message tells */
export const messageIdFor = (orderId: OrderId, type: MessageType, version: number): MessageId =>
  messageIdSchema.parse(`msg_${digest({ orderId, type, version })}`);

export const newDelivery = (
  about: Pick<Delivery, 'messageId' | 'householdId' | 'orderId' | 'retailerId' | 'type' | 'body' | 'acceptBefore' | 'correlationId'>,
  now: Instant,
): DeliveryIn<'pending'> => ({ ...about, status: 'pending', createdAt: now, attempts: [], attempt: 1, dueAt: now });

/** The message without what belongs to a status, so that no member of one status survives into another. */
const contentOf = ({
  messageId,
  householdId,
  orderId,
  retailerId,
  type,
  body,
  createdAt,
  acceptBefore,
  attempts,
  replays,
  sample,
  correlationId,
}: Content) => ({
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
const machine = new Attempts<Content, AbandonReason, Replay>(contentOf);

/** What happened to a message is a fact about its order. */
function told(step: MachineStep<Delivery, AbandonReason>): Step {
  if (step.kind !== 'changed') return { kind: step.kind, reason: step.reason };
  const { state, news } = step;
  return { kind: 'changed', state, events: news === undefined ? [] : [eventOf(state, news)] };
}

const eventOf = (state: Delivery, news: News<AbandonReason>): EventOf<'webhook'> =>
  news.kind === 'failed'
    ? { type: 'webhook.failed', data: { ...subjectOf(state), attempt: news.attempt, reason: news.reason, retryAt: news.retryAt } }
    : { type: 'webhook.abandoned', data: { ...subjectOf(state), attempts: news.attempts, reason: news.reason } };

const subjectOf = ({
  householdId,
  orderId,
  retailerId,
  messageId,
}: Delivery): Pick<EventData<'webhook.failed'>, 'householdId' | 'orderId' | 'retailerId' | 'messageId'> => ({ householdId, orderId, retailerId, messageId });

/** To be stored before the first byte leaves. */
export const startAttempt = (delivery: Delivery, now: Instant): Step => told(machine.start(delivery, now));

/** Another message waits for this slow shop, and none of the ten attempts is used up. @param at when this one was sent all the same and nobody waited for its answer */
export const postponeAttempt = (delivery: Delivery, until: Instant, at?: Instant): Step =>
  told(machine.postpone(delivery, until, { at, detail: 'not waited for: another message waits for this slow shop' }));

/** @param chance.jitter in [-1, 1], from the caller, so that the same attempt gives the same next one in a test */
export const finishAttempt = (delivery: Delivery, result: AttemptResult, chance: { now: Instant; jitter: number }): Step =>
  told(machine.finish(delivery, result, chance));

/** For a shop that has been disabled since; a delivery that is over stays as it is. */
export const abandonDelivery = (delivery: Delivery, reason: AbandonReason, now: Instant): Step => told(machine.giveUp(delivery, reason, now));

/**
 * Once more, by hand: the same message under the same id, so that whoever has it already takes it once. Rejected: too-late, replayed-just-now,
 * too-many-replays, is-a-sample; ignored while an attempt is under way.
 */
export function replayDelivery(delivery: Delivery, by: Replay['by'], now: Instant): Step {
  const isUnderWay = delivery.status === 'attempting' && now < delivery.leaseUntil;
  return delivery.sample === true && !isUnderWay ? rejected('is-a-sample') : told(machine.replay(delivery, { at: now, by }));
}
