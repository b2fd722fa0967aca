/** What the linked shops of a household sell: searched by a person, or asked for the pack of a GTIN. */
import type { Household } from '../../shared/household/household.ts';
import { isLive } from '../../shared/retailer/conformance.ts';
import { isOffer, OFFERS_MAX } from '../../shared/retailer/offer.ts';
import { findProducts, type Product, type ShopOffers } from '../../shared/retailer/product-search.ts';
import type { KnownProduct, OwnSupply } from '../../shared/supply/own-supply.ts';
import { toBase, type Instant } from '../../shared/values.ts';
import { keys, kinds, retailerPk } from '../runtime/aggregates.ts';
import { list, load } from '../runtime/store.ts';
import { VisibleError } from '../runtime/visible-error.ts';

/** At most ten shops of at most five hundred offers. */
export async function searchProducts(household: Household, search: string, now: Instant): Promise<Product[]> {
  const shops = await Promise.all(
    household.shops.map(async ({ retailerId }): Promise<ShopOffers[]> => {
      const [retailer, offers] = await Promise.all([
        load(kinds.retailer, keys.retailer(retailerId)),
        list(kinds.offer, retailerPk(retailerId), 'OFFER#', OFFERS_MAX),
      ]);
      if (retailer === undefined || !isLive(retailer.state)) return [];
      return [{ retailerId, name: retailer.state.name, offers: offers.map(({ state }) => state).filter(isOffer) }];
    }),
  );
  return findProducts(shops.flat(), { search, now, avoid: household.avoid });
}

/** With the pack that a shop or, where none sells it, the person has named. Refuses a number that nobody knows anything about. */
export const knownProducts = (household: Household, products: OwnSupply['products'], before: readonly KnownProduct[] = []): Promise<KnownProduct[]> =>
  Promise.all(
    products.map(async ({ gtin, pack }) => {
      const known = before.find((one) => one.gtin === gtin) ?? (await soldBy(household, gtin)) ?? (pack && { gtin, pack: toBase(pack) });
      if (known === undefined)
        throw new VisibleError(422, 'unknown-product', `none of your shops sells ${gtin}: say what a pack holds, and it is kept without being ordered`);
      return known;
    }),
  );

async function soldBy(household: Household, gtin: KnownProduct['gtin']): Promise<KnownProduct | undefined> {
  const offered = await Promise.all(
    household.shops.map(async ({ retailerId }) => {
      const [offer, retailer] = await Promise.all([load(kinds.offer, keys.offer(retailerId, gtin)), load(kinds.retailer, keys.retailer(retailerId))]);
      return offer === undefined || !isOffer(offer.state) ? [] : [{ gtin, pack: offer.state.pack, leadTimeDays: retailer?.state.terms?.leadTimeDays }];
    }),
  );
  return offered.flat().sort((a, b) => (a.leadTimeDays ?? Infinity) - (b.leadTimeDays ?? Infinity))[0];
}
