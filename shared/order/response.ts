/**
 * What a shop answers about an order, and what all its answers together say. Answers repeat, come late and go backwards;
 * the shop's own `sequence` decides, so the result depends on the set of answers and never on their arrival.
 */
import { z } from 'zod';
import type { LineItem, Quote } from '../events.ts';
import {
  gtinSchema,
  instantSchema,
  messageIdSchema,
  moneySchema,
  orderIdSchema,
  unreachable,
  type Gtin,
  type Instant,
  type MessageId,
  type Money,
} from '../values.ts';

/** A shop that says more than this about one order is broken; the rest is refused, visibly. */
export const ANSWERS_MAX = 32;

const aboutOrder = { orderId: orderIdSchema, sequence: z.int().min(1).max(1_000_000) };
const reason = z.string().min(1).max(200);
const answeredLineSchema = z.strictObject({ gtin: gtinSchema, quantity: z.int().min(0).max(99) });
type AnsweredLine = z.infer<typeof answeredLineSchema>;
const answerOf = <Type extends string, Data extends z.ZodType>(type: Type, data: Data) =>
  z.strictObject({ type: z.literal(type), timestamp: instantSchema, data });

/** The body of a shop's message about an order (Standard Webhooks: type, timestamp, data). */
export const answerSchema = z.discriminatedUnion('type', [
  answerOf('order.accepted', z.strictObject({ ...aboutOrder, deliveryAt: instantSchema })),
  /** The products named come in another number; products that are not named stay as they were. */
  answerOf('order.changed', z.strictObject({ ...aboutOrder, lines: z.array(answeredLineSchema).min(1).max(50), reason, deliveryAt: instantSchema })),
  answerOf('order.rejected', z.strictObject({ ...aboutOrder, reason })),
  answerOf('order.shipped', z.strictObject({ ...aboutOrder, tracking: z.string().min(1).max(80).optional() })),
  /** Everything that was handed over; a product that is not named was not. */
  answerOf('order.delivered', z.strictObject({ ...aboutOrder, lines: z.array(answeredLineSchema).min(1).max(50), totalMinor: moneySchema.shape.amountMinor })),
  answerOf('order.cancelled', z.strictObject({ ...aboutOrder, reason })),
]);
export type Answer = z.infer<typeof answerSchema>;

export const heardAnswerSchema = z.strictObject({ answer: answerSchema, receivedAt: instantSchema });
export const answersSchema = z.record(messageIdSchema, heardAnswerSchema).refine((answers) => Object.keys(answers).length <= ANSWERS_MAX, 'too many answers');
export type HeardAnswer = z.infer<typeof heardAnswerSchema>;
export type Answers = Readonly<Record<MessageId, HeardAnswer>>;

/** Packs of one line of the quote, at the same index: as ordered, as the shop now promises, as handed over. */
export const lineProgressSchema = z.strictObject({
  ordered: z.int().min(1).max(99),
  current: z.int().min(0).max(99),
  fulfilled: z.int().min(0).max(99),
});
export type LineProgress = z.infer<typeof lineProgressSchema>;

export type Standing = 'unanswered' | 'accepted' | 'shipped' | 'delivered' | 'rejected' | 'cancelled';

export interface Folded {
  readonly standing: Standing;
  readonly lines: readonly LineProgress[];
  readonly deliveryAt?: Instant;
  readonly tracking?: string;
  readonly deliveredAt?: Instant;
  readonly total?: Money;
  /** Given with the last change, rejection and cancellation. */
  readonly changeReason?: string;
  readonly endReason?: string;
  /** What a person should look at: contradictions, and charges above what the delivered lines cost. */
  readonly problems: readonly string[];
}

export const linesAsOrdered = (quote: Quote): LineProgress[] => quote.lineItems.map(({ quantity }) => ({ ordered: quantity, current: quantity, fulfilled: 0 }));

/** Why an answer cannot be about this quote, or undefined if it can. Such an answer is refused whole. */
export function answerProblem(quote: Quote, answer: Answer): string | undefined {
  if (answer.type === 'order.delivered' && answer.data.totalMinor > quote.total.amountMinor) return 'above-quote';
  if (answer.type !== 'order.delivered' && answer.type !== 'order.changed') return undefined;
  for (const [gtin, packs] of packsPerProduct(answer.data.lines)) {
    const ordered = quote.lineItems.filter((item) => item.gtin === gtin);
    if (ordered.length === 0) return 'foreign-gtin';
    if (packs > ordered.reduce((sum, item) => sum + item.quantity, 0)) return 'more-than-ordered';
  }
  return undefined;
}

