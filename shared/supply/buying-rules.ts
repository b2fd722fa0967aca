/** What bounds every quote for a supply, whoever asks for it: what the household avoids, and the shops that a person has allowed for the item. */
import type { Household } from '../household/household.ts';
import type { Wanted } from '../order/quote.ts';
import type { Supply } from './supply.ts';
import type { RetailerId } from '../values.ts';

export function buyingRules({ settings, productLine, need }: Supply, household: Household | undefined): Pick<Wanted, 'category' | 'shops' | 'avoid'> {
  const shops = shopsToAsk(settings.shops, need?.refusedBy, household);
  return { category: productLine, ...(shops && { shops }), ...(household?.avoid && { avoid: household.avoid }) };
}

/** Shops that refused this need are not asked again while there are others; when all have refused, the pauses between rounds are what is left. */
function shopsToAsk(allowed: Supply['settings']['shops'], refusedBy: readonly RetailerId[] | undefined, household: Household | undefined): Wanted['shops'] {
  if (refusedBy === undefined) return allowed;
  const linked = new Set(household?.shops.map(({ retailerId }) => retailerId));
  const others = (allowed ?? [...linked]).filter((shop) => linked.has(shop) && !refusedBy.includes(shop));
  return others.length > 0 ? others : allowed;
}
