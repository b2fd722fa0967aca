/**
 * How a shop misbehaves when it is told to: drawn from the seed and the order's id, written into the order's plan when it comes in, and carried
 * out from there, so a crash changes no misfortune either.
 */
import { z } from 'zod';
import type { Chance } from './chance.ts';

export const mishapSchema = z.enum([
  'shop-slow',
  'shop-out-of-stock',
  'shop-answered-twice',
  'shop-answered-out-of-order',
  'shop-answered-early',
  'shop-answered-late',
  'shop-answered-5xx',
  'shop-redirected',
  'shop-body-slow',
  'shop-body-huge',
  'shop-signed-wrongly',
  'shop-price-raised',
  'shop-asked-too-much',
]);
export type Mishap = z.infer<typeof mishapSchema>;

/** Of the orders of a shop of ordinary proneness. */
const SHARE: Record<Mishap, number> = {
  'shop-slow': 0.08,
  'shop-out-of-stock': 0.05,
  'shop-answered-twice': 0.1,
  'shop-answered-out-of-order': 0.1,
  'shop-answered-early': 0.1,
  'shop-answered-late': 0.06,
  'shop-answered-5xx': 0.06,
  'shop-redirected': 0.04,
  'shop-body-slow': 0.04,
  'shop-body-huge': 0.04,
  'shop-signed-wrongly': 0.06,
  'shop-price-raised': 0.06,
  'shop-asked-too-much': 0.04,
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** @param faults the kinds that may happen, @param proneness 1 is ordinary */
export function mishapsOf(orderId: string, faults: readonly string[], proneness: number, chance: Chance): Mishap[] {
  const drawn = mishapSchema.options.filter((mishap) => faults.includes(mishap) && chance(orderId, 'mishap', mishap) < SHARE[mishap] * proneness);
  // Nobody answers both before the question has ended and after days.
  return drawn.includes('shop-answered-early') ? drawn.filter((mishap) => mishap !== 'shop-answered-late') : drawn;
}

/** Wall milliseconds until the webhook is answered: seconds as a rule, and now and then longer than any platform waits (15 s). */
export function slowMillis(orderId: string, chance: Chance): number {
  const draw = chance(orderId, 'how slow');
  return draw < 0.15 ? 15_500 : Math.round(300 + draw * 2_500);
}

/** How often an answer that takes its time says a little: for a second or two, and now and then for longer than anybody listens. */
export const drips = (orderId: string, chance: Chance): number =>
  chance(orderId, 'how many drips') < 0.1 ? 110 : 4 + Math.round(chance(orderId, 'drips') * 10);

/** Either the answer itself comes after `acceptBefore` (a day at most), or the word about a delivery that has long been made. */
export const isDeliveryToldLate = (orderId: string, chance: Chance): boolean => chance(orderId, 'what is late') < 0.4;
export const latenessMillis = (orderId: string, chance: Chance): number => Math.round((25 + chance(orderId, 'how late') * 40) * HOUR);

/** Which of its three messages (1 to 3) something happens to; a rejection is the only one of its order. */
export const messageInQuestion = (orderId: string, mishap: Mishap, of: number, chance: Chance): number => 1 + Math.floor(chance(orderId, mishap, 'which') * of);

/** After the message that it should have come before. */
export const HELD_BACK_MILLIS = 10 * MINUTE;
/** The same again, as from a second machine that did not know of the first. */
export const ECHO_AFTER_MILLIS = 7 * MINUTE;