/** A shop that answers line by line names a product as often as it was ordered. */
function packsPerProduct(answered: readonly AnsweredLine[]): Map<Gtin, number> {
  const packs = new Map<Gtin, number>();
  for (const { gtin, quantity } of answered) packs.set(gtin, (packs.get(gtin) ?? 0) + quantity);
  return packs;
}

/** An answer names products, an order has lines: packs fill the lines of a product from the first one on. Undefined: not named. */
function packsPerLine(lineItems: readonly LineItem[], answered: readonly AnsweredLine[]): (number | undefined)[] {
  const left = packsPerProduct(answered);
  return lineItems.map((item) => {
    const packs = left.get(item.gtin);
    if (packs === undefined) return undefined;
    const here = Math.min(packs, item.quantity);
    left.set(item.gtin, packs - here);
    return here;
  });
}

/**
 * What the shop has said in all, in the order of its own counter (equal numbers: by message id). Delivered beats everything,
 * because goods in the house are a fact; rejected and cancelled hold until a higher number contradicts them; a later
 * `accepted` keeps the lines that were changed before, because it names none.
 */
export function foldAnswers(quote: Quote, answers: Answers): Folded {
  const heard = Object.entries(answers)
    .sort(([idA, a], [idB, b]) => a.answer.data.sequence - b.answer.data.sequence || (idA < idB ? -1 : 1))
    .map(([, entry]) => entry);
  return heard.reduce<Folded>((folded, entry) => hear(quote, folded, entry), { standing: 'unanswered', lines: linesAsOrdered(quote), problems: [] });
}

function hear(quote: Quote, before: Folded, { answer, receivedAt }: HeardAnswer): Folded {
  const impossible = answerProblem(quote, answer);
  const contradiction = impossible ?? (before.standing === 'delivered' && answer.type !== 'order.delivered' ? 'after-delivery' : undefined);
  if (contradiction !== undefined) return { ...before, problems: [...before.problems, `${answer.type} ${answer.data.sequence}: ${contradiction}`] };
  const stillAccepted = before.standing === 'shipped' ? 'shipped' : 'accepted';
  switch (answer.type) {
    case 'order.accepted':
      return { ...before, standing: stillAccepted, deliveryAt: answer.data.deliveryAt };
    case 'order.changed': {
      const packs = packsPerLine(quote.lineItems, answer.data.lines);
      const lines = before.lines.map((line, index) => ({ ...line, current: packs[index] ?? line.current }));
      return { ...before, standing: stillAccepted, lines, deliveryAt: answer.data.deliveryAt, changeReason: answer.data.reason };
    }
    case 'order.shipped':
      return { ...before, standing: 'shipped', ...(answer.data.tracking !== undefined && { tracking: answer.data.tracking }) };
    case 'order.rejected':
      return { ...before, standing: 'rejected', endReason: answer.data.reason };
    case 'order.cancelled':
      return { ...before, standing: 'cancelled', endReason: answer.data.reason };
    case 'order.delivered':
      return hearDelivery(quote, before, answer.data, answer.timestamp < receivedAt ? answer.timestamp : receivedAt);
    default:
      return unreachable(answer);
  }
}

/** @param deliveredAt when the shop says so, but never after we heard it, whatever the shop's clock shows. */
function hearDelivery(quote: Quote, before: Folded, said: { lines: readonly AnsweredLine[]; totalMinor: number }, deliveredAt: Instant): Folded {
  const packs = packsPerLine(quote.lineItems, said.lines);
  const lines = before.lines.map((line, index) => ({ ...line, fulfilled: packs[index] ?? 0 }));
  const owed = quote.lineItems.reduce((sum, item, index) => sum + item.unitPrice.amountMinor * (lines[index]?.fulfilled ?? 0), quote.deliveryFee.amountMinor);
  const overcharged = said.totalMinor > owed ? [`charged ${said.totalMinor} cents, delivered for ${owed}`] : [];
  return {
    ...before,
    standing: 'delivered',
    lines,
    total: { ...quote.total, amountMinor: said.totalMinor },
    deliveredAt: before.deliveredAt ?? deliveredAt,
    problems: [...before.problems, ...overcharged],
  };
}
