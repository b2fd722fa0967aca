/** How a shop's keys are changed without a message being refused: for a day the keys of before stand beside the new ones, both ways. */
import { addDuration, duration, ignored, rejected, type Instant, type Outcome } from '../values.ts';
import type { Retailer } from './retailer.ts';

/** As Standard Webhooks recommends. */
export const OVERLAP = duration(24, 'hours');

type Keys = Pick<Retailer, 'keyGeneration' | 'previousKeyUntil'>;

/** The generations that sign, and that are believed; the newest first. */
export const generationsOf = ({ keyGeneration, previousKeyUntil }: Keys, now: Instant): number[] =>
  keyGeneration > 1 && previousKeyUntil !== undefined && now < previousKeyUntil ? [keyGeneration, keyGeneration - 1] : [keyGeneration];

/**
 * The next generation of both directions' keys. Rejected with `rotation-under-way` while an earlier change lasts: it would end the keys that
 * the shop may still be using.
 * @param from the generation that whoever asks knows to be current, so that a repeat rotates once
 */
export function rotateKeys(retailer: Retailer, from: number, now: Instant): Outcome<Retailer, never> {
  if (from === retailer.keyGeneration - 1) return ignored('rotated-already');
  if (from !== retailer.keyGeneration) return rejected('another-generation');
  if (generationsOf(retailer, now).length > 1) return rejected('rotation-under-way');
  return { kind: 'changed', state: { ...retailer, keyGeneration: from + 1, previousKeyUntil: addDuration(now, OVERLAP) }, events: [] };
}
