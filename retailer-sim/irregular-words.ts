/** What the shop says where an order does not go by the book, as the platform reads it. */
import { isAskedLineByLine, type OrderCard } from './books.ts';
import { rest } from './irregular.ts';
import { asked } from './question.ts';

interface Said {
  readonly type: string;
  readonly data: Record<string, unknown>;
}
type Card = Pick<OrderCard, 'plan' | 'order'>;

export function firstAnswer(card: Card): Said {
  const { plan } = card;
  const { payment } = plan.irregular;
  if (payment !== undefined) {
    const waits = 'retryBefore' in payment ? { retryBefore: payment.retryBefore } : {};
    return { type: 'payment.declined', data: { reason: 'declined', ...waits } };
  }
  if (isAskedLineByLine(card) || (plan.answer === 'order.changed' && plan.irregular.isLineByLine)) return lineByLine(card);
  const changes = plan.answer === 'order.changed' ? { lines: plan.lines } : {};
  const promise = plan.answer === 'order.rejected' || plan.answer === 'order.cancelled' ? {} : { deliveryAt: plan.promisedAt };
  return { type: plan.answer, data: { ...changes, ...(plan.reason === undefined ? {} : { reason: plan.reason }), ...promise } };
}

function lineByLine({ plan, order }: Card): Said {
  const { question } = plan;
  const ordered = new Map<string, number>();
  for (const { gtin, quantity } of order.lines) ordered.set(gtin, (ordered.get(gtin) ?? 0) + quantity);
  const coming = (gtin: string) => plan.lines.reduce((sum, line) => (line.gtin === gtin ? sum + line.quantity : sum), 0);
  const lines = [...ordered].map(([gtin, quantity]) => {
    if (question?.gtin === gtin) {
      // Of a product in two lines only the first has run short.
      const left = quantity - (order.lines.find((line) => line.gtin === gtin)?.quantity ?? 0);
      const { gtin: _, ...substitute } = asked(question);
      const response = left > 0 ? { response: 'changed', quantity: left } : { response: 'not-accepted' };
      return { gtin, ...response, reason: 'out-of-stock', substitute };
    }
    const packs = coming(gtin);
    if (packs === quantity) return { gtin, response: 'accepted' };
    return { gtin, ...(packs > 0 ? { response: 'changed', quantity: packs } : { response: 'not-accepted' }), reason: 'out-of-stock' };
  });
  return { type: 'order.responded', data: { response: 'modified', lines, deliveryAt: plan.promisedAt } };
}

export function backOrder({ plan, order }: Card): Record<string, unknown> {
  const { firstPart } = plan.irregular;
  const later = firstPart === undefined ? [] : rest(order.lines, firstPart.lines);
  return { lines: later.map((line) => ({ ...line, expectedAt: firstPart?.restAt })), reason: 'out-of-stock' };
}

/** What stays with the customer of a parcel: what came before is there, and what the driver takes back is not. */
export function leftAtDoor({ plan }: Card, parcel: readonly { gtin: string; quantity: number }[]): { gtin: string; packs: number }[] {
  const { firstPart, takenBack } = plan.irregular;
  const gone = [...(firstPart?.lines ?? []), ...(takenBack ? [takenBack] : [])];
  return rest([...parcel], gone).map(({ gtin, quantity }) => ({ gtin, packs: quantity }));
}

export const returnedLines = ({ plan: { irregular } }: Card): { gtin: string; quantity: number }[] =>
  irregular.takenBack ? [{ gtin: irregular.takenBack.gtin, quantity: irregular.takenBack.quantity }] : [];

export function refund({ plan: { irregular } }: Card): Record<string, unknown> {
  const { gtin = '', refundMinor = 0 } = irregular.takenBack ?? {};
  return { totalMinor: refundMinor, lines: [{ gtin, amountMinor: refundMinor }] };
}
