/** What proves which terms a person was shown. Beside the schemas, because the page that shows them makes it too and carries no schema. */
import { digest } from '../digest.ts';
import type { Money } from '../values.ts';

/** As `mandateTermsSchema` describes them. */
export interface HashedTerms {
  readonly gtins: readonly string[];
  readonly categories?: readonly string[] | undefined;
  readonly retailers: readonly string[];
  readonly perOrderMax: Money;
  readonly perMonthMax: Money;
  readonly ordersPerWeekMax: number;
  readonly validFrom: string;
  readonly endsAt: string;
}

/** 64 hex digits: all limits and nothing else. Terms without categories hash as they did before there were any. */
export function termsHash(terms: HashedTerms): string {
  const { gtins, categories, retailers, perOrderMax, perMonthMax, ordersPerWeekMax, validFrom, endsAt } = terms;
  return digest({ gtins, categories, retailers, perOrderMax, perMonthMax, ordersPerWeekMax, validFrom, endsAt }, 64);
}
