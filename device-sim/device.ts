/** One device, top to bottom: it is switched on, things happen to it, its sensors look, and it says what is worth saying. Its kind says what happens. */
import { readingSchema, type Reading } from '../shared/device/telemetry.ts';
import { instantOf, millisOf, toBase } from '../shared/values.ts';
import type { Arrival } from './doorstep.ts';
import type { Happening, Home, Kind } from './kind.ts';
import type { DeviceLine, Past, StockedLine } from './past.ts';
import type { Said } from './recording.ts';
import { isWorthTelling, sampleOf, TOLD_AGAIN_AFTER, TOLD_ALONG_AFTER, uncertaintyOf } from './sensor.ts';
import { tidy } from './shelf.ts';
import type { SlotSpec, ThingSpec } from './simulation.ts';
import { momentsAfter, World, type Eaten, type Moment } from './world.ts';

/** What a counter of a reading may say at the most; between two heartbeats nothing comes near it. */
const COUNTED_MOST = 1_440;
const SHOWN_MOST = 1_000;

/** How long a device has lived, and what is peculiar to this life. */
export interface Life {
  readonly startsAt: number;
  readonly past: Past;
  readonly switchedOnAt: number;
  /** A recording that speaks in place of the sensors of its slots. */
  readonly said?: readonly Said[];
  /** How far the device's clock is ahead of product time, in milliseconds. */
  readonly clockErrorAt?: (at: number) => number;
}

export class Device {
  readonly thing: ThingSpec['thing'];
  readonly #slots: readonly SlotSpec[];
  readonly #home: Home;
  readonly #kind: Kind;
  readonly #world: World;
  readonly #moments: Generator<Moment, never>;
  readonly #bootId: number;
  readonly #clockErrorAt: (at: number) => number;
  /** Slots that a recording speaks for. */
  readonly #recited: ReadonlySet<string>;
  #upcoming: Moment;
  /** Carried in before, or waiting outside the door. */
  readonly #carriedIn: Set<string>;
  #outside: Arrival[] = [];
  #unwritten: Eaten[] = [];
  /** The firmware's memory, lost with the power. */
  #seq = 0;
  #counted = 0;
  #shown = 0;
  readonly #used = new Map<string, number>();
  readonly #lastTold = new Map<string, { readonly level: number; readonly at: number }>();

  /** Life went on while the power was off: portions are a function of time, and the ledger says what was carried in and when. */
  constructor(spec: ThingSpec, kind: Kind, home: Home, { startsAt, past, switchedOnAt, said = [], clockErrorAt = () => 0 }: Life) {
    this.thing = spec.thing;
    this.#slots = spec.slots;
    this.#home = home;
    this.#kind = kind;
    this.#recited = new Set(said.map(({ slot }) => slot));
    this.#world = new World(home, spec.slots, kind.storage, startsAt);
    this.#moments = momentsAfter(home, without(kind, this.#recited), startsAt, said);
    this.#bootId = past.lastBootId + 1;
    this.#clockErrorAt = clockErrorAt;
    this.#carriedIn = new Set(past.stocked.map(({ arrival }) => arrival));
    this.#upcoming = this.#moments.next().value;
    this.#relive(past, switchedOnAt);
  }

