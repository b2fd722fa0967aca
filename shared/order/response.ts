/**
 * What a shop may say about an order, and why an answer cannot be about this one. Answers repeat, come late and go backwards; the shop's own
 * `sequence` says in which order they hold, and all figures of packs and cents are cumulative, so that a lost or repeated answer falsifies none.
 */
import { z } from 'zod';
import { baseQuantitySchema, lineReasonSchema, paymentRefusalSchema, substituteSchema, type Quote } from '../event-parts.ts';
import {
  gtinSchema,
  instantSchema,
  messageIdSchema,
  moneySchema,
  orderIdSchema,
  questionIdSchema,
  quantitySchema,
  toBase,
  type Gtin,
  type MessageId,
} from '../values.ts';
import { lotSchema } from './lot.ts';
import { acceptedIn, agreedTotal, type Substitution } from './substitution.ts';

/** A shop that says more than this about one order is broken; the rest is refused, visibly. */
export const ANSWERS_MAX = 32;

const aboutOrder = { orderId: orderIdSchema, sequence: z.int().min(1).max(1_000_000) };
const reason = z.string().min(1).max(200);
const answeredLineSchema = z.strictObject({ gtin: gtinSchema, quantity: z.int().min(0).max(99) });
export type AnsweredLine = z.infer<typeof answeredLineSchema>;
/** `lot`: out of which lot these packs are; a product of several lots is named once for each. Left out: nobody knows, and a recall says so. */
const lotLineSchema = answeredLineSchema.extend({ lot: lotSchema.optional() });
const linesOf = <Line extends z.ZodType>(line: Line) => z.array(line).min(1).max(50);
const answerOf = <Type extends string, Data extends z.ZodType>(type: Type, data: Data) =>
  z.strictObject({ type: z.literal(type), timestamp: instantSchema, data });

const offeredSchema = z.strictObject({
  ...{ gtin: gtinSchema, sku: substituteSchema.shape.sku, title: substituteSchema.shape.title, brand: substituteSchema.shape.brand },
  pack: quantitySchema.transform(toBase).pipe(baseQuantitySchema.refine(({ amount }) => amount > 0, 'expected a pack that holds something')),
  unitPriceMinor: moneySchema.shape.amountMinor.min(1),
  tags: substituteSchema.shape.tags.default([]),
});
const somethingElse = { questionId: questionIdSchema, offered: offeredSchema, quantity: z.int().min(1).max(99), answerBefore: instantSchema };
const substituteOffer = z.strictObject(somethingElse).optional();

const responseLineSchema = z.discriminatedUnion('response', [
  z.strictObject({ response: z.literal('accepted'), gtin: gtinSchema }),
  /** So many packs of it come, and for those that do not perhaps something else. */
  z.strictObject({ response: z.literal('changed'), gtin: gtinSchema, quantity: z.int().min(1).max(99), reason: lineReasonSchema, substitute: substituteOffer }),
  z.strictObject({ response: z.literal('not-accepted'), gtin: gtinSchema, reason: lineReasonSchema, substitute: substituteOffer }),
  /** Beside a line that was ordered. Refused unless the household's rules allow it at once: nobody is asked, and nothing is charged. */
  z.strictObject({ response: z.literal('added'), addedTo: gtinSchema, offered: offeredSchema, quantity: z.int().min(1).max(99) }),
]);
export type ResponseLine = z.infer<typeof responseLineSchema>;

/** The order response of GS1 (GDSN/EANCOM ORDRSP): the whole order in a word, and of each line what becomes of it and why. */
const responded = z
  .strictObject({
    ...aboutOrder,
    response: z.enum(['accepted', 'modified', 'rejected']),
    /** Lines that are not named stay as they were. */
    lines: z.array(responseLineSchema).max(50).optional(),
    /** Of what was not rejected. */
    deliveryAt: instantSchema.optional(),
    note: reason.optional(),
  })
  .refine(({ response, deliveryAt }) => (response === 'rejected') === (deliveryAt === undefined), {
    path: ['deliveryAt'],
    message: 'expected unless all is rejected',
  })
  .refine(({ response, lines = [] }) => response !== 'accepted' || lines.every((line) => line.response === 'accepted'), {
    ...{ path: ['lines'], message: 'expected modified, where a line is not accepted as it was ordered' },
  })
  .refine(({ response, lines = [] }) => response !== 'rejected' || lines.every((line) => line.response === 'not-accepted' && line.substitute === undefined), {
    ...{ path: ['lines'], message: 'expected modified, where something comes or could come' },
  })
  .refine(({ response, lines = [] }) => response !== 'modified' || lines.some((line) => line.response !== 'accepted'), {
    ...{ path: ['lines'], message: 'expected the line that is modified' },
  });

