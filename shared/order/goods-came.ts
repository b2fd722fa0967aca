/** What an order has brought into the house so far, by product, with the lots that its shop has named. */
import type { Gtin, Instant } from '../values.ts';
import { isSent } from './answer-order.ts';
import { packsByProduct } from './line-progress.ts';
import type { Order } from './order-state.ts';

export interface GoodsCame {
  readonly gtin: Gtin;
  readonly title: string;
  readonly packs: number;
  /** Fewer packs than came: of the others nobody knows. */
  readonly lots: { readonly lot: string; readonly packs: number }[];
  readonly at: Instant;
}

/** Empty while nothing has come. What went back had been here: it may have been opened. */
export function goodsCame(order: Order): GoodsCame[] {
  if (!isSent(order)) return [];
  const { lines, lots = [], deliveredAt, partAt } = order.progress;
  const at = deliveredAt ?? partAt;
  if (at === undefined) return [];
  const titleOf = (gtin: Gtin): string =>
    order.quote.lineItems.find((line) => line.gtin === gtin)?.title ?? order.substitutions?.find(({ offered }) => offered.gtin === gtin)?.offered.title ?? gtin;
  return [...packsByProduct(order.quote, lines, 'fulfilled')].flatMap(([gtin, packs]) =>
    packs === 0
      ? []
      : [{ gtin, title: titleOf(gtin), packs, lots: lots.flatMap((one) => (one.gtin === gtin ? [{ lot: one.lot, packs: one.packs }] : [])), at }],
  );
}