  /** Product milliseconds. */
  get nextAt(): number {
    return Math.min(this.#heartbeatAt, this.#upcoming.at);
  }

  /** What it does with electricity: a new boot, and every slot is told once. */
  switchOn(now: number): DeviceLine[] {
    const boot: DeviceLine = { at: instantOf(now), kind: 'boot', thing: this.thing, bootId: this.#bootId };
    return [boot, ...this.#writeDown(now), ...this.#look(now, 'start')];
  }

  /** Goods stand outside the door; whoever comes to the device next carries them in. */
  bring(arrivals: readonly Arrival[]): void {
    this.#outside.push(...arrivals.filter(({ id }) => !this.#carriedIn.has(id)));
  }

  /** So many messages came onto its screen; its next reading says so. */
  showed(messages: number): void {
    this.#shown = Math.min(SHOWN_MOST, this.#shown + messages);
  }

  /** Everything that happens up to and including now. */
  act(now: number): DeviceLine[] {
    const lines: DeviceLine[] = [];
    while (this.nextAt <= now) {
      // A heartbeat is no moment of the household's life: nothing happens but that it is told.
      if (this.#heartbeatAt < this.#upcoming.at) {
        lines.push(...this.#look(this.#heartbeatAt, 'heartbeat'));
        continue;
      }
      lines.push(...this.#live(this.#upcoming));
      this.#upcoming = this.#moments.next().value;
    }
    return lines;
  }

  /** When a slot would otherwise have been silent for too long. */
  get #heartbeatAt(): number {
    return Math.min(...Array.from(this.#lastTold.values(), (told) => told.at + TOLD_AGAIN_AFTER));
  }

  #live(moment: Moment): DeviceLine[] {
    const { taken, finished } = this.#world.live(moment);
    this.#unwritten.push(...finished);
    for (const { slot, amount } of taken) this.#use(slot, amount);
    const stocked = this.#carryIn(moment.at);
    const lines = [...this.#writeDown(moment.at), ...stocked];
    if (moment.kind === 'recital') return [...lines, this.#recite(moment.said)];
    const putIn = this.#kind.counts === 'doorOpenings' && stocked.length > 0 ? 1 : 0;
    this.#counted = Math.min(COUNTED_MOST, this.#counted + moment.counted + putIn);
    return [...lines, ...this.#look(moment.at, stocked.length > 0 ? 'visit' : moment.kind)];
  }

  #use(slot: string, amount: number): void {
    this.#used.set(slot, tidy((this.#used.get(slot) ?? 0) + amount));
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

  #look(at: number, why: Happening['kind'] | 'start'): DeviceLine[] {
    return this.#slots.flatMap((spec): DeviceLine[] => {
      if (this.#recited.has(spec.slot)) return [];
      const sample = sampleOf(this.#home, spec, this.#world.levelOf(spec.slot), at);
      if (why !== 'start' && !this.#isWorthTelling(spec, { sample, at, why })) return [];
      this.#lastTold.set(spec.slot, { level: sample, at });
      const celsius = this.#kind.outdoorCelsiusAt?.(at);
      return [this.#say(spec, at, { level: { amount: sample, unit: spec.unit }, usage: this.#used.get(spec.slot) ?? 0, ...weather(celsius) })];
    });
  }

  /** A heartbeat is for those that have not been told for long; what looks by itself tells these too. */
  #isWorthTelling(spec: SlotSpec, { sample, at, why }: { sample: number; at: number; why: Happening['kind'] }): boolean {
    const told = this.#lastTold.get(spec.slot);
    if (why !== 'visit' && (told === undefined || at - told.at >= TOLD_ALONG_AFTER)) return true;
    return why !== 'heartbeat' && isWorthTelling(spec, { from: told?.level, to: sample, doorWasOpened: why === 'visit' });
  }

  #recite({ slot, at, level, unit, used, outdoorCelsius }: Said): DeviceLine {
    if (used !== undefined) this.#use(slot, used);
    const spec = this.#slots.find((candidate) => candidate.slot === slot);
    const usage = used === undefined ? {} : { usage: this.#used.get(slot) ?? 0 };
    return this.#say({ slot, noise: spec?.noise ?? 0, resolution: spec?.resolution ?? 0 }, at, {
      level: { amount: level, unit },
      ...usage,
      ...weather(outdoorCelsius),
    });
  }

  #say(spec: Pick<SlotSpec, 'slot' | 'noise' | 'resolution'>, at: number, sensed: Pick<Reading, 'level' | 'usage' | 'outdoorCelsius'>): DeviceLine {
    this.#seq += 1;
    const clockError = this.#clockErrorAt(at);
    const reading = readingSchema.parse({
      ...{ bootId: this.#bootId, seq: this.#seq, sampledAt: instantOf(at + clockError), slot: spec.slot, uncertainty: uncertaintyOf(spec), ...sensed },
      ...(this.#kind.counts !== undefined && { [this.#kind.counts]: this.#counted }),
      ...(this.#shown > 0 && { messagesShown: this.#shown }),
    });
    this.#counted = 0;
    this.#shown = 0;
    const { bootId, seq } = reading;
    const trueAt = instantOf(at);
    return { at: trueAt, kind: 'reading', thing: this.thing, bootId, seq, reading, ...(clockError !== 0 && { trueAt }) };
  }

  /** What each finished day came to, for the auditor; a restart writes down only what no line says yet. */
  #writeDown(now: number): DeviceLine[] {
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

/** A recorded slot is not emptied a second time. */
const without = (kind: Kind, recited: ReadonlySet<string>): Pick<Kind, 'happeningsOf'> => ({
  happeningsOf: (day) => kind.happeningsOf(day).map((happening) => ({ ...happening, portions: happening.portions.filter(({ slot }) => !recited.has(slot)) })),
});

const weather = (outdoorCelsius: number | undefined) => (outdoorCelsius === undefined ? {} : { outdoorCelsius });

/** The slot that holds a product and what one pack adds there, in the slot's unit; what fits nowhere goes into a cupboard. */
export function placeFor(slots: readonly SlotSpec[], gtin: string): { spec: SlotSpec; packAmount: number } | undefined {
  for (const spec of slots) {
    const product = spec.products.find((candidate) => candidate.gtin === gtin);
    if (product === undefined) continue;
    return { spec, packAmount: tidy(toBase(product.pack).amount / toBase({ amount: 1, unit: spec.unit }).amount) };
  }
  return undefined;
}
