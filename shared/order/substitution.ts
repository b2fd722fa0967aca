/**
 * A shop asks whether it may send something else. Another product asks again (OLG München, 29 U 1091/18): yes is said by a person, or by what a
 * person has ruled for this item beforehand (substitution-rules.ts); silence is a no, and what costs more than was agreed to needs the button with
 * the words of the law.
 */
import { z } from 'zod';
import { digest } from '../digest.ts';
import { substituteSchema, substitutionAnswererSchema, type Quote, type SubstitutionAnswerer } from '../event-parts.ts';
import type { EventData } from '../events.ts';
import { euros, gtinSchema, instantSchema, questionIdSchema, supplyIdSchema, type Instant, type Money, type OrderId, type QuestionId } from '../values.ts';

/** A shop that asks more often about one order should rather refuse it. */
export const SUBSTITUTIONS_MAX = 8;

export const substitutionSchema = z.strictObject({
  questionId: questionIdSchema,
  supplyId: supplyIdSchema,
  /** Of the line that it would replace. */
  gtin: gtinSchema,
  /** How many packs of that line it stands for; absent: the whole line. */
  replaces: z.int().min(0).max(99).optional(),
  offered: substituteSchema,
  /** Packs of the other product. */
  quantity: z.int().min(1).max(99),
  askedAt: instantSchema,
  answerBefore: instantSchema,
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  answer: z.strictObject({ accepted: z.boolean(), by: substitutionAnswererSchema, at: instantSchema }).optional(),
});
export type Substitution = z.infer<typeof substitutionSchema>;
export type Asked = Pick<Substitution, 'questionId' | 'gtin' | 'replaces' | 'offered' | 'quantity' | 'answerBefore'>;

/** The name of what a person was shown: no word of it can change under a yes. */
export const questionHash = (orderId: OrderId, quote: Quote, { questionId, gtin, replaces, offered, quantity, answerBefore }: Asked): string =>
  digest({ orderId, quoteHash: quote.hash, questionId, gtin, ...(replaces !== undefined && { replaces }), offered, quantity, answerBefore }, 64);

export const acceptedIn = (substitutions: readonly Substitution[]): Substitution[] => substitutions.filter(({ answer }) => answer?.accepted === true);
export const openIn = (substitutions: readonly Substitution[]): Substitution[] => substitutions.filter(({ answer }) => answer === undefined);

/** The first line of the product: a shop names products, an order has lines. Undefined: it was not ordered. */
export const lineIndexOf = (quote: Quote, gtin: string): number | undefined => {
  const index = quote.lineItems.findIndex((item) => item.gtin === gtin);
  return index < 0 ? undefined : index;
};

type Swap = Pick<Substitution, 'gtin' | 'replaces' | 'offered' | 'quantity'>;

/** Cents that the packs cost which it replaces. */
export function replacedMinor(quote: Quote, { gtin, replaces }: Pick<Swap, 'gtin' | 'replaces'>): number {
  const line = quote.lineItems.find((item) => item.gtin === gtin);
  return replaces === undefined ? (line?.lineTotal.amountMinor ?? 0) : (line?.unitPrice.amountMinor ?? 0) * replaces;
}

/** Cents that it costs more than what it replaces; below 0 it costs less. */
export const dearerByMinor = (quote: Quote, swap: Swap): number => swap.offered.unitPrice.amountMinor * swap.quantity - replacedMinor(quote, swap);

/** The most that may be charged: the quote, and what has been agreed to beyond it. */
export const agreedTotal = (quote: Quote, substitutions: readonly Substitution[]): Money =>
  euros(acceptedIn(substitutions).reduce((sum, each) => sum + Math.max(0, dearerByMinor(quote, each)), quote.total.amountMinor));

/** Why a shop's question cannot be about this order. */
export function questionProblem(quote: Quote, asked: Asked, known: readonly Substitution[]): string | undefined {
  const index = lineIndexOf(quote, asked.gtin);
  const line = index === undefined ? undefined : quote.lineItems[index];
  if (line === undefined) return 'foreign-gtin';
  if (quote.lineItems.some(({ gtin }) => gtin === asked.offered.gtin)) return 'substitute-is-ordered';
  if (line.pack.unit !== asked.offered.pack.unit) return 'unit-differs';
  const others = known.filter(({ questionId }) => questionId !== asked.questionId);
  if (others.some(({ offered, gtin }) => offered.gtin === asked.offered.gtin && gtin !== asked.gtin)) return 'substitute-for-another-line';
  return others.length >= SUBSTITUTIONS_MAX ? 'too-many-questions' : undefined;
}

export const asSubstitution = (data: EventData<'order.substitution-offered'>, at: Instant): Substitution => {
  const { questionId, supplyId, gtin, replaces, offered, quantity, answerBefore, hash } = data;
  return { questionId, supplyId, gtin, ...(replaces !== undefined && { replaces }), offered, quantity, answerBefore, hash, askedAt: at };
};

export const answered = (
  substitutions: readonly Substitution[],
  questionId: QuestionId,
  answer: { accepted: boolean; by: SubstitutionAnswerer; at: Instant },
): Substitution[] => substitutions.map((each) => (each.questionId === questionId && each.answer === undefined ? { ...each, answer } : each));

/** How a household wants substitutes handled for one supply; where it has said nothing it is asked. */
export const substituteRuleSchema = z.enum(['never', 'same-brand', 'any-equal', 'ask']);
export type SubstituteRule = z.infer<typeof substituteRuleSchema>;
