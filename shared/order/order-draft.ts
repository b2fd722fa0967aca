/** An order while it is put together: what is wanted at one shop, and what that costs there. */
import type { Quote } from '../event-parts.ts';
import type { Instant } from '../values.ts';
import { quoteFor, type Wanted } from './quote.ts';
import type { Considered } from './record.ts';

export interface OrderDraft {
  readonly shop: Considered;
  readonly wanted: readonly Wanted[];
  readonly quote: Quote;
}

/** Undefined when the shop does not serve all of it. */
export function draftOf(shop: Considered, wanted: readonly Wanted[], now: Instant): OrderDraft | undefined {
  const { quote, unoffered } = quoteFor({ ...shop, wanted, now });
  return quote === undefined || unoffered.length > 0 ? undefined : { shop, wanted, quote };
}
