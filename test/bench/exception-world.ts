/** What a household does with the slots of its fridges, and what `observe` makes of what a rule lets the device say. */
import { fridge } from '../../device-sim/fridge.ts';
import type { Happening, Home } from '../../device-sim/kind.ts';
import { sampleOf, TOLD_AGAIN_AFTER, TOLD_ALONG_AFTER, uncertaintyOf, type Change } from '../../device-sim/sensor.ts';
import { tidy } from '../../device-sim/shelf.ts';
import type { SlotSpec } from '../../device-sim/simulation.ts';
import { momentsAfter } from '../../device-sim/world.ts';
import { articles } from '../../infra/local/scenario/articles.ts';
import { homes } from '../../infra/local/scenario/homes.ts';
import type { Shelf } from '../../infra/local/scenario/shelves.ts';
import { supplyBody } from '../../infra/local/run/supply-body.ts';
import { readingSchema, type Reading } from '../../shared/device/telemetry.ts';
import { projectedStockout } from '../../shared/supply/forecast/forecast.ts';
import { forecastOf } from '../../shared/supply/forecast/forecast-of.ts';
import { newSupply, supplyConfigSchema } from '../../shared/supply/new-supply.ts';
import { observe } from '../../shared/supply/observe.ts';
import { stockAt } from '../../shared/supply/stock.ts';
import type { Supply } from '../../shared/supply/supply.ts';
import { gtinSchema, instantOf, millisOf, thingNameSchema } from '../../shared/values.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const STARTS_AT = Date.parse('2026-03-02T05:00:00.000Z');
const LEARNING_DAYS = 14;
const DAYS = 42;
/** Long enough to know when what is there at the end would have run out. */
const AFTERWARDS_DAYS = 30;
const LOOKS_PER_DAY = 4;
const SEED = 1;
const TIME_ZONE = 'Europe/Berlin';

export interface Rule {
  readonly name: string;
  /** Instead of after visits and in heartbeats. */
  readonly everyMinutes?: number;
  readonly tells: (spec: SlotSpec, change: Change) => boolean;
}

export interface RuleFigures {
  readonly messagesPerDay: number;
  readonly writesPerDay: number;
  /** Mean absolute error of the projected stockout. */
  readonly errorDays: number;
}

/** One slot and everything that happens at its fridge. */
export interface Life {
  readonly home: Home;
  readonly shelf: Shelf;
  readonly spec: SlotSpec;
  readonly moments: readonly Happening[];
}

export function livesOf(): Life[] {
  return homes.flatMap(({ things }) =>
    things
      .filter(({ type }) => type === 'fridge')
      .flatMap(({ thing, shelves }) => {
        const home: Home = { seed: SEED, thing, timeZone: TIME_ZONE };
        const slots = shelves.map(specOf);
        const kind = fridge({ thing: thingNameSchema.parse(thing), type: 'fridge', certificates: '', slots }, home);
        const moments: Happening[] = [];
        for (const moment of momentsAfter(home, kind, STARTS_AT)) {
          if (moment.kind === 'recital' || moment.at > STARTS_AT + (DAYS + AFTERWARDS_DAYS) * DAY) break;
          moments.push(moment);
        }
        return shelves.map((shelf, index): Life => ({ home, shelf, spec: slots[index] ?? specOf(shelf), moments }));
      }),
  );
}

function specOf({ article, slot, capacity, initial, noise, resolution, usePerDay, portion }: Shelf): SlotSpec {
  const { gtin, pack, unit } = articles[article];
  return {
    ...{ slot, unit, capacity, initial, noise, resolution, usePerDay, portion },
    products: [{ gtin: gtinSchema.parse(gtin), pack: { amount: pack, unit } }],
  };
}

export function runRule(rule: Rule, lives: readonly Life[]): RuleFigures {
  const each = lives.map((life) => new Watched(life, rule).live());
  const mean = (of: (one: RuleFigures) => number): number => each.reduce((sum, one) => sum + of(one), 0) / each.length;
  return { messagesPerDay: mean((one) => one.messagesPerDay), writesPerDay: mean((one) => one.writesPerDay), errorDays: mean((one) => one.errorDays) };
}

/** A slot whose household buys in time by itself, so that what is in it does not depend on what we hear. */
class Watched {
  readonly #life: Life;
  readonly #rule: Rule;
  #supply: Supply;
  #level: number;
  #used = 0;
  #seq = 0;
  #told: number | undefined;
  #toldAt = Infinity;
  #writes = 0;
  #errors: number[] = [];

