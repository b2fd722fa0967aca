/** What bounds every quote for a supply, whoever asks for it: what the household avoids, and the shops that a person has allowed for the item. */
import type { Household } from '../household/household.ts';
import type { Wanted } from '../order/quote.ts';
import type { Supply } from './supply.ts';

export const buyingRules = ({ settings, productLine }: Supply, household: Household | undefined): Pick<Wanted, 'category' | 'shops' | 'avoid'> => ({
  category: productLine,
  ...(settings.shops && { shops: settings.shops }),
  ...(household?.avoid && { avoid: household.avoid }),
});
