/** What we tell a shop about an order that it has: a wish to cancel, the answer to its question, a withdrawal from the contract. */
import { z } from 'zod';
import { canonicalJson } from '../digest.ts';
import { cancelReasonSchema } from '../event-parts.ts';
import type { EventData } from '../events.ts';
import { foldAnswers } from '../order/fold-answers.ts';
import type { SentOrder } from '../order/order-state.ts';
import type { Substitution } from '../order/substitution.ts';
import { gtinSchema, instantSchema, moneySchema, orderIdSchema, questionIdSchema, type Instant, type MessageId } from '../values.ts';
import { messageIdFor, type MessageType } from './delivery.ts';

const minor = moneySchema.shape.amountMinor;
const messageOf = <Type extends MessageType, Data extends z.ZodType>(type: Type, data: Data) =>
  z.strictObject({ type: z.literal(type), timestamp: instantSchema, data });

export const cancelRequestedSchema = messageOf('order.cancel-requested', z.strictObject({ orderId: orderIdSchema, reason: cancelReasonSchema }));
export const substitutionAnsweredSchema = messageOf(
  'order.substitution-answered',
  z.strictObject({
    orderId: orderIdSchema,
    questionId: questionIdSchema,
    accepted: z.boolean(),
    /** As asked, so that nobody has to look it up. */
    gtin: gtinSchema,
    offeredGtin: gtinSchema,
    quantity: z.int().min(1).max(99),
    unitPriceMinor: minor,
  }),
);
export const contractWithdrawnSchema = messageOf(
  'contract.withdrawn',
  z.strictObject({
    orderId: orderIdSchema,
    /** Counts the declarations of one order, from 1. */
    part: z.int().min(1).max(50),
    /** When it was declared: this moment keeps the period, not when the shop hears of it. */
    declaredAt: instantSchema,
    lines: z
      .array(z.strictObject({ gtin: gtinSchema, quantity: z.int().min(1).max(99) }))
      .min(1)
      .max(50),
  }),
);

/** One message about an order: its name and its bytes follow from the order alone, so every repeat is the same. */
export interface OrderMessage {
  readonly messageId: MessageId;
  readonly type: MessageType;
  readonly body: string;
}

/** Everything that the order has to tell its shop since it was placed, the oldest first. */
export function messagesOf(order: SentOrder): OrderMessage[] {
  const { orderId, cancelRequest, substitutions = [] } = order;
  const cancel = cancelRequest && {
    ...{ messageId: messageIdFor(orderId, 'order.cancel-requested', 1), type: 'order.cancel-requested' as const },
    body: canonicalJson(
      cancelRequestedSchema.parse({ type: 'order.cancel-requested', timestamp: cancelRequest.at, data: { orderId, reason: cancelRequest.reason } }),
    ),
  };
  const refused = foldAnswers(order.quote, order.answers, substitutions).takenAfterRefusal;
  const tombstone = refused !== undefined && refused !== 'delivered' ? [tombstoneFor(order)] : [];
  // Questions are kept in the order in which they came, so each has a number for ever.
  return [...(cancel ? [cancel] : []), ...tombstone, ...substitutions.flatMap((asked, index) => answerTo(order, asked, index + 1))];
}

/** For a shop that goes on with what it had refused: it is bought elsewhere. Beside a person's own wish to cancel, which the shop may have answered long ago. */
function tombstoneFor({ orderId, answers, placement }: SentOrder): OrderMessage {
  const type = 'order.cancel-requested';
  const at = Object.values(answers).reduce((latest, { receivedAt }) => (receivedAt > latest ? receivedAt : latest), placement.startedAt);
  return {
    ...{ messageId: messageIdFor(orderId, type, 2), type },
    body: canonicalJson(cancelRequestedSchema.parse({ type, timestamp: at, data: { orderId, reason: 'order-elsewhere' } })),
  };
}

function answerTo({ orderId }: SentOrder, { questionId, answer, gtin, offered, quantity }: Substitution, number: number): OrderMessage[] {
  if (answer === undefined) return [];
  const type = 'order.substitution-answered';
  const data = { orderId, questionId, accepted: answer.accepted, gtin, offeredGtin: offered.gtin, quantity, unitPriceMinor: offered.unitPrice.amountMinor };
  const body = canonicalJson(substitutionAnsweredSchema.parse({ type, timestamp: answer.at, data }));
  return [{ messageId: messageIdFor(orderId, type, number), type, body }];
}

/** @param declaredAt when the person declared it */
export function withdrawalMessage({ orderId, part, lines }: EventData<'contract.withdrawn'>, declaredAt: Instant): OrderMessage {
  const type = 'contract.withdrawn';
  const data = { orderId, part, declaredAt, lines: lines.map(({ gtin, packs }) => ({ gtin, quantity: packs })) };
  const body = canonicalJson(contractWithdrawnSchema.parse({ type, timestamp: declaredAt, data }));
  return { messageId: messageIdFor(orderId, type, part), type, body };
}
