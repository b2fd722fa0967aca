/** The physical world in and around one device: its shelves, what people take out and carry in, and what a day came to. */
import { dayAfter, dayAt, instantAt } from './calendar.ts';
import { drawsOf } from './random.ts';
import { mealsOf, type Home, type Meal } from './routine.ts';
import { putAway, take, tidy, type Shelf } from './shelf.ts';
import type { SlotSpec } from './simulation.ts';

/** Once a day, whatever happens, the device says that it lives. */
export interface Heartbeat {
  readonly kind: 'heartbeat';
  readonly at: number;
}
export type Moment = Meal | Heartbeat;

/** Minutes after midnight between which each device has its heartbeat, at a minute of its own: nobody is at the door. */
const HEARTBEAT = { from: 180, to: 300 } as const;

/** Everything that will happen to a device after a product moment, in order of time, without end. */
export function* momentsAfter(home: Home, slots: readonly SlotSpec[], after: number): Generator<Moment, never> {
  const minute = HEARTBEAT.from + drawsOf(home.seed, home.thing, 'heartbeat')() * (HEARTBEAT.to - HEARTBEAT.from);
  for (let day = dayAt(after, home.timeZone); ; day = dayAfter(day)) {
    const heartbeat: Heartbeat = { kind: 'heartbeat', at: instantAt(day, minute, home.timeZone) };
    const moments: Moment[] = [heartbeat, ...mealsOf(home, slots, day)];
    yield* moments.filter(({ at }) => at > after).sort((a, b) => a.at - b.at);
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
  readonly #shelves: Map<string, Shelf>;
  #today: { day: string; eaten: Map<string, Eaten> };

  constructor(home: Home, slots: readonly SlotSpec[], startsAt: number) {
    this.#home = home;
    this.#slots = slots;
    this.#shelves = new Map(slots.map(({ slot, initial }) => [slot, { level: initial, larder: [] }]));
    this.#today = { day: dayAt(startsAt, home.timeZone), eaten: new Map() };
  }

  levelOf(slot: string): number {
    return this.#shelf(slot).level;
  }

  /** Lets a moment happen. Answers what each portion really took, and what the day before came to once it is over. */
  live(moment: Moment): { taken: { slot: string; amount: number }[]; finished: Eaten[] } {
    const finished = this.#turnOfDay(dayAt(moment.at, this.#home.timeZone));
    const portions = moment.kind === 'meal' ? moment.portions : [];
    const taken = portions.map(({ slot, amount }) => ({ slot, amount: this.#take(slot, amount) }));
    for (const { slot } of this.#slots) this.carryIn(slot);
    return { taken, finished };
  }

  carryIn(slot: string, packs: readonly number[] = []): void {
    const spec = this.#slots.find((candidate) => candidate.slot === slot);
    if (spec !== undefined) this.#shelves.set(slot, putAway(this.#shelf(slot), spec, packs));
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
