/** What the brake has to know of the supplies that were bought without a person: how fast each goes, and how much a full shelf is. */
import { braked, type SupplyForecast } from '../../shared/order/mandate/brake.ts';
import type { Quote } from '../../shared/event-parts.ts';
import type { Spend } from '../../shared/order/mandate/spend.ts';
import { forecastOfSnapshot, snapshot } from '../../shared/supply/snapshot.ts';
import type { Instant } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { load } from '../runtime/store.ts';

/** Supplies that are gone are left out: nothing forecasts them, so the brake counts them on neither side. */
export async function forecastsFor({ householdId, prices }: Spend, quote: Quote, now: Instant): Promise<SupplyForecast[]> {
  const supplies = await Promise.all(braked(prices, quote, now).map((supplyId) => load(kinds.supply, keys.supply(householdId, supplyId))));
  return supplies.flatMap((stored) => {
    if (stored === undefined) return [];
    const figures = snapshot(stored.state, now);
    return [{ supplyId: stored.state.supplyId, perDay: forecastOfSnapshot(figures).meanPerDay, orderUpTo: figures.orderUpTo }];
  });
}
