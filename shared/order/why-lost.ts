/** What became of each shop's offers when a basket was shared out. */
import { NO_PREFERENCES, type OrderPreferences } from '../household/order-preferences.ts';
import type { GtinFate, OfferFate } from '../retailer/lost-offers.ts';
import type { Choice } from '../supply/basket.ts';
import type { Gtin, Instant, RetailerId } from '../values.ts';
import { lineFor, quoteFor, type UnofferedReason, type Wanted } from './quote.ts';
import type { Considered } from './record.ts';

export interface SharedOut {
  readonly wanted: readonly Wanted[];
  readonly shops: readonly Considered[];
  /** Linked, and not asked. */
  readonly notAsked: readonly RetailerId[];
  readonly choices: readonly Choice[];
  readonly preferences?: OrderPreferences | undefined;
  readonly now: Instant;
}

export function fatesOf(basket: SharedOut): Map<RetailerId, readonly GtinFate[]> {
  const { wanted, shops, notAsked } = basket;
  const asked = shops.map((shop) => [shop.retailerId, fatesAt(shop, basket)] as const);
  const passed = wanted.flatMap(({ products }) => products.slice(0, 1).map(({ gtin }) => ({ gtin, fate: 'not-reachable' as const })));
  return new Map([...asked, ...notAsked.map((retailerId) => [retailerId, passed] as const)]);
}

function fatesAt(shop: Considered, basket: SharedOut): GtinFate[] {
  const { unoffered } = quoteFor({ ...shop, wanted: basket.wanted, now: basket.now });
  const reasons = new Map(unoffered.map(({ needId, reason }) => [needId, reason]));
  return basket.wanted.flatMap((need) => {
    const fate = fateAt(shop, need, { basket, reason: reasons.get(need.needId) });
    return fate === undefined ? [] : [{ gtin: gtinAt(shop, need, basket), fate }];
  });
}

/** What was ordered here; else what this shop would send, or has in its books; else what the household likes best. */
function gtinAt({ retailerId, offers }: Considered, need: Wanted, { choices, now }: SharedOut): Gtin {
  const ordered = choices.find((choice) => choice.retailerId === retailerId)?.lines.find(({ needId }) => needId === need.needId);
  const listed = need.products.find(({ gtin }) => offers.some((offer) => offer.gtin === gtin)) ?? need.products[0];
  const found = ordered?.gtin ?? lineFor(need, { retailerId, offers }, now)?.gtin ?? listed?.gtin;
  if (found === undefined) throw new RangeError('a need has a product');
  return found;
}

const BY_REASON: Readonly<Record<Exclude<UnofferedReason, 'not-offered'>, OfferFate | undefined>> = {
  // What people do not eat is theirs alone: it reads like any other choice of theirs.
  diet: 'not-preferred',
  shop: 'not-preferred',
  'too-dear': 'price',
  'too-many-lines': 'whole-basket',
  'below-minimum-order': 'minimum-order',
  // The household’s own doing, whatever shops offer.
  'nothing-wanted': undefined,
  'no-room': undefined,
};

function fateAt(shop: Considered, need: Wanted, { basket, reason }: { basket: SharedOut; reason: UnofferedReason | undefined }): OfferFate | undefined {
  const winner = basket.choices.find(({ lines }) => lines.some(({ needId }) => needId === need.needId))?.retailerId;
  if (winner === shop.retailerId) return 'won';
  if (reason === 'not-offered') return missing(shop, need);
  if (reason !== undefined) return BY_REASON[reason];
  const other = basket.shops.find(({ retailerId }) => retailerId === winner);
  return other === undefined ? 'whole-basket' : against(other, shop, need, basket);
}

function missing({ offers }: Considered, { products, amount }: Wanted): OfferFate {
  const listed = offers.filter(({ gtin }) => products.some((product) => product.gtin === gtin));
  if (listed.length === 0) return 'not-offered';
  return listed.some(({ pack }) => pack.unit === amount.unit) ? 'out-of-stock' : 'no-unit-price';
}

function against(winner: Considered, shop: Considered, need: Wanted, { preferences = NO_PREFERENCES, now }: SharedOut): OfferFate {
  const [theirs, ours] = [lineFor(need, winner, now), lineFor(need, shop, now)];
  if (theirs === undefined || ours === undefined) return 'whole-basket';
  const rankOf = (gtin: Gtin): number => need.products.findIndex((product) => product.gtin === gtin);
  if (rankOf(ours.gtin) > rankOf(theirs.gtin)) return 'not-preferred';
  // By what a litre, a kilogram or a piece costs: packs may differ.
  const dearer = ours.unitPrice.amountMinor * theirs.pack.amount - theirs.unitPrice.amountMinor * ours.pack.amount;
  const isLater = shop.terms.leadTimeDays > winner.terms.leadTimeDays;
  if (isLater && preferences.wish === 'speed') return 'lead-time';
  if (dearer > 0) return 'price';
  if (preferences.shops.includes(winner.retailerId) && !preferences.shops.includes(shop.retailerId)) return 'not-preferred';
  return dearer === 0 && isLater ? 'lead-time' : 'whole-basket';
}
