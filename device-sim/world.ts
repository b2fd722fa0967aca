/** The physical world in and around one device: its shelves, what people take out and carry in, and what a day came to. */
import { dayAfter, dayAt, instantAt } from './calendar.ts';
import type { Happening, Home, Kind } from './kind.ts';
import { drawsOf } from './random.ts';
import type { Said } from './recording.ts';
import { putAway, take, tidy, type Shelf, type Storage } from './shelf.ts';
import type { SlotSpec } from './simulation.ts';

/** A recording speaks in place of the sensor. */
export interface Recital {
  readonly kind: 'recital';
  readonly at: number;
  readonly said: Said;
}
export type Moment = Happening | Recital;

/** Minutes after midnight between which each device has its nightly heartbeat, at a minute of its own: nobody is at the door. */
const HEARTBEAT = { from: 180, to: 300 } as const;

/** Everything that will happen to a device after a product moment, in order of time, without end. A recording begins at that moment itself. */
export function* momentsAfter(home: Home, kind: Pick<Kind, 'happeningsOf'>, after: number, said: readonly Said[] = []): Generator<Moment, never> {
  const minute = HEARTBEAT.from + drawsOf(home.seed, home.thing, 'heartbeat')() * (HEARTBEAT.to - HEARTBEAT.from);
  const recitals = new Map<string, Recital[]>();
  for (const line of said) {
    const day = dayAt(line.at, home.timeZone);
    if (line.at >= after) recitals.set(day, [...(recitals.get(day) ?? []), { kind: 'recital', at: line.at, said: line }]);
  }
  for (let day = dayAt(after, home.timeZone); ; day = dayAfter(day)) {
    const heartbeat: Happening = { kind: 'heartbeat', at: instantAt(day, minute, home.timeZone), portions: [], counted: 0 };
    const happenings = [heartbeat, ...kind.happeningsOf(day)].filter(({ at }) => at > after);
    yield* [...happenings, ...(recitals.get(day) ?? [])].sort((a, b) => a.at - b.at);
  }
}

/** What was taken out of a slot, and what people wanted and did not find, in the slot's unit. */
export interface Eaten {
  readonly slot: string;
  readonly day: string;
  readonly taken: number;
  readonly missed: number;
}

export class World {
  readonly #home: Home;
  readonly #slots: readonly SlotSpec[];
  readonly #storage: Storage;
  readonly #shelves: Map<string, Shelf>;
  #today: { day: string; eaten: Map<string, Eaten> };

  constructor(home: Home, slots: readonly SlotSpec[], storage: Storage, startsAt: number) {
    this.#home = home;
    this.#slots = slots;
    this.#storage = storage;
    this.#shelves = new Map(slots.map(({ slot, initial }) => [slot, { level: initial, larder: [] }]));
    this.#today = { day: dayAt(startsAt, home.timeZone), eaten: new Map() };
  }

  levelOf(slot: string): number {
    return this.#shelf(slot).level;
  }

  /** Lets a moment happen. Answers what each portion really took, and what the day before came to once it is over. */
  live(moment: Moment): { taken: { slot: string; amount: number }[]; finished: Eaten[] } {
    const finished = this.#turnOfDay(dayAt(moment.at, this.#home.timeZone));
    const portions = moment.kind === 'recital' ? [] : moment.portions;
    const taken = portions.map(({ slot, amount }) => ({ slot, amount: this.#take(slot, amount) }));
    for (const { slot } of this.#slots) this.carryIn(slot);
    return { taken, finished };
  }

  carryIn(slot: string, packs: readonly number[] = []): void {
    const spec = this.#slots.find((candidate) => candidate.slot === slot);
    if (spec === undefined) return;
    const { capacity, unit } = spec;
    this.#shelves.set(slot, putAway(this.#shelf(slot), { capacity, unit, storage: this.#storage }, packs));
  }

  #take(slot: string, wanted: number): number {
    const { shelf, taken, missed } = take(this.#shelf(slot), wanted);
    this.#shelves.set(slot, shelf);
    const before = this.#today.eaten.get(slot) ?? { slot, day: this.#today.day, taken: 0, missed: 0 };
    this.#today.eaten.set(slot, { ...before, taken: tidy(before.taken + taken), missed: tidy(before.missed + missed) });
    return taken;
  }

  #turnOfDay(day: string): Eaten[] {
    if (day === this.#today.day) return [];
    const finished = [...this.#today.eaten.values()];
    this.#today = { day, eaten: new Map() };
    return finished;
  }

  #shelf(slot: string): Shelf {
    return this.#shelves.get(slot) ?? { level: 0, larder: [] };
  }
}
