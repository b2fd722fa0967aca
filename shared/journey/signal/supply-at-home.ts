/** A supply as signals ask of it. */
import { snapshot } from '../../supply/snapshot.ts';
import { forecastOf } from '../../supply/forecast/forecast-of.ts';
import type { Supply } from '../../supply/supply.ts';
import type { Instant, RetailerId } from '../../values.ts';
import type { SupplyAtHome } from './concern.ts';

/** @param shops that the household has linked */
export function supplyAtHome(supply: Supply, shops: readonly RetailerId[], now: Instant): SupplyAtHome {
  const { onHand, pantry, projectedStockout, leadTime } = snapshot(supply, now);
  const { supplyId, name, productLine, products, settings, heat } = supply;
  return {
    ...{ supplyId, name, productLine, isHeating: heat !== undefined, neverBuy: settings.neverBuy === true },
    ...{ gtins: products.map(({ gtin }) => gtin), inHouse: onHand + pantry, perDay: forecastOf(supply, now).meanPerDay },
    ...{ lasts: { p10: projectedStockout.p10, p50: projectedStockout.median }, leadTimeDays: leadTime.meanDays, shops: settings.shops ?? shops },
  };
}
