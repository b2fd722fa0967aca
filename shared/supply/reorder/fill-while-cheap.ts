/**
 * Filling a tank because it is cheap, although it is not low yet: only a heating's, only where the household has allowed to buy more while it is
 * cheap, only when half of what an order brings has room, and only for more than holding it costs. It opens a need like any other, so that the
 * household is asked, or a mandate's bounds decide.
 */
import type { Instant } from '../../values.ts';
import { tell, type Told } from '../need.ts';
import { snapshot } from '../snapshot.ts';
import type { Supply } from '../supply.ts';
import { watchesPrice } from './cheap-window.ts';
import { daysToOwnOrder, holdingMinor } from './join.ts';

/** A pack at the shop where it is cheapest, in cents. */
export interface PriceNow {
  readonly unitMinor: number;
  /** What it usually costs there: shared/retailer/usual-price.ts. */
  readonly usualMinor: number;
}

export const filledWhileCheap = (told: Told, now: Instant, price: PriceNow | undefined): Told =>
  price !== undefined && watchesPrice(told.supply, now) && savesMore(told.supply, now, price) ? tell(told, now, 'cheap') : told;

/** More than to hold it until it would have been ordered by itself. */
const savesMore = (supply: Supply, now: Instant, { unitMinor, usualMinor }: PriceNow): boolean =>
  usualMinor - unitMinor > holdingMinor(unitMinor, daysToOwnOrder(snapshot(supply, now)));
