/** What a heating's fuel costs now, where one of the household's shops has it cheap. */
import { cheapAgainst } from '../../shared/retailer/usual-price.ts';
import type { PriceNow } from '../../shared/supply/reorder/fill-while-cheap.ts';
import type { Supply } from '../../shared/supply/supply.ts';
import type { Instant } from '../../shared/values.ts';
import { offersOfShops } from '../propose-order/shops.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { load } from '../runtime/store.ts';

export async function cheapPrice({ householdId, products, settings }: Supply, now: Instant): Promise<PriceNow | undefined> {
  const household = (await load(kinds.household, keys.household(householdId)))?.state;
  if (household === undefined) return undefined;
  const gtins = products.map(({ gtin }) => gtin);
  const shops = await offersOfShops(household, gtins, now);
  const asked = shops.filter(({ retailerId }) => settings.shops?.includes(retailerId) ?? true);
  const offers = asked.flatMap((shop) => shop.offers).filter(({ available, validUntil }) => available && validUntil > now);
  const cheap = offers.flatMap((offer): PriceNow[] => {
    const usual = cheapAgainst(offer, now);
    return usual === undefined ? [] : [{ unitMinor: offer.price.amountMinor, usualMinor: usual.amountMinor }];
  });
  return cheap.sort((a, b) => b.usualMinor - b.unitMinor - (a.usualMinor - a.unitMinor))[0];
}
