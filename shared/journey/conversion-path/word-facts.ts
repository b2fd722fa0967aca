/** What a message may say by name. */
import type { Quote } from '../../event-parts.ts';
import { formatMoney } from '../message-wording.ts';
import type { WordFacts } from './fill-words.ts';

interface Named {
  readonly household: string;
  readonly item: string | undefined;
  readonly order: { readonly quote: Quote } | undefined;
  readonly shop: string | undefined;
}
export function wordFactsOf({ household, item, order, shop }: Named): WordFacts {
  const quote = order?.quote;
  return {
    household,
    ...(item !== undefined && { item: item.charAt(0).toUpperCase() + item.slice(1) }),
    ...(shop !== undefined && { shop }),
    ...(quote !== undefined && {
      goods: quote.lineItems.map(({ quantity, title }) => `${String(quantity)} × ${title}`).join(', '),
      total: { de: formatMoney(quote.total, 'de'), en: formatMoney(quote.total, 'en') },
    }),
  };
}
