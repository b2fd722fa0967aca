/**
 * What a shop answers about an order, and what all its answers together say. Answers repeat, come late and go backwards;
 * the shop's own `sequence` decides, so the result depends on the set of answers and never on their arrival.
 */
import { z } from 'zod';
import { baseQuantitySchema, substituteSchema, type LineItem, type Quote } from '../event-parts.ts';
import {
  gtinSchema,
  instantSchema,
  messageIdSchema,
  moneySchema,
  orderIdSchema,
  questionIdSchema,
  quantitySchema,
  toBase,
  unreachable,
  type Gtin,
  type Instant,
  type MessageId,
  type Money,
} from '../values.ts';
import { acceptedIn, agreedTotal, lineIndexOf, type Substitution } from './substitution.ts';

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
  /** To `order.cancel-requested`, when it is too late; the order goes on. */
  answerOf('order.cancel-refused', z.strictObject({ ...aboutOrder, reason })),
  /** May the shop send something else instead of a whole line? Silence until `answerBefore` is a no. */
  answerOf(
    'order.substitution-offered',
    z.strictObject({
      ...aboutOrder,
      questionId: questionIdSchema,
      gtin: gtinSchema,
      offered: z.strictObject({
        ...{ gtin: gtinSchema, sku: substituteSchema.shape.sku, title: substituteSchema.shape.title },
        pack: quantitySchema.transform(toBase).pipe(baseQuantitySchema.refine(({ amount }) => amount > 0, 'expected a pack that holds something')),
        unitPriceMinor: moneySchema.shape.amountMinor.min(1),
        tags: substituteSchema.shape.tags.default([]),
      }),
      quantity: z.int().min(1).max(99),
      answerBefore: instantSchema,
    }),
  ),
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
  /** What a person has agreed to have instead. */
  substitute: z
    .strictObject({ gtin: gtinSchema, pack: baseQuantitySchema, unitPrice: moneySchema, current: z.int().min(0).max(99), fulfilled: z.int().min(0).max(99) })
    .optional(),
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

/**
 * Why an answer cannot be about this quote, or undefined if it can. Such an answer is refused whole.
 * @param substitutions what the shop has asked; only what was accepted may come instead
 */
