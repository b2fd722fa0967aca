/** Goods that stand outside the slot, seen by no sensor: a delivery puts them there, a refill takes them. */
import { duration, durationBetween, type Instant } from '../values.ts';
import { writeOffDue } from './due.ts';
import { isModelled, roundAmount } from './stock.ts';
import type { Supply } from './supply.ts';

/** Notes since when the slot has been empty beside a pantry that is not: it cannot stay so if the goods are really there. */
export function watchEmptySlot(supply: Supply, now: Instant): Supply {
  const isEmpty = supply.lastReading !== undefined && supply.pantry > 0 && supply.onHand < supply.demand.portion;
  if (isEmpty === (supply.slotEmptySince !== undefined)) return supply;
  const { slotEmptySince: _slotEmptySince, ...next } = supply;
  return isEmpty ? { ...next, slotEmptySince: now } : next;
}

/** Without this, goods that went another way would count as stock for ever and nothing would be ordered again. */
export function writeOffPantry(supply: Supply, now: Instant): Supply {
  if (!supply.slotEmptySince || isModelled(supply, now) || now < writeOffDue(supply, supply.slotEmptySince)) return supply;
  const next = { ...supply, pantry: 0 };
  delete next.slotEmptySince;
  return next;
}

/** Remembers goods that have come, so that somebody who scans them in afterwards does not count them again. */
export const noteArrival = (supply: Supply, amount: number, now: Instant): Supply =>
  amount > 0 ? { ...supply, arrived: { amount: roundAmount(arrivedLately(supply, now) + amount), at: now } } : supply;

/** Bags are unpacked on the day on which they come. */
const LATELY = duration(24, 'hours');
export const arrivedLately = ({ arrived }: Supply, now: Instant): number => (arrived && durationBetween(arrived.at, now) < LATELY ? arrived.amount : 0);

/**
 * Goods said to be received go to the pantry, but for those that were already seen on the shelf.
 * @param outstanding what is still on its way afterwards; more than that cannot have come early
 */
export function stockPantry(supply: Supply, received: number, outstanding: number): Supply {
  const matched = Math.min(supply.early, received);
  const added = received - matched;
  const next = { ...supply, pantry: roundAmount(supply.pantry + added), early: roundAmount(Math.min(supply.early - matched, outstanding)) };
  if (added > 0) delete next.slotEmptySince;
  return next;
}
