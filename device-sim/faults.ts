/**
 * What goes wrong with the devices when it is switched on: when, for whom and how badly follows from the seed alone, so that a run can be repeated
 * and a restart meets the same day without net.
 */
import { duration } from '../shared/values.ts';
import type { DeviceFault, ReadingLine } from './past.ts';
import { drawsOf, pick } from './random.ts';

/** A fault that lasts, of one device. Product milliseconds. */
export interface Span {
  readonly fault: 'device-offline' | 'clock-wrong';
  readonly thing: string;
  readonly from: number;
  readonly until: number;
  /** How far its clock is ahead; 0 for a device that is offline. */
  readonly clockErrorMillis: number;
}

/** Every ten days each kind has its turn, and once more for every twenty devices. */
const BLOCK = duration(10, 'days');
/** The clock counts whole milliseconds: a moment between two of them would be one that never comes. */
const daysIn = (days: number): number => Math.round(duration(days, 'days'));
const THINGS_PER_TURN = 20;
const OFFLINE = duration(1, 'days');
/** The first turn comes early, so that a run of three days sees it begin and end; later ones leave the block's last day alone. */
const FIRST_WITHIN_DAYS = 1.4;
const CLOCK_DAYS = { least: 1, most: 3 } as const;
const CLOCK_MINUTES = { least: 3, most: 40 } as const;
/** Of all readings one in twenty is said twice, and of all windows of several readings every second leaves backwards: there are few, for a device says little. */
const DUPLICATED_SHARE = 0.05;
const REVERSED_SHARE = 0.5;

interface Around {
  readonly seed: number;
  readonly startsAt: number;
  readonly things: readonly string[];
  readonly kinds: readonly string[];
}

export class Faults {
  readonly #around: Around;
  readonly #blocks = new Map<number, readonly Span[]>();

  constructor(around: Around) {
    this.#around = around;
  }

  isOn(fault: DeviceFault): boolean {
    return this.#around.kinds.includes(fault);
  }

  /** The fault of this kind that a device has at a moment. */
  spanAt(fault: Span['fault'], thing: string, at: number): Span | undefined {
    return this.#spansOf(this.#blockAt(at)).find((span) => span.fault === fault && span.thing === thing && span.from <= at && at < span.until);
  }

  clockErrorAt(thing: string, at: number): number {
    return this.spanAt('clock-wrong', thing, at)?.clockErrorMillis ?? 0;
  }

  /** The next moment after `at` at which a device goes off the net or comes back; null when none ever does. */
  nextChangeAfter(at: number): number | null {
    if (!this.isOn('device-offline') || this.#around.things.length === 0) return null;
    const block = this.#blockAt(at);
    const moments = [block, block + 1].flatMap((index) => this.#spansOf(index).filter(({ fault }) => fault === 'device-offline'));
    return Math.min(...moments.flatMap(({ from, until }) => [from, until]).filter((moment) => moment > at));
  }

  isDuplicated({ thing, bootId, seq }: ReadingLine): boolean {
    return this.isOn('reading-duplicated') && drawsOf(this.#around.seed, thing, 'duplicated', bootId, seq)() < DUPLICATED_SHARE;
  }

  /** Asked with the first reading of a window that holds several. */
  isReversed({ thing, bootId, seq }: ReadingLine): boolean {
    return this.isOn('reading-out-of-order') && drawsOf(this.#around.seed, thing, 'reversed', bootId, seq)() < REVERSED_SHARE;
  }

  #blockAt(at: number): number {
    return Math.max(0, Math.floor((at - this.#around.startsAt) / BLOCK));
  }

  #spansOf(block: number): readonly Span[] {
    const spans = this.#blocks.get(block) ?? this.#drawBlock(block);
    this.#blocks.set(block, spans);
    return spans;
  }

  #drawBlock(block: number): Span[] {
    const { things, seed, startsAt } = this.#around;
    const turns = Math.ceil(things.length / THINGS_PER_TURN);
    return Array.from({ length: turns }, (_, turn) => {
      const draw = drawsOf(seed, 'faults', block, turn);
      const [first, ...others] = things;
      if (first === undefined) return [];
      const begins = startsAt + block * BLOCK;
      const victim = (): string => pick(draw, [first, ...others]);
      const early = (lastsDays: number): number => begins + daysIn(0.2 + draw() * ((block === 0 ? FIRST_WITHIN_DAYS : 9 - lastsDays) - 0.2));
      const offline = (): Span => {
        const from = early(1);
        return { fault: 'device-offline', thing: victim(), from, until: from + OFFLINE, clockErrorMillis: 0 };
      };
      const clock = (direction: 1 | -1, half: 0 | 1): Span => {
        const days = CLOCK_DAYS.least + draw() * (CLOCK_DAYS.most - CLOCK_DAYS.least);
        const from = begins + daysIn(half * 5 + 0.2 + draw());
        const minutes = CLOCK_MINUTES.least + draw() * (CLOCK_MINUTES.most - CLOCK_MINUTES.least);
        const clockErrorMillis = direction * Math.round(duration(minutes, 'minutes'));
        return { fault: 'clock-wrong', thing: victim(), from, until: from + daysIn(days), clockErrorMillis };
      };
      return [offline(), clock(1, 0), clock(-1, 1)].filter(({ fault }) => this.isOn(fault));
    }).flat();
  }
}

export const noFaults = new Faults({ seed: 0, startsAt: 0, things: [], kinds: [] });
