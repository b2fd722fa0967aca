/** What a basket costs at a shop: the whole price, with delivery, for as long as the shop's offers stand. */
import { z } from 'zod';
import { digest } from '../digest.ts';
import { clashes } from '../household/diet.ts';
import { dietTagSchema } from '../household/diet-tag.ts';
import { baseQuantitySchema, categorySchema, joinedSchema, stockedUpSchema, type LineItem, type Quote } from '../event-parts.ts';
import type { Offer, Terms } from '../retailer/offer.ts';
import { standing, type Perk } from '../retailer/perk.ts';
import {
  AMOUNT_MAX,
  addDuration,
  addMoney,
  duration,
  earliest,
  euros,
  gtinSchema,
  moneySchema,
  needIdSchema,
  retailerIdSchema,
  supplyIdSchema,
  timesMoney,
  type Instant,
  type Money,
  type NeedId,
  type RetailerId,
} from '../values.ts';
import { applyPerks, arePerksSound, savedIn } from './perk/apply-perks.ts';

/** However long the offers stand: nobody should be bound to a price that a shop named long ago. */
export const QUOTE_VALID_MAX = duration(48, 'hours');
export const LINES_MAX = 50;
const PACKS_MAX = 99;
/** 10,000 €: far above any household's line, and far enough below `moneySchema`'s end that fifty lines and a fee still fit. */
const LINE_TOTAL_MINOR_MAX = 1_000_000;

/** What a need asks for: its products in the household's order of preference and an amount in their base unit. */
export const wantedSchema = z.strictObject({
  needId: needIdSchema,
  supplyId: supplyIdSchema,
  products: z
    .array(z.strictObject({ gtin: gtinSchema }))
    .min(1)
    .max(20),
  amount: baseQuantitySchema,
  /** What there is room or shelf life for. */
  packsMax: z.int().min(0).max(99),
  /** The household does not eat or drink these: an offer that contains one is none. */
  avoid: z.array(dietTagSchema).max(18).optional(),
  /** Only these shops may be asked for it; absent: all that the household has linked. */
  shops: z.array(retailerIdSchema).min(1).max(10).optional(),
  /** The supply's product line, for mandates that name categories. */
  category: categorySchema.optional(),
  /** Why it, or so much of it, is wanted although it is not low. */
  joined: joinedSchema.optional(),
  stockedUp: stockedUpSchema.optional(),
});
export type Wanted = z.infer<typeof wantedSchema>;

export type UnofferedReason = 'not-offered' | 'diet' | 'shop' | 'nothing-wanted' | 'no-room' | 'too-dear' | 'too-many-lines' | 'below-minimum-order';
export interface QuoteRequest {
  readonly retailerId: RetailerId;
  readonly terms: Terms;
  readonly offers: readonly Offer[];
  /** Those that are open to the household here. */
  readonly perks?: readonly Perk[] | undefined;
  readonly wanted: readonly Wanted[];
  readonly now: Instant;
}
export interface QuoteAnswer {
  readonly quote?: Quote;
  readonly unoffered: readonly { readonly needId: NeedId; readonly reason: UnofferedReason }[];
}

/** The hash that a person approves: a digest of everything in the quote but itself, 64 hex digits. */
export const quoteHash = (quote: Omit<Quote, 'hash'> & { readonly hash?: string }): string => digest({ ...quote, hash: undefined }, 64);

/** True if the lines sum to the subtotal, subtotal and delivery less the perks to the total, each perk can be one of it, and the hash is the one of this content. */
export function isSound(quote: Quote): boolean {
  const subtotal = quote.lineItems.reduce((sum, { lineTotal }) => sum + lineTotal.amountMinor, 0);
  return (
    quote.lineItems.every(({ unitPrice, quantity, lineTotal }) => unitPrice.amountMinor * quantity === lineTotal.amountMinor) &&
    subtotal === quote.subtotal.amountMinor &&
    subtotal + quote.deliveryFee.amountMinor - savedIn(quote) === quote.total.amountMinor &&
    arePerksSound(quote) &&
    quoteHash(quote) === quote.hash
  );
}

