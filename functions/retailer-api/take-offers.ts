/** Offers as a shop publishes them: line by line, and only what was published later replaces. */
import { replaces, takeOffers, withEarlierPrices, type OffersPublished } from '../../shared/retailer/offer.ts';
import type { Retailer } from '../../shared/retailer/retailer.ts';
import { ignored } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { change } from '../runtime/store.ts';

/** A few at a time: five hundred at once would only make each other wait. */
const WRITES_AT_ONCE = 10;

export async function takePublishedOffers({ retailerId }: Retailer, message: OffersPublished) {
  const { terms, offers, refused } = takeOffers(message, retailerId);
  for (let from = 0; from < offers.length; from += WRITES_AT_ONCE) {
    await Promise.all(
      offers
        .slice(from, from + WRITES_AT_ONCE)
        .map((offer) =>
          change(kinds.offer, keys.offer(retailerId, offer.gtin), (stored) =>
            replaces(offer, stored) ? { kind: 'changed', state: withEarlierPrices(offer, stored), events: [] } : ignored('older'),
          ),
        ),
    );
  }
  const { publishedAt } = message.data;
  await change(kinds.retailer, keys.retailer(retailerId), (retailer) => {
    if (retailer === undefined) return ignored('no-such-retailer');
    if (retailer.offersPublishedAt !== undefined && retailer.offersPublishedAt >= publishedAt) return ignored('older');
    return { kind: 'changed', state: { ...retailer, terms, offersPublishedAt: publishedAt }, events: [] };
  });
  return { taken: offers.length, refused };
}
