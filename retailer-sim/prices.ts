/** What an article costs, and for how long a price holds that was published. */
import type { RetailerSettings } from './simulation.ts';

/** Half a day longer than until the next publication, so that one which is late leaves no gap. */
export const OFFER_VALID = 36 * 3_600_000;

/** What an article costs at an instant. */
export function priceAt({ gtin, priceMinor }: RetailerSettings['catalogue'][number], promotions: RetailerSettings['promotions'], at: number): number {
  const cheaper = promotions.find((one) => one.gtin === gtin && Date.parse(one.from) <= at && at < Date.parse(one.until));
  return cheaper?.priceMinor ?? priceMinor;
}

/** A price that it has published holds for as long as it said, so that an order at the price of yesterday is taken. */
export const isPriceThatHolds = (
  article: RetailerSettings['catalogue'][number],
  promotions: RetailerSettings['promotions'],
  { unitPriceMinor, at }: { readonly unitPriceMinor: number; readonly at: number },
): boolean => [at, at - OFFER_VALID].some((then) => priceAt(article, promotions, then) === unitPriceMinor);
