/** Offers as a shop publishes and withdraws them: line by line, and only what was published later replaces. */
import { canonicalJson } from '../../shared/digest.ts';
import { replaces, takeOffers, withdrawnOffer, withEarlierPrices, type KeptOffer, type OffersPublished, type Terms } from '../../shared/retailer/offer.ts';
import type { Retailer } from '../../shared/retailer/retailer.ts';
import { ignored, type Gtin, type Instant } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { change } from '../runtime/store.ts';

/** A few at a time: five hundred at once would only make each other wait. */
const WRITES_AT_ONCE = 10;

export async function takePublishedOffers({ retailerId }: Retailer, message: OffersPublished) {
  const { publishedAt } = message.data;
  const { terms, offers, withdrawn, refused } = takeOffers(message, retailerId);
  const keep = (gtin: Gtin, next: (stored: KeptOffer | undefined) => KeptOffer | undefined) => () =>
    change(kinds.offer, keys.offer(retailerId, gtin), (stored) => {
      const state = next(stored);
      return state === undefined ? ignored('older') : { kind: 'changed', state, events: [] };
    });
  const writes = [
    ...offers.map((offer) => keep(offer.gtin, (stored) => (replaces(offer, stored) ? withEarlierPrices(offer, stored) : undefined))),
    ...withdrawn.map((gtin) => keep(gtin, (stored) => withdrawnOffer(gtin, { retailerId, publishedAt }, stored))),
  ];
  for (let from = 0; from < writes.length; from += WRITES_AT_ONCE) await Promise.all(writes.slice(from, from + WRITES_AT_ONCE).map((write) => write()));
  await change(kinds.retailer, keys.retailer(retailerId), (retailer) => {
    if (retailer === undefined) return ignored('no-such-retailer');
    if (!areNewer({ terms, publishedAt }, retailer)) return ignored('older');
    return { kind: 'changed', state: { ...retailer, terms, offersPublishedAt: publishedAt }, events: [] };
  });
  return { taken: offers.length, withdrawn: withdrawn.length, refused };
}

/** As of offers: of two of the same instant the same stay, whichever comes first. */
function areNewer({ terms, publishedAt }: { terms: Terms; publishedAt: Instant }, { terms: stored, offersPublishedAt: at }: Retailer): boolean {
  if (at === undefined || at < publishedAt) return true;
  return at === publishedAt && canonicalJson(terms) > canonicalJson(stored);
}
