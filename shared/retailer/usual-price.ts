/** What a product usually costs at a shop, by the history that its offer keeps. */
import { addDuration, daysBetween, duration, euros, latest, type Instant, type Money } from '../values.ts';
import type { Offer } from './offer.ts';

/** A price before that is history. */
const REMEMBERED_DAYS = 120;
/** Shorter than this nobody knows what is usual. */
const WATCHED_DAYS_MIN = 21;

/** Cheap is a tenth below the usual price; less is how prices are. */
const CHEAP_SHARE = 0.9;

/** The usual price of an offer that is cheap now. */
export function cheapAgainst(offer: Parameters<typeof usualPrice>[0] | undefined, now: Instant): Money | undefined {
  const usual = offer && usualPrice(offer, now);
  return usual !== undefined && offer !== undefined && offer.price.amountMinor <= usual.amountMinor * CHEAP_SHARE ? usual : undefined;
}

/** The price that stood for half of the time: offers of a week move it little. Undefined while too little is known. @returns per pack */
export function usualPrice(
  { price, priceSince, publishedAt, earlierPrices = [] }: Pick<Offer, 'price' | 'priceSince' | 'publishedAt' | 'earlierPrices'>,
  now: Instant,
): Money | undefined {
  const begin = addDuration(now, duration(-REMEMBERED_DAYS, 'days'));
  const prices = [...earlierPrices, { price, since: priceSince ?? publishedAt }];
  const stood = prices.map(({ price: then, since }, index) => ({
    minor: then.amountMinor,
    days: Math.max(0, daysBetween(latest(since, begin), prices[index + 1]?.since ?? now)),
  }));
  const watched = stood.reduce((sum, { days }) => sum + days, 0);
  if (watched < WATCHED_DAYS_MIN) return undefined;
  let sofar = 0;
  const median = stood.sort((a, b) => a.minor - b.minor).find(({ days }) => (sofar += days) >= watched / 2);
  return median && euros(median.minor);
}
