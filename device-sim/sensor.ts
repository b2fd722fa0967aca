/** What a slot's load cell sees of the truth, and what of it is worth telling. */
import { drawsOf, normal } from './random.ts';
import type { SlotSpec } from './simulation.ts';
import { tidy } from './shelf.ts';

/** One sample, in the slot's unit: noisy, in whole steps of the sensor, never below 0. The same moment always gives the same noise. */
export function sampleOf({ seed, thing }: { seed: number; thing: string }, { slot, noise, resolution }: SlotSpec, level: number, at: number): number {
  const seen = level + noise * normal(drawsOf(seed, thing, slot, 'noise', at));
  return tidy(Math.max(0, Math.round(seen / resolution) * resolution));
}

/** Standard deviation of a sample: its noise, and the rounding, which is uniform over one step and so has step²/12 of variance. */
export const uncertaintyOf = ({ noise, resolution }: Pick<SlotSpec, 'noise' | 'resolution'>): number => tidy(Math.sqrt(noise ** 2 + resolution ** 2 / 12));

/** A level that has fallen by less than this share of what the slot holds can wait; chosen by `npm run bench -- exception`. */
export const DEAD_BAND = 0.03;

const HOUR = 3_600_000;
/** Milliseconds after which a slot is told again whatever its level: whoever listens counts it as silent after 25 hours. */
export const TOLD_AGAIN_AFTER = 24 * HOUR;
/** Whose time would come before the next night goes along at night, or with another slot of the device. */
export const TOLD_ALONG_AFTER = 20 * HOUR;

/** Two samples of one level differ by less than this, as whoever listens reckons too: three deviations of their difference, and a step. */
const noiseBetween = (spec: SlotSpec): number => 3 * Math.SQRT2 * uncertaintyOf(spec) + spec.resolution;

export interface Change {
  readonly from: number | undefined;
  readonly to: number;
  readonly doorWasOpened: boolean;
}

/**
 * Report by exception. With the door closed only a change of two steps counts; after it was opened one step does, if it is not within the
 * noise (two standard deviations). What was put in and what has become empty is told at once, what was taken out when it has come to the
 * dead band: the counter of what was used loses nothing until then. More by no more than noise is none that was put in.
 */
export function isWorthTelling(spec: SlotSpec, { from, to, doorWasOpened }: Change, deadBand = DEAD_BAND): boolean {
  if (from === undefined) return true;
  const { noise, resolution, capacity } = spec;
  const steps = tidy(Math.abs(to - from) / resolution);
  const isSeen = doorWasOpened ? steps >= 1 && steps * resolution >= 2 * noise : steps >= 2;
  return isSeen && (to > from ? tidy(to - from) >= tidy(noiseBetween(spec)) : to === 0 || tidy(from - to) >= tidy(deadBand * capacity));
}
