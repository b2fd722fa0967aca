/** A supply as signals ask of it. */
import { snapshot } from '../../supply/snapshot.ts';
import { forecastOf } from '../../supply/forecast/forecast-of.ts';
import type { Supply } from '../../supply/supply.ts';
import type { Instant, RetailerId } from '../../values.ts';
import type { SupplyAtHome } from './concern.ts';

/** @param shops that the household has linked */
export function supplyAtHome(supply: Supply, shops: readonly RetailerId[], now: Instant): SupplyAtHome {
  const { onHand, pantry, projectedStockout, leadTime } = snapshot(supply, now);
  const { supplyId, name, productLine, products, settings, heat, orders } = supply;
  const came = Object.values(orders).filter(({ received }) => received > 0);
  return {
    ...{ supplyId, name, productLine, isHeating: heat !== undefined, neverBuy: settings.neverBuy === true },
    ...{ gtins: products.map(({ gtin }) => gtin), inHouse: onHand + pantry, perDay: forecastOf(supply, now).meanPerDay },
    ...{ lasts: { p10: projectedStockout.p10, p50: projectedStockout.median }, leadTimeDays: leadTime.meanDays, shops: settings.shops ?? shops },
    // No shop says of which lot its packs are, nor which of several products it was: each may have come.
    delivered: came.flatMap(({ finishedAt }) => products.map(({ gtin }) => ({ gtin, at: finishedAt ?? now }))),
  };
}
