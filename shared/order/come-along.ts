/** What comes along with an order although it is not low: because a delivery of its own would cost more than having it earlier. */
import { cheapAgainst } from '../retailer/usual-price.ts';
import { daysToOwnOrder, earlyMinor, hasRoom } from '../supply/reorder/join.ts';
import type { SupplySnapshot } from '../supply/snapshot.ts';
import { addDuration, duration, euros, type Instant } from '../values.ts';
import { draftOf, offerOf, type OrderDraft } from './order-draft.ts';
import { cheapestQuote, quotePerRetailer, type Wanted } from './quote.ts';
import type { Considered } from './record.ts';

/** An item that may come along. */
export interface Joinable {
  readonly wanted: Wanted;
  readonly figures: SupplySnapshot;
  /** Base units; above it only while it is cheap. */
  readonly canOrderLevel: number;
}

export interface Market {
  readonly shops: readonly Considered[];
  readonly now: Instant;
  /** Whether this draft is bought without a person: what comes along must not change that. */
  readonly isAutomatic: (draft: OrderDraft) => boolean;
}

/**
 * What nobody has to take in at the door, carry up and unpack once more, in cents: two minutes at the German minimum wage of 2026 (13.90 € an
 * hour, MiLoG §1 with the ordinance of 2025) are 46, rounded.
 */
export const PARCEL_MINOR = 50;

/** The draft with whatever is worth it, the most urgent first. */
export function withJoining(draft: OrderDraft, joinable: readonly Joinable[], market: Market): OrderDraft {
  const byUrgency = [...joinable].sort((a, b) => daysToOwnOrder(a.figures) - daysToOwnOrder(b.figures) || (a.wanted.needId < b.wanted.needId ? -1 : 1));
  return byUrgency.reduce((sofar, one) => joined(sofar, one, market) ?? sofar, draft);
}

function joined(draft: OrderDraft, { wanted, figures, canOrderLevel }: Joinable, market: Market): OrderDraft | undefined {
  const { shops, now } = market;
  const together = draftOf(draft.shop, [...draft.wanted, wanted], now);
  const line = together?.quote.lineItems.find(({ needId }) => needId === wanted.needId);
  if (together === undefined || line === undefined || !hasRoom(figures, line.quantity * line.pack.amount)) return undefined;
  const usual = figures.settings.stockUpWhenCheap && cheapAgainst(offerOf(draft.shop, line), now);
  if (figures.position > canOrderLevel && !usual) return undefined;
  const alone = cheapestQuote(quotePerRetailer(shops, [wanted], now));
  // Not another product than it would have been, only because this shop does not have that one.
  if (alone !== undefined && alone.lineItems[0]?.gtin !== line.gtin) return undefined;
  const more = together.quote.total.amountMinor - draft.quote.total.amountMinor;
  // Too little for an order of its own anywhere: it would wait for company and pay for it.
  const ownOrder = alone?.total.amountMinor ?? line.lineTotal.amountMinor + draft.shop.terms.deliveryFee.amountMinor;
  const saves = ownOrder - more;
  const early = earlyMinor(figures, { packs: line.quantity, packAmount: line.pack.amount, unitPriceMinor: line.unitPrice.amountMinor });
  const cheaper = usual ? (usual.amountMinor - line.unitPrice.amountMinor) * line.quantity : 0;
  if (saves < 0 || saves + cheaper + PARCEL_MINOR <= early) return undefined;
  const ownOrderAt = addDuration(now, duration(daysToOwnOrder(figures), 'days'));
  const reasoned = draftOf(draft.shop, [...draft.wanted, { ...wanted, joined: { saves: euros(saves), ownOrderAt } }], now);
  if (reasoned === undefined || (market.isAutomatic(draft) && !market.isAutomatic(reasoned))) return undefined;
  return reasoned;
}
