/** What makes a fridge a fridge: what is done with it on one local day, and how its goods are kept. All the rest is the same for every device: device.ts. */
import type { Storage } from './shelf.ts';

/** Whose device it is; everything that is drawn for it is drawn from this. */
export interface Home {
  readonly seed: number;
  readonly thing: string;
  readonly timeZone: string;
}

/** What is taken out of one slot, in the slot's unit. */
export interface Portion {
  readonly slot: string;
  readonly amount: number;
}

/** Something that is done with a device, or that it does by itself, at one product moment. */
export interface Happening {
  /** Product milliseconds. */
  readonly at: number;
  /** `visit`: somebody is at the device; `look`: it measures; `heartbeat`: whatever has not been told for long is told. */
  readonly kind: 'visit' | 'look' | 'heartbeat';
  readonly portions: readonly Portion[];
  /** Adds to what the kind counts. */
  readonly counted: number;
}

export interface Kind {
  readonly storage: Storage;
  /** What its readings count beside the goods, since the last reading. */
  readonly counts?: 'doorOpenings' | 'viewedMinutes';
  /** What its readings say of the weather. */
  outdoorCelsiusAt?(at: number): number;
  /** What happens on a local day apart from the heartbeat, in any order: a pure function, so that the past can be lived again after a crash. */
  happeningsOf(day: string): readonly Happening[];
}
