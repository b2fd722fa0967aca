/** When the price of a heating's fuel is looked at, although the tank is not low: fill-while-cheap.ts. */
import { instantOf, type Instant } from '../../values.ts';
import { dayNumber } from '../heat/heat-season.ts';
import { snapshot, type SupplySnapshot } from '../snapshot.ts';
import { isDoubted } from '../trust/trust.ts';
import type { Supply } from '../supply.ts';

/** Below this much of the way from the reorder point to the order-up-to level there is room enough for a delivery that is worth its journey. */
const ROOM_SHARE = 0.5;

const isInWindow = ({ position, reorderPoint, orderUpTo }: SupplySnapshot): boolean =>
  position > reorderPoint && position <= reorderPoint + ROOM_SHARE * (orderUpTo - reorderPoint);

/** Whether a lower price would be news to it. */
export function watchesPrice(supply: Supply, now: Instant): boolean {
  const { settings, heat, need, lowSince, removedAt } = supply;
  if (heat === undefined || settings.stockUpWhenCheap !== true || settings.neverBuy || removedAt !== undefined) return false;
  return need === undefined && lowSince === undefined && !isDoubted(supply) && isInWindow(snapshot(supply, now));
}

/** Shops have published the day's prices by then. A moment of the day, so that no reading puts it off. */
const ASKED_AT_HOUR = 7;
const DAY_MILLIS = 86_400_000;

/** When the price is asked for next, where it is watched. */
export const priceDue = (now: Instant): Instant => instantOf((Math.floor(dayNumber(now) - ASKED_AT_HOUR / 24) + 1 + ASKED_AT_HOUR / 24) * DAY_MILLIS);
