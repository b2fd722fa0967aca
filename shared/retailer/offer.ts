/** What a shop sells and on which terms: pushed by the shop, judged line by line, and the only source of a quote. */
import { z } from 'zod';
import { canonicalJson } from '../digest.ts';
import { firstIssue } from '../first-issue.ts';
import { dietTagSchema } from '../household/diet-tag.ts';
import { baseQuantitySchema, withdrawalSchema } from '../event-parts.ts';
import { euros, gtinSchema, instantSchema, isBefore, moneySchema, quantitySchema, retailerIdSchema, toBase, type Gtin, type RetailerId } from '../values.ts';
import { PERKS_MAX, publishedPerkSchema, takePerks, type KeptPerks, type RefusedPerk } from './perk.ts';

export const OFFERS_MAX = 500;
/** A shop that changes a price each week is remembered for a quarter. */
const EARLIER_PRICES_KEPT = 12;

export const termsSchema = z.strictObject({
  deliveryFee: moneySchema,
  /** From this subtotal on there is no delivery fee. */
  freeDeliveryFrom: moneySchema,
  minimumOrder: moneySchema,
  leadTimeDays: z.number().positive().max(60),
});
export type Terms = z.infer<typeof termsSchema>;

const packSchema = baseQuantitySchema.refine(({ amount }) => amount > 0, { path: ['amount'], message: 'expected a pack that holds something' });
const wording = { sku: z.string().min(1).max(64), title: z.string().min(1).max(120) };
const tagsSchema = z.array(dietTagSchema).max(18);
const vatPercent = z.number().min(0).max(100);

export const offerSchema = z.strictObject({
  retailerId: retailerIdSchema,
  gtin: gtinSchema,
  ...wording,
  pack: packSchema,
  /** Per pack, tax included. */
  price: moneySchema,
  vatPercent,
  withdrawal: withdrawalSchema.optional(),
  tags: tagsSchema.optional(),
  available: z.boolean(),
  validUntil: instantSchema,
  publishedAt: instantSchema,
  /** Since when this price has stood; absent: since it was published. */
  priceSince: instantSchema.optional(),
  /** What it cost before, the newest last. */
  earlierPrices: z
    .array(z.strictObject({ price: moneySchema, since: instantSchema }))
    .max(EARLIER_PRICES_KEPT)
    .optional(),
});
export type Offer = z.infer<typeof offerSchema>;

/** What the shop had taken back before we knew an offer of it: stands in its place, so that a late older one cannot be taken. */
const withdrawnOfferSchema = z.strictObject({ retailerId: retailerIdSchema, gtin: gtinSchema, withdrawn: z.literal(true), publishedAt: instantSchema });
export const keptOfferSchema = z.union([offerSchema, withdrawnOfferSchema]);
export type KeptOffer = z.infer<typeof keptOfferSchema>;

/** Offered once, though perhaps not now. */
export const isOffer = (kept: KeptOffer): kept is Offer => !('withdrawn' in kept);

const minor = moneySchema.shape.amountMinor;

/** One line of the shop's message. A price of nothing is a mistake of somebody's, and nobody would be told before it is charged. */
export const publishedOfferSchema = z
  .strictObject({
    gtin: gtinSchema,
    ...wording,
    pack: quantitySchema.transform(toBase).pipe(packSchema),
    priceMinor: minor.min(1),
    vatPercent,
    /** Whether whoever buys it may withdraw; left out, they may. */
    withdrawal: withdrawalSchema.optional(),
    /** What is in it that some households avoid; left out: nothing is known. */
    tags: tagsSchema.optional(),
    available: z.boolean(),
    validUntil: instantSchema,
  })
  .refine(({ pack }) => pack.unit !== 'piece' || Number.isInteger(pack.amount), { path: ['pack', 'amount'], message: 'expected whole pieces' });

/** The message `offers.published` as it stands on the wire. The lines are judged one by one in `takeOffers`, so that one bad line costs one line. */
export const offersPublishedSchema = z.strictObject({
  type: z.literal('offers.published'),
  timestamp: instantSchema,
  data: z.strictObject({
    publishedAt: instantSchema,
    terms: z.strictObject({
      deliveryFeeMinor: minor,
      freeDeliveryFromMinor: minor,
      minimumOrderMinor: minor,
      leadTimeDays: termsSchema.shape.leadTimeDays,
    }),
    offers: z.array(z.unknown()).max(OFFERS_MAX),
    /** GTINs that are offered no longer. */
    withdrawn: z.array(z.unknown()).max(OFFERS_MAX).optional(),
    /** All perks of the shop from now on; left out, they stay as they were. */
    perks: z.array(z.unknown()).max(PERKS_MAX).optional(),
  }),
});
/** The same as a shop reads it in our description: what each line has to be. */
export const describedOffersPublishedSchema = offersPublishedSchema.extend({
  data: offersPublishedSchema.shape.data.extend({
    offers: z.array(publishedOfferSchema).max(OFFERS_MAX),
    withdrawn: z.array(gtinSchema).max(OFFERS_MAX).optional(),
    perks: z.array(publishedPerkSchema).max(PERKS_MAX).optional(),
  }),
});
export type OffersPublished = z.infer<typeof offersPublishedSchema>;

export interface RefusedOffer {
  /** Its place in `offers`, or in the list that is named, from 0. */
  readonly index: number;
  readonly list?: 'withdrawn';
  /** As the shop wrote it, when it wrote any. */
  readonly gtin?: string;
  readonly reason: string;
}

