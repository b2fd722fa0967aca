/** Until when an order would still come before the shelf is empty. */
import { addDuration, duration, type Instant } from '../../values.ts';
import { medianStockout } from '../forecast/forecast.ts';
import { forecastOf } from '../forecast/forecast-of.ts';
import { effectiveDays } from './lead-time.ts';
import { stockAt } from '../stock.ts';
import type { Supply } from '../supply.ts';

/** When the shelf runs out, and the last moment at which an order would still come in time, as far as the medians go. */
export function lastCall(supply: Supply, now: Instant): { stockoutAt: Instant; orderBy: Instant } {
  const { onHand, pantry } = stockAt(supply, now);
  const stockoutAt = medianStockout(forecastOf(supply, now), { position: onHand + pantry, now });
  return { stockoutAt, orderBy: addDuration(stockoutAt, duration(-effectiveDays(supply.leadTime), 'days')) };
}
