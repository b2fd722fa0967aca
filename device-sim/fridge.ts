/** One fridge, top to bottom: it is switched on, people come and go, its load cells look, and it says what is worth saying. */
import { readingSchema, type Reading } from '../shared/device/telemetry.ts';
import { instantOf, millisOf, toBase } from '../shared/values.ts';
import type { Arrival } from './doorstep.ts';
import type { FridgeLine, Past, StockedLine } from './past.ts';
import type { Home } from './routine.ts';
import { isWorthTelling, sampleOf, uncertaintyOf } from './sensor.ts';
import { tidy } from './shelf.ts';
import type { SlotSpec, ThingSpec } from './simulation.ts';
import { momentsAfter, World, type Eaten, type Moment } from './world.ts';

export class Fridge {
  readonly thing: ThingSpec['thing'];
  readonly #slots: readonly SlotSpec[];
  readonly #home: Home;
  readonly #world: World;
  readonly #moments: Generator<Moment, never>;
  readonly #bootId: number;
  #upcoming: Moment;
  /** Carried in before, or waiting outside the door. */
  readonly #carriedIn: Set<string>;
  #outside: Arrival[] = [];
  #unwritten: Eaten[] = [];
  /** The firmware's memory, lost with the power. */
  #seq = 0;
  #doorOpenings = 0;
  readonly #used = new Map<string, number>();
  readonly #lastTold = new Map<string, number>();

  /** Life went on while the power was off: portions are a function of time, and the ledger says what was carried in and when. */
  constructor(spec: ThingSpec, home: Home, life: { startsAt: number; past: Past; switchedOnAt: number }) {
    this.thing = spec.thing;
    this.#slots = spec.slots;
    this.#home = home;
    this.#world = new World(home, spec.slots, life.startsAt);
    this.#moments = momentsAfter(home, spec.slots, life.startsAt);
    this.#bootId = life.past.lastBootId + 1;
    this.#carriedIn = new Set(life.past.stocked.map(({ arrival }) => arrival));
    this.#upcoming = this.#moments.next().value;
    this.#relive(life.past, life.switchedOnAt);
  }

  /** Product milliseconds. */
  get nextAt(): number {
    return this.#upcoming.at;
  }

