/** An order while it is put together: what is wanted at one shop, and what that costs there. */
import type { LineItem, Quote } from '../event-parts.ts';
import type { Offer } from '../retailer/offer.ts';
import type { Instant } from '../values.ts';
import { quoteFor, type Wanted } from './quote.ts';
import type { Considered } from './record.ts';

export interface OrderDraft {
  readonly shop: Considered;
  readonly wanted: readonly Wanted[];
  readonly quote: Quote;
}

/** What a line was priced by. */
export const offerOf = ({ offers }: Considered, line: Pick<LineItem, 'gtin' | 'sku'> | undefined): Offer | undefined =>
  offers.find(({ gtin, sku }) => gtin === line?.gtin && sku === line.sku);

/** Undefined when the shop does not serve all of it. */
export function draftOf(shop: Considered, wanted: readonly Wanted[], now: Instant): OrderDraft | undefined {
  const { quote, unoffered } = quoteFor({ ...shop, wanted, now });
  return quote === undefined || unoffered.length > 0 ? undefined : { shop, wanted, quote };
}