/** The body of a shop's message about an order (Standard Webhooks: type, timestamp, data). */
export const answerSchema = z.discriminatedUnion('type', [
  answerOf('order.accepted', z.strictObject({ ...aboutOrder, deliveryAt: instantSchema })),
  answerOf('order.responded', responded),
  /** The products named come in another number; products that are not named stay as they were. */
  answerOf('order.changed', z.strictObject({ ...aboutOrder, lines: linesOf(answeredLineSchema), reason, deliveryAt: instantSchema })),
  answerOf('order.rejected', z.strictObject({ ...aboutOrder, reason })),
  /** So many packs come later than the rest; 0: they come with the rest after all. */
  answerOf(
    'order.back-ordered',
    z.strictObject({ ...aboutOrder, lines: linesOf(answeredLineSchema.extend({ expectedAt: instantSchema })), reason: lineReasonSchema.optional() }),
  ),
  /** `lines` tells lots and changes nothing else: what comes is what `order.delivered` says. */
  answerOf('order.shipped', z.strictObject({ ...aboutOrder, tracking: z.string().min(1).max(80).optional(), lines: linesOf(lotLineSchema).optional() })),
  /**
   * Everything that was handed over so far, and what is charged for it. Absent or true, `complete` says that no more comes: a product that is not
   * named did not come at all.
   */
  answerOf(
    'order.delivered',
    z.strictObject({ ...aboutOrder, lines: linesOf(lotLineSchema), totalMinor: moneySchema.shape.amountMinor, complete: z.boolean().optional() }),
  ),
  answerOf('order.cancelled', z.strictObject({ ...aboutOrder, reason })),
  /** To `order.cancel-requested`, when it is too late; the order goes on. */
  answerOf('order.cancel-refused', z.strictObject({ ...aboutOrder, reason })),
  /** May the shop send something else instead of a whole line? Silence until `answerBefore` is a no. */
  answerOf('order.substitution-offered', z.strictObject({ ...aboutOrder, gtin: gtinSchema, ...somethingElse })),
  /** Everything that has come back to the shop so far. */
  answerOf('order.returned', z.strictObject({ ...aboutOrder, lines: linesOf(answeredLineSchema) })),
  /** Everything that was paid back so far: in all, and of it for which product. */
  answerOf(
    'order.refunded',
    z.strictObject({
      ...aboutOrder,
      totalMinor: moneySchema.shape.amountMinor,
      lines: linesOf(z.strictObject({ gtin: gtinSchema, amountMinor: moneySchema.shape.amountMinor })).optional(),
    }),
  ),
  /** The household's account could not be charged. The order waits until `retryBefore`; without it, it is over. */
  answerOf('payment.declined', z.strictObject({ ...aboutOrder, reason: paymentRefusalSchema, retryBefore: instantSchema.optional() })),
]);
export type Answer = z.infer<typeof answerSchema>;
export type AnswerOf<Type extends Answer['type']> = Extract<Answer, { type: Type }>;

export const heardAnswerSchema = z.strictObject({ answer: answerSchema, receivedAt: instantSchema });
export const answersSchema = z.record(messageIdSchema, heardAnswerSchema).refine((answers) => Object.keys(answers).length <= ANSWERS_MAX, 'too many answers');
export type HeardAnswer = z.infer<typeof heardAnswerSchema>;
export type Answers = Readonly<Record<MessageId, HeardAnswer>>;

/**
 * Why an answer cannot be about this quote, or undefined if it can. Such an answer is refused whole.
 * @param substitutions what the shop has asked; only what was accepted may come instead
 */
export function answerProblem(quote: Quote, answer: Answer, substitutions: readonly Substitution[] = []): string | undefined {
  switch (answer.type) {
    case 'order.delivered':
      if (answer.data.totalMinor > agreedTotal(quote, substitutions).amountMinor) return 'above-quote';
      return packsProblem(quote, answer.data.lines, substitutions);
    case 'order.changed':
    case 'order.returned':
      return packsProblem(quote, answer.data.lines, substitutions);
    case 'order.back-ordered':
      return packsProblem(quote, answer.data.lines, []);
    case 'order.responded':
      return packsProblem(quote, wantedInResponse(answer.data.lines ?? []), []);
    case 'order.refunded':
      return refundProblem(quote, answer, substitutions);
    case 'order.shipped':
      return packsProblem(quote, answer.data.lines ?? [], substitutions);
    case 'order.accepted':
    case 'order.rejected':
    case 'order.cancelled':
    case 'order.cancel-refused':
    case 'order.substitution-offered':
    case 'payment.declined':
      return undefined;
  }
}

/** What a response says of products that were ordered; that a line is accepted says nothing new of its packs. */
const wantedInResponse = (lines: readonly ResponseLine[]): AnsweredLine[] =>
  lines.map((line) => {
    if (line.response === 'added') return { gtin: line.addedTo, quantity: 0 };
    return { gtin: line.gtin, quantity: line.response === 'changed' ? line.quantity : 0 };
  });

function packsProblem(quote: Quote, lines: readonly AnsweredLine[], substitutions: readonly Substitution[]): string | undefined {
  const accepted = acceptedIn(substitutions);
  for (const [gtin, packs] of packsPerProduct(lines)) {
    const agreed = [...quote.lineItems.filter((item) => item.gtin === gtin), ...accepted.filter(({ offered }) => offered.gtin === gtin)];
    if (agreed.length === 0) {
      // That nothing comes of what nobody agreed to is no claim to anything.
      if (packs === 0 && substitutions.some(({ offered }) => offered.gtin === gtin)) continue;
      return 'foreign-gtin';
    }
    if (packs > agreed.reduce((sum, { quantity }) => sum + quantity, 0)) return 'more-than-ordered';
  }
  return undefined;
}

function refundProblem(
  quote: Quote,
  { data: { totalMinor, lines = [] } }: AnswerOf<'order.refunded'>,
  substitutions: readonly Substitution[],
): string | undefined {
  if (totalMinor > agreedTotal(quote, substitutions).amountMinor) return 'above-quote';
  if (lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0) > totalMinor) return 'lines-above-total';
  return packsProblem(
    quote,
    lines.map(({ gtin }) => ({ gtin, quantity: 0 })),
    substitutions,
  );
}

/** A shop that answers line by line names a product as often as it was ordered. */
export function packsPerProduct(answered: readonly AnsweredLine[]): Map<Gtin, number> {
  const packs = new Map<Gtin, number>();
  for (const { gtin, quantity } of answered) packs.set(gtin, (packs.get(gtin) ?? 0) + quantity);
  return packs;
}