  /** What it does with electricity: a new boot, and every slot is told once. */
  switchOn(now: number): FridgeLine[] {
    const boot: FridgeLine = { at: instantOf(now), kind: 'boot', thing: this.thing, bootId: this.#bootId };
    return [boot, ...this.#writeDown(now), ...this.#look(now, { tellsAll: true, doorWasOpened: false })];
  }

  /** Goods stand outside the door; whoever comes to the fridge next carries them in. */
  bring(arrivals: readonly Arrival[]): void {
    this.#outside.push(...arrivals.filter(({ id }) => !this.#carriedIn.has(id)));
  }

  /** Everything that happens up to and including now. */
  act(now: number): FridgeLine[] {
    const lines: FridgeLine[] = [];
    for (; this.#upcoming.at <= now; this.#upcoming = this.#moments.next().value) lines.push(...this.#live(this.#upcoming));
    return lines;
  }

  #live(moment: Moment): FridgeLine[] {
    const { taken, finished } = this.#world.live(moment);
    this.#unwritten.push(...finished);
    for (const { slot, amount } of taken) this.#used.set(slot, tidy((this.#used.get(slot) ?? 0) + amount));
    const stocked = this.#carryIn(moment.at);
    this.#doorOpenings += (moment.kind === 'meal' ? moment.doorOpenings : 0) + (stocked.length > 0 ? 1 : 0);
    const looks = { tellsAll: moment.kind === 'heartbeat', doorWasOpened: moment.kind === 'meal' || stocked.length > 0 };
    return [...this.#writeDown(moment.at), ...stocked, ...this.#look(moment.at, looks)];
  }

  #carryIn(at: number): StockedLine[] {
    const ready = this.#outside.filter((arrival) => arrival.at <= at);
    this.#outside = this.#outside.filter((arrival) => arrival.at > at);
    return ready.flatMap((arrival) => {
      this.#carriedIn.add(arrival.id);
      const place = placeFor(this.#slots, arrival.gtin);
      if (place === undefined || arrival.packs === 0) return [];
      const { slot, unit } = place.spec;
      this.#world.carryIn(
        slot,
        Array.from({ length: arrival.packs }, () => place.packAmount),
      );
      const { orderId, gtin, packs } = arrival;
      const amount = tidy(packs * place.packAmount);
      return [{ at: instantOf(at), kind: 'stocked', thing: this.thing, slot, orderId, gtin, arrival: arrival.id, packs, amount, unit }];
    });
  }

  #look(at: number, { tellsAll, doorWasOpened }: { tellsAll: boolean; doorWasOpened: boolean }): FridgeLine[] {
    return this.#slots.flatMap((spec): FridgeLine[] => {
      const sample = sampleOf(this.#home, spec, this.#world.levelOf(spec.slot), at);
      if (!tellsAll && !isWorthTelling(spec, { from: this.#lastTold.get(spec.slot), to: sample, doorWasOpened })) return [];
      const reading = this.#readingOf(spec, sample, at);
      return [{ at: reading.sampledAt, kind: 'reading', thing: this.thing, bootId: reading.bootId, seq: reading.seq, reading }];
    });
  }

  #readingOf(spec: SlotSpec, sample: number, at: number): Reading {
    this.#seq += 1;
    this.#lastTold.set(spec.slot, sample);
    const doorOpenings = this.#doorOpenings;
    this.#doorOpenings = 0;
    return readingSchema.parse({
      bootId: this.#bootId,
      seq: this.#seq,
      sampledAt: instantOf(at),
      slot: spec.slot,
      level: { amount: sample, unit: spec.unit },
      uncertainty: uncertaintyOf(spec),
      usage: this.#used.get(spec.slot) ?? 0,
      doorOpenings,
    });
  }

  /** What each finished day came to, for the auditor; a restart writes down only what no line says yet. */
  #writeDown(now: number): FridgeLine[] {
    return this.#unwritten.splice(0).map(({ slot, day, taken, missed }) => {
      const unit = this.#slots.find((spec) => spec.slot === slot)?.unit ?? 'piece';
      return { at: instantOf(now), kind: 'consumed', thing: this.thing, slot, day, taken, missed, unit };
    });
  }

  #relive({ stocked, consumedUntil, livedUntil }: Past, switchedOnAt: number): void {
    const toCarryIn = [...stocked];
    const carryInBefore = (at: number): void => {
      for (let line = toCarryIn[0]; line !== undefined && millisOf(line.at) < at; line = toCarryIn[0]) {
        this.#world.carryIn(line.slot, Array<number>(line.packs).fill(tidy(line.amount / line.packs)));
        toCarryIn.shift();
      }
    };
    // A moment at the very time of switching on is still to come, unless the life before has already lived it.
    for (; this.#upcoming.at < switchedOnAt || this.#upcoming.at <= livedUntil; this.#upcoming = this.#moments.next().value) {
      carryInBefore(this.#upcoming.at);
      this.#unwritten.push(...this.#world.live(this.#upcoming).finished.filter(({ day }) => day > consumedUntil));
    }
    carryInBefore(Infinity);
  }
}

/** The slot that holds a product and what one pack adds there, in the slot's unit; what fits nowhere goes into a cupboard. */
export function placeFor(slots: readonly SlotSpec[], gtin: string): { spec: SlotSpec; packAmount: number } | undefined {
  for (const spec of slots) {
    const product = spec.products.find((candidate) => candidate.gtin === gtin);
    if (product === undefined) continue;
    return { spec, packAmount: tidy(toBase(product.pack).amount / toBase({ amount: 1, unit: spec.unit }).amount) };
  }
  return undefined;
}