export function answerProblem(quote: Quote, answer: Answer, substitutions: readonly Substitution[] = []): string | undefined {
  if (answer.type === 'order.delivered' && answer.data.totalMinor > agreedTotal(quote, substitutions).amountMinor) return 'above-quote';
  if (answer.type !== 'order.delivered' && answer.type !== 'order.changed') return undefined;
  const accepted = acceptedIn(substitutions);
  for (const [gtin, packs] of packsPerProduct(answer.data.lines)) {
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

/** A shop that answers line by line names a product as often as it was ordered. */
function packsPerProduct(answered: readonly AnsweredLine[]): Map<Gtin, number> {
  const packs = new Map<Gtin, number>();
  for (const { gtin, quantity } of answered) packs.set(gtin, (packs.get(gtin) ?? 0) + quantity);
  return packs;
}

interface PacksOfLine {
  readonly own: number | undefined;
  /** Of what comes instead. */
  readonly other: number | undefined;
}

/**
 * An answer names products, an order has lines: packs fill the lines of a product from the first one on, those that something else replaces
 * last. Undefined: not named.
 */
function packsPerLine(lineItems: readonly LineItem[], lines: readonly LineProgress[], answered: readonly AnsweredLine[]): PacksOfLine[] {
  const left = packsPerProduct(answered);
  const own = new Map<number, number>();
  const inOrder = [...lineItems.keys()].sort((a, b) => Number(lines[a]?.substitute !== undefined) - Number(lines[b]?.substitute !== undefined) || a - b);
  for (const index of inOrder) {
    const item = lineItems[index];
    const packs = item && left.get(item.gtin);
    if (item === undefined || packs === undefined) continue;
    const here = Math.min(packs, item.quantity);
    left.set(item.gtin, packs - here);
    own.set(index, here);
  }
  return lineItems.map((_, index) => {
    const substitute = lines[index]?.substitute;
    return { own: own.get(index), other: substitute && left.get(substitute.gtin) };
  });
}

const filled = (line: LineProgress, field: 'current' | 'fulfilled', packs: PacksOfLine | undefined, unnamed: 'stays' | 'none'): LineProgress => ({
  ...line,
  [field]: packs?.own ?? (unnamed === 'stays' ? line[field] : 0),
  ...(line.substitute && { substitute: { ...line.substitute, [field]: packs?.other ?? (unnamed === 'stays' ? line.substitute[field] : 0) } }),
});

/**
 * What the shop has said in all, in the order of its own counter (equal numbers: by message id). Delivered beats everything,
 * because goods in the house are a fact; rejected and cancelled hold until a higher number contradicts them; a later
 * `accepted` keeps the lines that were changed before, because it names none.
 */
export function foldAnswers(quote: Quote, answers: Answers, substitutions: readonly Substitution[] = []): Folded {
  const heard = Object.entries(answers)
    .sort(([idA, a], [idB, b]) => a.answer.data.sequence - b.answer.data.sequence || (idA < idB ? -1 : 1))
    .map(([, entry]) => entry);
  return heard.reduce<Folded>((folded, entry) => hear({ quote, substitutions }, folded, entry), {
    standing: 'unanswered',
    lines: linesAsOrdered(quote),
    problems: [],
  });
}

interface Agreed {
  readonly quote: Quote;
  readonly substitutions: readonly Substitution[];
}

function hear({ quote, substitutions }: Agreed, before: Folded, { answer, receivedAt }: HeardAnswer): Folded {
  // What asks, or refuses to be asked, moves nothing by itself and may come at any time.
  if (answer.type === 'order.cancel-refused') return before;
  if (answer.type === 'order.substitution-offered') return hearQuestion({ quote, substitutions }, before, answer.data.questionId);
  const impossible = answerProblem(quote, answer, substitutions);
  const contradiction = impossible ?? (before.standing === 'delivered' && answer.type !== 'order.delivered' ? 'after-delivery' : undefined);
  if (contradiction !== undefined) return { ...before, problems: [...before.problems, `${answer.type} ${answer.data.sequence}: ${contradiction}`] };
  const stillAccepted = before.standing === 'shipped' ? 'shipped' : 'accepted';
  switch (answer.type) {
    case 'order.accepted':
      return { ...before, standing: stillAccepted, deliveryAt: answer.data.deliveryAt };
    case 'order.changed': {
      const packs = packsPerLine(quote.lineItems, before.lines, answer.data.lines);
      const lines = before.lines.map((line, index) => filled(line, 'current', packs[index], 'stays'));
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

/** From its question on an accepted substitute stands in the place of the line; what the shop says later of either holds. */
function hearQuestion({ quote, substitutions }: Agreed, before: Folded, questionId: string): Folded {
  const accepted = acceptedIn(substitutions).find((each) => each.questionId === questionId);
  const at = accepted && lineIndexOf(quote, accepted.gtin);
  if (accepted === undefined || at === undefined || before.lines[at]?.substitute !== undefined) return before;
  const { gtin, pack, unitPrice } = accepted.offered;
  const substitute = { gtin, pack, unitPrice, current: accepted.quantity, fulfilled: 0 };
  return { ...before, lines: before.lines.map((line, index) => (index === at ? { ...line, current: 0, substitute } : line)) };
}

/** @param deliveredAt when the shop says so, but never after we heard it, whatever the shop's clock shows. */
function hearDelivery(quote: Quote, before: Folded, said: { lines: readonly AnsweredLine[]; totalMinor: number }, deliveredAt: Instant): Folded {
  const packs = packsPerLine(quote.lineItems, before.lines, said.lines);
  const lines = before.lines.map((line, index) => filled(line, 'fulfilled', packs[index], 'none'));
  const owed = quote.lineItems.reduce((sum, item, index) => sum + owedFor(item, lines[index]), quote.deliveryFee.amountMinor);
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

const owedFor = ({ unitPrice }: LineItem, line: LineProgress | undefined): number =>
  unitPrice.amountMinor * (line?.fulfilled ?? 0) + (line?.substitute?.unitPrice.amountMinor ?? 0) * (line?.substitute?.fulfilled ?? 0);
