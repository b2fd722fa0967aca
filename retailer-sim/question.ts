/** May something else come? Asked once about one line of an order, answered by the customer, or by nobody until the van is loaded. */
import { z } from 'zod';
import type { PlacedOrder } from './order.ts';
import type { RetailerSettings } from './simulation.ts';

const MINUTE = 60_000;
/** After it was accepted: somebody has gone to the shelf. */
const ASKED_AFTER = 10 * MINUTE;
const ANSWERED_WITHIN = 4 * 60 * MINUTE;
/** Less would be no question. */
const ANSWERED_WITHIN_LEAST = 30 * MINUTE;
/** Between the last moment to answer and the packing. */
const PACKED_AFTER = 10 * MINUTE;

const instant = z.iso.datetime();
export const questionSchema = z.object({
  questionId: z.string(),
  gtin: z.string(),
  offered: z.object({
    gtin: z.string(),
    sku: z.string(),
    title: z.string(),
    pack: z.object({ amount: z.number(), unit: z.string() }),
    unitPriceMinor: z.int(),
    tags: z.array(z.string()),
  }),
  quantity: z.int().min(1),
  askAt: instant,
  answerBefore: instant,
});
export type Question = z.infer<typeof questionSchema>;

/** As the customer is told. */
export function asked({ askAt: _, ...question }: Question): Omit<Question, 'askAt'> {
  return question;
}

interface Circumstances {
  readonly substitutes: RetailerSettings['substitutes'];
  /** Of the orders. */
  readonly share: number;
  readonly answerAt: number;
  readonly shipAt: number;
  readonly dice: (what: string) => number;
}

/** The first digits name the maker. */
const MAKER_DIGITS = 7;

/** What the customer would refuse in any case is not worth a question. */
function mayBeAsked({ gtin, quantity, unitPriceMinor, substitution }: PlacedOrder['lines'][number], other: RetailerSettings['substitutes'][number]): boolean {
  if (other.insteadOf !== gtin || substitution === undefined) return false;
  const isSameMaker = other.gtin.slice(0, MAKER_DIGITS) === gtin.slice(0, MAKER_DIGITS);
  const dearerMinor = (other.priceMinor - unitPriceMinor) * quantity;
  return (substitution.sameMaker !== true || isSameMaker) && dearerMinor <= (substitution.askUpToMinor ?? Infinity);
}

/** Undefined: nothing has run short, or there is no time to ask. */
export function questionFor({ orderId, lines }: PlacedOrder, { substitutes, share, answerAt, shipAt, dice }: Circumstances): Question | undefined {
  if (dice('substitute') >= share) return undefined;
  const line = lines.find((one) => substitutes.some((other) => mayBeAsked(one, other)));
  const other = substitutes.find((one) => line !== undefined && mayBeAsked(line, one));
  const askAt = answerAt + ASKED_AFTER;
  const answerBefore = Math.min(askAt + ANSWERED_WITHIN, shipAt - PACKED_AFTER);
  if (line === undefined || other === undefined || answerBefore < askAt + ANSWERED_WITHIN_LEAST) return undefined;
  const { insteadOf: _, priceMinor, ...product } = other;
  return {
    questionId: `q-${orderId}`,
    gtin: line.gtin,
    offered: { ...product, unitPriceMinor: priceMinor },
    quantity: line.quantity,
    askAt: new Date(askAt).toISOString(),
    answerBefore: new Date(answerBefore).toISOString(),
  };
}
