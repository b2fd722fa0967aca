/** What goes into the parcel in the end: what was planned, with what the customer wanted instead, or without what ran short. */
import { chargeOf, type PlacedOrder } from './order.ts';
import type { Plan } from './plan.ts';

/** Of an order: what was wanted, what is planned, and what the customer said to the shop's question. */
interface Packed {
  readonly order: Pick<PlacedOrder, 'lines'>;
  readonly plan: Plan;
  readonly answered?: { readonly accepted: boolean; readonly inTime: boolean };
}

/** Something ran short, nobody wanted the other thing, and there is more in the parcel. A parcel of one thing is fetched from another shop. */
export const isGoingWithout = ({ plan, answered }: Packed): boolean =>
  plan.question !== undefined && !isWanted(answered) && plan.lines.some(({ gtin, quantity }) => gtin !== plan.question?.gtin && quantity > 0);

const isWanted = (answered: Packed['answered']): boolean => answered?.accepted === true && answered.inTime;

export interface Parcel {
  readonly lines: Plan['lines'];
  readonly totalMinor: number;
}

export function parcelOf(card: Packed): Parcel {
  const { plan, order, answered } = card;
  const { question } = plan;
  const planned = plan.lines.filter(({ quantity }) => quantity > 0);
  if (question === undefined || (!isWanted(answered) && !isGoingWithout(card))) return { lines: planned, totalMinor: plan.totalMinor };
  // The first line of the product, as the question was about it.
  const index = order.lines.findIndex(({ gtin }) => gtin === question.gtin);
  const others = plan.lines.filter((line, at) => at !== index && line.quantity > 0);
  const instead = isWanted(answered) ? [{ gtin: question.offered.gtin, quantity: question.quantity }] : [];
  const line = order.lines[index];
  const otherPrice = isWanted(answered) ? question.quantity * question.offered.unitPriceMinor : 0;
  const differs = line === undefined ? otherPrice : chargeOf(line, 0, otherPrice) - chargeOf(line, plan.lines[index]?.quantity ?? 0);
  return { lines: [...others, ...instead], totalMinor: plan.totalMinor + differs };
}

/** What the customer is told who goes without: each product by its packs, and nothing of the other thing. */
export function changedLines(card: Packed): Plan['lines'] {
  const { question } = card.plan;
  const named = [...new Set(card.order.lines.map(({ gtin }) => gtin))];
  const packs = (gtin: string) =>
    parcelOf(card)
      .lines.filter((line) => line.gtin === gtin)
      .reduce((sum, { quantity }) => sum + quantity, 0);
  return [...named, ...(question ? [question.offered.gtin] : [])].map((gtin) => ({ gtin, quantity: packs(gtin) }));
}