export interface TakenOffers {
  readonly terms: Terms;
  readonly offers: readonly Offer[];
  readonly withdrawn: readonly Gtin[];
  /** Absent when the message says nothing of perks. */
  readonly perks?: KeptPerks;
  readonly refused: readonly (RefusedOffer | RefusedPerk)[];
}

/** Takes what is right and names what is not. A GTIN that stands twice is taken the first time; one that is also withdrawn is not offered. */
export function takeOffers(message: OffersPublished, retailerId: RetailerId): TakenOffers {
  const { publishedAt, terms, offers: lines } = message.data;
  const offers = new Map<Gtin, Offer>();
  const { withdrawn, refused } = takeWithdrawn(message.data.withdrawn ?? []);
  const perks = message.data.perks && takePerks(message.data.perks, publishedAt);
  for (const [index, line] of lines.entries()) {
    const parsed = publishedOfferSchema.safeParse(line);
    const reason = parsed.success ? contradiction(parsed.data, publishedAt, { offers, withdrawn }) : firstIssue(parsed.error, 'offer');
    if (parsed.success && reason === undefined) {
      const { priceMinor, ...offer } = parsed.data;
      offers.set(offer.gtin, { ...offer, retailerId, price: euros(priceMinor), publishedAt });
    } else {
      refused.push({ index, ...gtinIn(line), reason: reason ?? 'refused' });
    }
  }
  return {
    terms: {
      deliveryFee: euros(terms.deliveryFeeMinor),
      freeDeliveryFrom: euros(terms.freeDeliveryFromMinor),
      minimumOrder: euros(terms.minimumOrderMinor),
      leadTimeDays: terms.leadTimeDays,
    },
    offers: [...offers.values()],
    withdrawn: [...withdrawn],
    ...(perks && { perks: perks.perks }),
    refused: [...refused, ...(perks?.refused ?? [])],
  };
}

function takeWithdrawn(lines: readonly unknown[]): { withdrawn: Set<Gtin>; refused: RefusedOffer[] } {
  const withdrawn = new Set<Gtin>();
  const refused: RefusedOffer[] = [];
  for (const [index, line] of lines.entries()) {
    const parsed = gtinSchema.safeParse(line);
    const reason = parsed.success
      ? withdrawn.has(parsed.data)
        ? 'gtin: stands more than once in this list'
        : undefined
      : `gtin: ${parsed.error.issues[0]?.message ?? 'refused'}`;
    if (parsed.success && reason === undefined) withdrawn.add(parsed.data);
    else refused.push({ index, list: 'withdrawn', ...gtinIn({ gtin: line }), reason: reason ?? 'refused' });
  }
  return { withdrawn, refused };
}

/**
 * Messages overtake each other; only what was published later replaces, so that a late copy cannot bring an old price back. Of two that a shop has
 * published at the same instant the one that offers nothing stays, else the one whose text is greater: whichever comes first, the same stays.
 */
export function replaces(incoming: KeptOffer, stored: KeptOffer | undefined): boolean {
  if (stored === undefined || isBefore(stored.publishedAt, incoming.publishedAt)) return true;
  if (stored.publishedAt !== incoming.publishedAt) return false;
  const [offeredNow, offeredThen] = [isForSale(incoming), isForSale(stored)];
  return offeredNow === offeredThen ? contentOf(incoming) > contentOf(stored) : !offeredNow;
}

const isForSale = (kept: KeptOffer): boolean => isOffer(kept) && kept.available;
const contentOf = (kept: KeptOffer): string => canonicalJson({ ...kept, priceSince: undefined, earlierPrices: undefined });

/** What stays of a product that is offered no longer: what it has cost, so that an offer that comes back cannot pass for cheap. Undefined: what is there is newer. */
export function withdrawnOffer(
  gtin: Gtin,
  { retailerId, publishedAt }: Pick<Offer, 'retailerId' | 'publishedAt'>,
  stored: KeptOffer | undefined,
): KeptOffer | undefined {
  const incoming: KeptOffer = stored && isOffer(stored) ? { ...stored, available: false, publishedAt } : { retailerId, gtin, withdrawn: true, publishedAt };
  return replaces(incoming, stored) ? incoming : undefined;
}

/** The offer with what its product has cost at this shop before. A price that stays has stood since it came. */
export function withEarlierPrices(incoming: Offer, stored: KeptOffer | undefined): Offer {
  if (stored === undefined || !isOffer(stored)) return incoming;
  const { earlierPrices = [], price, priceSince: since = stored.publishedAt } = stored;
  if (price.amountMinor === incoming.price.amountMinor) return { ...incoming, priceSince: since, earlierPrices };
  return { ...incoming, priceSince: incoming.publishedAt, earlierPrices: [...earlierPrices, { price, since }].slice(-EARLIER_PRICES_KEPT) };
}

interface Taken {
  readonly offers: ReadonlyMap<Gtin, Offer>;
  readonly withdrawn: ReadonlySet<Gtin>;
}

function contradiction(offer: z.infer<typeof publishedOfferSchema>, publishedAt: Offer['publishedAt'], { offers, withdrawn }: Taken): string | undefined {
  if (withdrawn.has(offer.gtin)) return 'gtin: stands among the withdrawn ones too';
  if (offers.has(offer.gtin)) return 'gtin: stands more than once in this message';
  if (!isBefore(publishedAt, offer.validUntil)) return 'validUntil: expected an instant after publishedAt';
  return undefined;
}

const namedSchema = z.object({ gtin: z.string().max(40) });
function gtinIn(line: unknown): { gtin?: string } {
  const named = namedSchema.safeParse(line);
  return named.success ? { gtin: named.data.gtin } : {};
}