/** One shop's price for what is wanted. Needs that it cannot serve come back with the reason; the others make the quote. */
export function quoteFor({ retailerId, terms, offers, perks = [], wanted, now }: QuoteRequest): QuoteAnswer {
  const price = (need: Wanted): Priced => (maySell(need, retailerId) ? priceNeed(need, offers, now) : { reason: 'shop' });
  const priced = wanted.map((need) => ({ need, ...price(need) }));
  const served = priced.flatMap(({ line, validUntil }) => (line && validUntil ? [{ line, validUntil }] : []));
  const kept = served.slice(0, LINES_MAX);
  const keptNeeds = new Set(kept.map(({ line }) => line.needId));
  const unoffered = priced
    .filter(({ need }) => !keptNeeds.has(need.needId))
    .map(({ need, reason }) => ({ needId: need.needId, reason: reason ?? ('too-many-lines' as const) }));
  if (kept.length === 0) return { unoffered };

  const lineItems = kept.map(({ line }) => line);
  const subtotal = lineItems.reduce((sum, { lineTotal }) => addMoney(sum, lineTotal), euros(0));
  if (subtotal.amountMinor < terms.minimumOrder.amountMinor) {
    const belowMinimum = lineItems.map(({ needId }) => ({ needId, reason: 'below-minimum-order' as const }));
    return { unoffered: [...unoffered, ...belowMinimum] };
  }
  const deliveryFee = subtotal.amountMinor >= terms.freeDeliveryFrom.amountMinor ? euros(0) : terms.deliveryFee;
  const applied = applyPerks(standing(perks, now), lineItems, { subtotalMinor: subtotal.amountMinor, feeMinor: deliveryFee.amountMinor });
  const total = moneySchema.safeParse({ ...subtotal, amountMinor: subtotal.amountMinor + deliveryFee.amountMinor - applied.savedMinor });
  if (!total.success) return { unoffered: [...unoffered, ...lineItems.map(({ needId }) => ({ needId, reason: 'too-dear' as const }))] };
  const validUntil = earliest(addDuration(now, QUOTE_VALID_MAX), ...kept.map((entry) => entry.validUntil), ...applied.ends);
  const sums = { subtotal, deliveryFee, ...(applied.perks.length > 0 && { perks: [...applied.perks] }), total: total.data };
  const content = { retailerId, lineItems, ...sums, leadTimeDays: terms.leadTimeDays, validUntil };
  return { quote: { ...content, hash: quoteHash(content) }, unoffered };
}

const maySell = ({ shops }: Wanted, retailerId: RetailerId): boolean => shops === undefined || shops.includes(retailerId);

/** What one shop would send for one need, whatever its smallest order; undefined when it cannot. */
export const lineFor = (need: Wanted, { retailerId, offers }: Pick<QuoteRequest, 'retailerId' | 'offers'>, now: Instant): LineItem | undefined =>
  maySell(need, retailerId) ? priceNeed(need, offers, now).line : undefined;

type Priced = { line: LineItem; validUntil: Instant; reason?: never } | { line?: never; validUntil?: never; reason: UnofferedReason };

function priceNeed(need: Wanted, offers: readonly Offer[], now: Instant): Priced {
  if (need.amount.amount <= 0) return { reason: 'nothing-wanted' };
  if (need.packsMax < 1) return { reason: 'no-room' };
  const offer = preferredOffer(need, offers, now);
  if (!offer) return { reason: preferredOffer({ ...need, avoid: undefined }, offers, now) ? 'diet' : 'not-offered' };
  const wantedPacks = Math.ceil(inThousandths(need.amount.amount) / inThousandths(offer.pack.amount));
  const quantity = Math.min(wantedPacks, need.packsMax, PACKS_MAX, Math.floor(AMOUNT_MAX / offer.pack.amount));
  if (quantity < 1) return { reason: 'no-room' };
  if (offer.price.amountMinor * quantity > LINE_TOTAL_MINOR_MAX) return { reason: 'too-dear' };
  const { gtin, sku, title, pack, price, withdrawal } = offer;
  const { needId, supplyId, category, joined, stockedUp } = need;
  const line = { needId, supplyId, gtin, sku, title, quantity, pack, unitPrice: price, lineTotal: timesMoney(price, quantity) };
  return {
    line: {
      ...line,
      ...(category !== undefined && { category }),
      ...(withdrawal !== undefined && { withdrawal }),
      ...(joined !== undefined && { joined }),
      ...(stockedUp !== undefined && { stockedUp }),
    },
    validUntil: offer.validUntil,
  };
}

