/** Products that a household can buy: the offers of its linked shops, put together by GTIN and found by what somebody types. */
import { z } from 'zod';
import { baseQuantitySchema } from '../event-parts.ts';
import { clashes, type DietTag } from '../household/diet.ts';
import { dietTagSchema } from '../household/diet-tag.ts';
import { gtinSchema, moneySchema, retailerIdSchema, type Instant, type RetailerId } from '../values.ts';
import type { Offer } from './offer.ts';

/** A screen full; whoever wants another types another word. */
export const PRODUCTS_FOUND_MAX = 20;

export const productSchema = z.strictObject({
  gtin: gtinSchema,
  title: z.string(),
  pack: baseQuantitySchema,
  tags: z.array(dietTagSchema),
  /** What of it the household avoids: it is never quoted. */
  clashes: z.array(dietTagSchema),
  /** The cheapest first; those that a shop has not got now stand last. */
  offers: z.array(z.strictObject({ retailerId: retailerIdSchema, shop: z.string(), price: moneySchema, available: z.boolean() })),
});
export type Product = z.infer<typeof productSchema>;

export interface ShopOffers {
  readonly retailerId: RetailerId;
  readonly name: string;
  readonly offers: readonly Offer[];
}

/** Without capitals, accents and ß, so that *kase* finds *Käse*. */
const folded = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll('ß', 'ss');

/** Products with all of the words in their title or number; the same search finds the same order. Offers that have ended are none. */
export function findProducts(shops: readonly ShopOffers[], at: { search: string; now: Instant; avoid?: readonly DietTag[] | undefined }): Product[] {
  const words = folded(at.search).split(/\s+/).filter(Boolean);
  const found = new Map<string, Product>();
  for (const { retailerId, name, offers } of shops) {
    for (const { gtin, title, pack, tags = [], price, available, validUntil } of offers) {
      if (validUntil <= at.now || !words.every((word) => folded(`${title} ${gtin}`).includes(word))) continue;
      const product = found.get(gtin) ?? { gtin, title, pack, tags, clashes: clashes(tags, at.avoid), offers: [] };
      found.set(gtin, { ...product, offers: [...product.offers, { retailerId, shop: name, price, available }].sort(byPrice) });
    }
  }
  return [...found.values()].sort((a, b) => (a.title === b.title ? (a.gtin < b.gtin ? -1 : 1) : a.title < b.title ? -1 : 1)).slice(0, PRODUCTS_FOUND_MAX);
}

const byPrice = (a: Product['offers'][number], b: Product['offers'][number]): number =>
  Number(b.available) - Number(a.available) || a.price.amountMinor - b.price.amountMinor || (a.retailerId < b.retailerId ? -1 : 1);
