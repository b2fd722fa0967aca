/** Offers and perks as a shop publishes and withdraws them: line by line, and only what was published later replaces. */
import { canonicalJson } from '../../shared/digest.ts';
import { withCheapWindow } from '../../shared/retailer/cheap-window.ts';
import {
  isOffer,
  replaces,
  takeOffers,
  withdrawnOffer,
  withEarlierPrices,
  type KeptOffer,
  type OffersPublished,
  type Terms,
} from '../../shared/retailer/offer.ts';
import { perksReplace, type KeptPerks } from '../../shared/retailer/perk.ts';
import type { Retailer } from '../../shared/retailer/retailer.ts';
import { cheapAgainst } from '../../shared/retailer/usual-price.ts';
import { ignored, type Gtin, type Instant } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { change } from '../runtime/store.ts';

/** A few at a time: five hundred at once would only make each other wait. */
const WRITES_AT_ONCE = 10;
/** What was published later stands, and stays. */
const OLDER = 'older';

export async function takePublishedOffers({ retailerId }: Retailer, message: OffersPublished) {
  const { publishedAt } = message.data;
  const { terms, offers, withdrawn, perks, refused } = takeOffers(message, retailerId);
  const keep = (gtin: Gtin, next: (stored: KeptOffer | undefined) => KeptOffer | undefined) => async () => {
    let before: KeptOffer | undefined;
    const written = await change(kinds.offer, keys.offer(retailerId, gtin), (stored) => {
      before = stored;
      const state = next(stored);
      if (state !== undefined) return { kind: 'changed', state, events: [] };
      return ignored(stored !== undefined && stored.publishedAt > publishedAt ? OLDER : 'as-it-stands');
    });
    await noteCheap(before, written.kind === 'changed' ? written.state : before);
    return written;
  };
  const writes = [
    ...offers.map((offer) => keep(offer.gtin, (stored) => (replaces(offer, stored) ? withEarlierPrices(offer, stored) : undefined))),
    ...withdrawn.map((gtin) => keep(gtin, (stored) => withdrawnOffer(gtin, { retailerId, publishedAt }, stored))),
  ];
  let superseded = 0;
  for (let from = 0; from < writes.length; from += WRITES_AT_ONCE) {
    const written = await Promise.all(writes.slice(from, from + WRITES_AT_ONCE).map((write) => write()));
    superseded += written.filter((done) => done.kind === 'ignored' && done.reason === OLDER).length;
  }
  await change(kinds.retailer, keys.retailer(retailerId), (retailer) => {
    if (retailer === undefined) return ignored('no-such-retailer');
    const isNewer = areNewer({ terms, publishedAt }, retailer);
    const newPerks = newerPerks(perks, retailer);
    if (!isNewer && newPerks === undefined) return ignored(OLDER);
    const state = { ...retailer, ...(isNewer && { terms, offersPublishedAt: publishedAt }), ...(newPerks && { perks: newPerks }) };
    return { kind: 'changed', state, events: [] };
  });
  return { taken: offers.length, withdrawn: withdrawn.length, superseded, ...(perks && { perks: perks.perks.length }), refused };
}

/** Most offers are as they were and cost nothing here. A repeat finishes what a crash in between has left. */
async function noteCheap(before: KeptOffer | undefined, offer: KeptOffer | undefined): Promise<void> {
  const now = productNow();
  if (offer === undefined || ![before, offer].some((one) => one !== undefined && isOffer(one) && cheapAgainst(one, now) !== undefined)) return;
  await change(kinds.cheapWindow, keys.cheapWindow(offer.retailerId, offer.gtin), (kept) => {
    const state = withCheapWindow(kept, offer, now);
    return state === undefined || canonicalJson(state) === canonicalJson(kept ?? null) ? ignored('as-it-stands') : { kind: 'changed', state, events: [] };
  });
}

/** A message that says nothing of perks leaves them, so each list has a time of its own. */
const newerPerks = (incoming: KeptPerks | undefined, { perks: stored }: Retailer): KeptPerks | undefined =>
  incoming !== undefined && perksReplace(incoming, stored) ? incoming : undefined;

/** As of offers: of two of the same instant the same stay, whichever comes first. */
function areNewer({ terms, publishedAt }: { terms: Terms; publishedAt: Instant }, { terms: stored, offersPublishedAt: at }: Retailer): boolean {
  if (at === undefined || at < publishedAt) return true;
  return at === publishedAt && canonicalJson(terms) > canonicalJson(stored);
}
