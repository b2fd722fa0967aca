/** What the answers of a shop come to so far, and the steps that several of them take. */
import type { PaymentRefusal, Quote } from '../event-parts.ts';
import type { Gtin, Instant, Money } from '../values.ts';
import { filled, packsPerLine, type LineProgress, type PacksField } from './line-progress.ts';
import type { LotPacks } from './lot.ts';
import type { AnsweredLine } from './response.ts';
import type { Substitution } from './substitution.ts';

export type Standing = 'unanswered' | 'accepted' | 'shipped' | 'delivered' | 'rejected' | 'cancelled';

export interface PaymentDeclined {
  readonly declinedAt: Instant;
  readonly reason: PaymentRefusal;
  /** Until when it may be put right; absent: the order was over with it. */
  readonly retryBefore?: Instant | undefined;
}
export interface Refunded {
  readonly total: Money;
  readonly lines: readonly { readonly gtin: Gtin; readonly amount: Money }[];
  readonly at: Instant;
}

export interface Folded {
  readonly standing: Standing;
  readonly lines: readonly LineProgress[];
  readonly deliveryAt?: Instant;
  readonly tracking?: string;
  readonly deliveredAt?: Instant;
  /** Of the last part that came before the order was complete. */
  readonly partAt?: Instant;
  /** Charged so far. */
  readonly total?: Money;
  /** Out of which lots, as far as the shop has said. */
  readonly lots?: readonly LotPacks[];
  readonly returnedAt?: Instant;
  readonly refunded?: Refunded;
  /** Gone with the next sign that the order goes on. */
  readonly payment?: PaymentDeclined;
  /** Given with the last change, rejection and cancellation. */
  readonly changeReason?: string;
  readonly endReason?: string;
  /** How far the shop went with it after it had said no: it was bought elsewhere by then. */
  readonly takenAfterRefusal?: 'accepted' | 'shipped' | 'delivered';
  /** What a person should look at: contradictions, and charges above what the delivered lines cost. */
  readonly problems: readonly string[];
}

export interface Agreed {
  readonly quote: Quote;
  readonly substitutions: readonly Substitution[];
}

/** Whoever goes on with an order has been paid, or trusts to be. */
export function goingOn({ payment: _, ...before }: Folded): Folded {
  return { ...before, standing: before.standing === 'shipped' ? 'shipped' : 'accepted' };
}

/** Of an order of which something has come, only the rest can end. */
export function over(before: Folded, standing: 'rejected' | 'cancelled', endReason: string): Folded {
  const { takenAfterRefusal: _, ...ended } = before;
  if (before.partAt === undefined) return { ...ended, standing, endReason };
  const lines = before.lines.map((line) => ({
    ...line,
    current: line.fulfilled,
    ...(line.substitute && { substitute: { ...line.substitute, current: line.substitute.fulfilled } }),
  }));
  return { ...before, lines, endReason };
}

/** The lines with what an answer says of its products. */
export const withNamed = (
  quote: Quote,
  lines: readonly LineProgress[],
  field: PacksField,
  answered: readonly AnsweredLine[],
  unnamed: 'stays' | 'none' = 'stays',
) => {
  const packs = packsPerLine(quote.lineItems, lines, answered);
  return lines.map((line, index) => filled(line, field, packs[index], unnamed));
};