  constructor(life: Life, rule: Rule) {
    this.#life = life;
    this.#rule = rule;
    this.#level = life.spec.initial;
    const config = { ...supplyBody(life.shelf, { thing: life.home.thing, leadTimeDays: 1.2 }), supplyId: 'sup_bench', householdId: 'hh_bench' };
    this.#supply = newSupply(supplyConfigSchema.parse(config), instantOf(STARTS_AT), 'fridge');
  }

  live(): RuleFigures {
    const { moments } = this.#life;
    let next = 0;
    for (let hour = 1; hour <= DAYS * 24; hour += 1) {
      const until = STARTS_AT + hour * HOUR;
      const readings: Reading[] = [...this.#say(until - HOUR, 'first')];
      for (let tick = until - HOUR; this.#rule.everyMinutes !== undefined && tick < until; tick += this.#rule.everyMinutes * 60_000) {
        for (; (moments[next]?.at ?? Infinity) <= tick; next += 1) this.#happen(moments[next]);
        readings.push(...this.#say(tick, 'look'));
      }
      for (; (moments[next]?.at ?? Infinity) <= until; next += 1) {
        const againAt = this.#toldAt + TOLD_AGAIN_AFTER;
        if (this.#rule.everyMinutes === undefined && againAt < (moments[next]?.at ?? until)) readings.push(...this.#say(againAt, 'heartbeat'));
        this.#happen(moments[next]);
        if (this.#rule.everyMinutes === undefined) readings.push(...this.#say(moments[next]?.at ?? until, moments[next]?.kind ?? 'look'));
      }
      if (readings.length > 0) this.#hear(readings, until);
      if (hour > LEARNING_DAYS * 24 && hour % (24 / LOOKS_PER_DAY) === 0) this.#judge(until, next);
    }
    const errorDays = this.#errors.reduce((sum, error) => sum + error, 0) / this.#errors.length;
    return { messagesPerDay: this.#seq / DAYS, writesPerDay: this.#writes / DAYS, errorDays };
  }

  #happen(moment: Happening | undefined): void {
    const { shelf, spec } = this.#life;
    const wanted = moment?.portions.filter(({ slot }) => slot === shelf.slot).reduce((sum, { amount }) => sum + amount, 0) ?? 0;
    const taken = Math.min(wanted, this.#level);
    this.#level = tidy(this.#level - taken);
    this.#used = tidy(this.#used + taken);
    if (moment?.kind !== 'visit' || this.#level > spec.usePerDay / 2) return;
    const { pack } = articles[shelf.article];
    const packs = Math.max(1, Math.min(Math.floor((spec.capacity - this.#level) / pack), Math.ceil((spec.usePerDay * shelf.coverDays) / pack)));
    this.#level = tidy(this.#level + packs * pack);
  }

  #say(at: number, kind: Happening['kind'] | 'first'): Reading[] {
    const { home, spec } = this.#life;
    if (kind === 'first' && this.#told !== undefined) return [];
    const sample = sampleOf(home, spec, this.#level, at);
    if (kind === 'heartbeat' && at - this.#toldAt < TOLD_ALONG_AFTER) return [];
    if (kind === 'visit' && !this.#rule.tells(spec, { from: this.#told, to: sample, doorWasOpened: true })) return [];
    this.#told = sample;
    this.#toldAt = at;
    this.#seq += 1;
    const level = { amount: sample, unit: spec.unit };
    const named = { bootId: 1, seq: this.#seq, sampledAt: instantOf(at), slot: spec.slot };
    return [readingSchema.parse({ ...named, level, usage: this.#used, uncertainty: uncertaintyOf(spec) })];
  }

  #hear(readings: readonly Reading[], at: number): void {
    const observed = observe(this.#supply, readings, instantOf(at));
    this.#supply = observed.supply;
    if (observed.changed) this.#writes += 1;
  }

  /** Against when the household, which goes on as it does, would have used up what is there. */
  #judge(at: number, next: number): void {
    const runsOut = this.#usedUpAt(next);
    if (runsOut === undefined || this.#level <= 0) return;
    const now = instantOf(at);
    const { onHand, pantry } = stockAt(this.#supply, now);
    const { median } = projectedStockout(forecastOf(this.#supply, now), { position: onHand + pantry, now });
    this.#errors.push(Math.abs(millisOf(median) - runsOut) / DAY);
  }

  #usedUpAt(next: number): number | undefined {
    const { moments, shelf } = this.#life;
    let left = this.#level;
    for (const { at, portions } of moments.slice(next)) {
      for (const { slot, amount } of portions) if (slot === shelf.slot) left = tidy(left - amount);
      if (left <= 0) return at;
    }
    return undefined;
  }
}
