/**
 * Buying more of what keeps while it is cheap. Only where the household has allowed it for the item, only with an order that is made anyway,
 * never more than twice what an order usually lasts, and never so much that somebody would have to be asked.
 */
import { cheapAgainst } from '../retailer/usual-price.ts';
import { hasRoom, holdingMinor, isEatenInTime, usedWithin } from '../supply/reorder/join.ts';
import { DECISION_DAYS, effectiveDays } from '../supply/reorder/lead-time.ts';
import { forecastOfSnapshot, type SupplySnapshot } from '../supply/snapshot.ts';
import type { SupplyId } from '../values.ts';
import type { Market } from './come-along.ts';
import { draftOf, offerOf, type OrderDraft } from './order-draft.ts';

const LASTS_TIMES_MAX = 2;

export const withStockingUp = (draft: OrderDraft, figures: ReadonlyMap<SupplyId, SupplySnapshot>, market: Market): OrderDraft =>
  draft.quote.lineItems.reduce((sofar, { supplyId }) => {
    const known = figures.get(supplyId);
    return known?.settings.stockUpWhenCheap ? (stockedUp(sofar, supplyId, known, market) ?? sofar) : sofar;
  }, draft);

function stockedUp(draft: OrderDraft, supplyId: SupplyId, figures: SupplySnapshot, market: Market): OrderDraft | undefined {
  const { now, isAutomatic } = market;
  const line = draft.quote.lineItems.find((one) => one.supplyId === supplyId);
  const usual = cheapAgainst(offerOf(draft.shop, line), now);
  if (line === undefined || usual === undefined) return undefined;
  const packsMax = draft.wanted.find(({ needId }) => needId === line.needId)?.packsMax ?? 0;
  const worth = (packs: number): boolean => packs <= packsMax && isWorthIt(figures, line, { packs, usualMinor: usual.amountMinor });
  let packs = line.quantity;
  while (worth(packs + 1)) packs += 1;
  for (; packs > line.quantity; packs -= 1) {
    const more = { amount: { amount: packs * line.pack.amount, unit: line.pack.unit }, products: [{ gtin: line.gtin }] };
    const reason = { stockedUp: { usualPrice: usual, extraPacks: packs - line.quantity } };
    const wanted = draft.wanted.map((one) => (one.needId === line.needId ? { ...one, ...more, ...reason } : one));
    const larger = draftOf(draft.shop, wanted, now);
    if (larger !== undefined && (!isAutomatic(draft) || isAutomatic(larger))) return larger;
  }
  return undefined;
}

interface Line {
  readonly pack: { readonly amount: number };
  readonly unitPrice: { readonly amountMinor: number };
}

/** Whether the last of so many packs has room and a use in time, and is held for less than it saves. */
function isWorthIt(figures: SupplySnapshot, { pack, unitPrice }: Line, { packs, usualMinor }: { packs: number; usualMinor: number }): boolean {
  const { position, settings, leadTime } = figures;
  const amount = packs * pack.amount;
  const lasts = effectiveDays(leadTime) + DECISION_DAYS + settings.coverDays * LASTS_TIMES_MAX;
  if (position + amount > usedWithin(figures, lasts) || !hasRoom(figures, amount) || !isEatenInTime(figures, amount)) return false;
  const heldDays = (position + amount - pack.amount) / forecastOfSnapshot(figures).meanPerDay;
  return usualMinor - unitPrice.amountMinor > holdingMinor(unitPrice.amountMinor, heldDays);
}