/** Whole numbers, so that 0.3 over 0.1 is three packs and not a fourth for a rounding error. */
const inThousandths = (amount: number): number => Math.round(amount * 1_000);

/**
 * The household's preference decides between products; between two offers of one product the cheaper per base unit, then the
 * smaller sku, so that the same offers give the same quote. An offer without an amount cannot show its unit price and is none
 * (PAngV §4), nor is one that contains what the household avoids.
 */
export function preferredOffer(
  need: Pick<Wanted, 'products' | 'amount'> & { readonly avoid?: Wanted['avoid'] },
  offers: readonly Offer[],
  now: Instant,
): Offer | undefined {
  const acceptable = offers.filter(
    ({ available, validUntil, pack, tags }) =>
      available && validUntil > now && pack.unit === need.amount.unit && pack.amount > 0 && clashes(tags, need.avoid).length === 0,
  );
  for (const { gtin } of need.products) {
    const [best] = acceptable.filter((offer) => offer.gtin === gtin).sort((a, b) => compareUnitPrices(a, b) || (a.sku < b.sku ? -1 : 1));
    if (best) return best;
  }
  return undefined;
}

/** In whole numbers: cents times thousandths of an amount may pass 2^53. */
function compareUnitPrices(a: Offer, b: Offer): number {
  const [left, right] = [
    BigInt(a.price.amountMinor) * BigInt(inThousandths(b.pack.amount)),
    BigInt(b.price.amountMinor) * BigInt(inThousandths(a.pack.amount)),
  ];
  return left < right ? -1 : Number(left > right);
}

/** Each shop's price for the same needs; shops that cannot serve any are left out. */
export const quotePerRetailer = (
  retailers: readonly Pick<QuoteRequest, 'retailerId' | 'terms' | 'offers' | 'perks'>[],
  wanted: readonly Wanted[],
  now: Instant,
): Quote[] => retailers.flatMap((retailer) => quoteFor({ ...retailer, wanted, now }).quote ?? []);

/** The best whole basket: serves most needs, then costs least, then comes soonest; equal ones by id, so that the choice repeats. */
export const cheapestQuote = (quotes: readonly Quote[]): Quote | undefined =>
  [...quotes].sort(
    (a, b) =>
      b.lineItems.length - a.lineItems.length ||
      a.total.amountMinor - b.total.amountMinor ||
      a.leadTimeDays - b.leadTimeDays ||
      (a.retailerId < b.retailerId ? -1 : 1),
  )[0];

const LIFTS = {
  'free-delivery': '; it came along, for with it delivery costs nothing',
  'minimum-order': '; it came along, for without it the order would be too small for this shop',
} as const;

/** Why a line is there, or so much of it, although it was not low; empty for everything else. */
export const besideNeedInWords = ({ joined, stockedUp }: LineItem): string =>
  [
    ...(joined?.lifts ? [LIFTS[joined.lifts]] : []),
    ...(joined && !joined.lifts
      ? [`; it came along, for by itself it would have been ordered on ${joined.ownOrderAt} and have cost ${inEuros(joined.saves)} more`]
      : []),
    ...(stockedUp ? [`; ${stockedUp.extraPacks} of them because it is cheap: it usually costs ${inEuros(stockedUp.usualPrice)}`] : []),
  ].join('');

/** `4.36 €`, for sentences about a decision; screens use the reader's own format. */
export const inEuros = ({ amountMinor }: Money): string => `${Math.floor(amountMinor / 100)}.${String(amountMinor % 100).padStart(2, '0')} €`;
