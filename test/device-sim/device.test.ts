import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Arrival } from '../../device-sim/doorstep.ts';
import { Device } from '../../device-sim/device.ts';
import { fridge } from '../../device-sim/fridge.ts';
import { heating } from '../../device-sim/heating.ts';
import type { Home } from '../../device-sim/kind.ts';
import { ledgerLineSchema } from '../../device-sim/ledger.ts';
import { noPast, pastsOf, type DeviceLine } from '../../device-sim/past.ts';
import type { ThingSpec } from '../../device-sim/simulation.ts';
import { tv } from '../../device-sim/tv.ts';
import { momentsAfter } from '../../device-sim/world.ts';
import { orderIdSchema, type Gtin } from '../../shared/values.ts';
import { batteriesGtin, butter, day, eggs, eggsGtin, fridgeSpec, heatingSpec, milk, milkGtin, oilGtin, startsAt, timeZone, tvSpec } from './examples.ts';

const kindOf = (spec: ThingSpec, home: Home) => ({ fridge, heating, tv })[spec.type](spec, home);
const homeOf = (seed: number, spec: ThingSpec): Home => ({ seed, thing: spec.thing, timeZone });

function plug(seed: number, ledger: DeviceLine[], switchedOnAt: number, spec: ThingSpec): Device {
  const past = pastsOf(ledger.map((line) => ledgerLineSchema.parse(line))).get(spec.thing) ?? noPast();
  return new Device(spec, kindOf(spec, homeOf(seed, spec)), homeOf(seed, spec), { startsAt, switchedOnAt, past });
}

/** The product moment of each of the device's own first moments. */
function momentOf(seed: number, index: number, spec: ThingSpec): number {
  const moments = momentsAfter(homeOf(seed, spec), kindOf(spec, homeOf(seed, spec)), startsAt);
  for (let skipped = 0; skipped < index; skipped += 1) moments.next();
  return moments.next().value.at;
}

/** Lives until `end`, with the power cut at each of `cuts`; goods stand at the door from the start of each arrival. */
function live(
  seed: number,
  end: number,
  { cuts = [], arrivals = [], spec = fridgeSpec() }: { cuts?: number[]; arrivals?: Arrival[]; spec?: ThingSpec } = {},
): DeviceLine[] {
  const ledger: DeviceLine[] = [];
  const stops = [...[...cuts].sort((a, b) => a - b), end];
  let now = startsAt;
  for (const stop of stops) {
    const device = plug(seed, ledger, now, spec);
    device.bring(arrivals);
    ledger.push(...device.switchOn(now));
    while (device.nextAt <= stop) ledger.push(...device.act(device.nextAt));
    now = stop;
  }
  return ledger;
}

const of = <Kind extends DeviceLine['kind']>(lines: DeviceLine[], kind: Kind) =>
  lines.filter((line): line is Extract<DeviceLine, { kind: Kind }> => line.kind === kind);
const delivery = (id: string, atDay: number, gtin: Gtin, packs: number): Arrival => ({
  id,
  at: startsAt + atDay * day,
  orderId: orderIdSchema.parse(`ord_${id.replace('.', '-')}`),
  gtin,
  packs,
});

const gapsOf = (times: number[]): number[] => times.slice(1).map((at, index) => at - (times[index] ?? 0));

describe('a fridge', () => {
  it('says with the same seed what it has always said', () => {
    const arrivals = [delivery('0.0', 1.1, milkGtin, 6), delivery('1.0', 3.4, eggsGtin, 2), delivery('2.0', 8.2, milkGtin, 3)];
    const text = live(42, startsAt + 30 * day, { arrivals }).map((line) => JSON.stringify(line));
    expect(text).toHaveLength(229);
    expect(createHash('sha256').update(text.join('\n')).digest('hex')).toBe('ebb7fb39335b2eb93f5e3bc27c30773132cfcf85c644ec9e5c452fbf1b98aaac');
  });

  it('tells every slot when it is switched on, numbers its readings without a gap, and says each slot at least once in 24 hours', () => {
    const readings = of(live(1, startsAt + 30 * day), 'reading').map(({ reading }) => reading);
    expect(readings.slice(0, 3).map(({ slot, usage }) => [slot, usage])).toEqual([
      ['milk', 0],
      ['eggs', 0],
      ['butter', 0],
    ]);
    expect(readings.map(({ seq }) => seq)).toEqual(readings.map((_, index) => index + 1));
    for (const slot of ['milk', 'eggs', 'butter']) {
      const times = readings.filter((reading) => reading.slot === slot).map(({ sampledAt }) => Date.parse(sampledAt));
      // An hour less than a slot may be silent, whatever the clocks do at night.
      expect(Math.max(...gapsOf(times))).toBeLessThanOrEqual(24 * 3_600_000);
    }
  });

  it('reports by exception: on a day without consumption only the heartbeat', () => {
    const still = { ...fridgeSpec(), slots: [milk, eggs, butter].map((slot) => ({ ...slot, usePerDay: 0, noise: 0 })) };
    expect(of(live(3, startsAt + 10 * day, { spec: still }), 'reading')).toHaveLength(3 + 10 * 3);
  });

  it('lets no heartbeat follow a word of less than twenty hours ago, and all that are near theirs go at once', () => {
    const busy = { ...fridgeSpec(), slots: [{ ...milk, noise: 0, usePerDay: 3 }, eggs, { ...butter, usePerDay: 0, noise: 0 }] };
    const readings = of(live(6, startsAt + 20 * day, { spec: busy, arrivals: [delivery('0.0', 1.1, milkGtin, 60)] }), 'reading');
    const told = new Map<string, { at: string; level: number }>();
    for (const { at, reading } of readings) {
      const last = told.get(reading.slot);
      if (last?.level === reading.level.amount) expect(Date.parse(at) - Date.parse(last.at)).toBeGreaterThanOrEqual(20 * 3_600_000);
      told.set(reading.slot, { at, level: reading.level.amount });
    }
    // Nothing happens to the butter; a night and a day after it was switched on it is at its hour, and stays there.
    expect(readings.filter(({ reading }) => reading.slot === 'butter').length).toBeLessThanOrEqual(22);
  });

  it('says a level that falls as it is used, and the use since its boot', () => {
    const lines = live(7, startsAt + 1.9 * day);
    const eaten = of(lines, 'reading')
      .map(({ reading }) => reading)
      .filter(({ slot }) => slot === 'eggs');
    for (const { level, usage } of eaten) expect(level.amount + (usage ?? 0)).toBe(8);
    expect(eaten.at(-1)?.usage).toBeGreaterThan(0);
    const openings = of(lines, 'reading').reduce((sum, { reading }) => sum + (reading.doorOpenings ?? 0), 0);
    expect(openings).toBeGreaterThanOrEqual(4);
  });

  it('never has less than nothing, and writes down what a household did without', () => {
    const lines = live(8, startsAt + 12 * day);
    const consumed = of(lines, 'consumed').filter(({ slot }) => slot === 'milk');
    expect(consumed.reduce((sum, { taken }) => sum + taken, 0)).toBeCloseTo(1.2, 5);
    expect(consumed.reduce((sum, { missed }) => sum + missed, 0)).toBeGreaterThan(2);
    expect(of(lines, 'reading').every(({ reading }) => reading.level.amount >= 0)).toBe(true);
  });

  it('puts goods from the doorstep on their shelf, in the slot’s unit, once', () => {
    const arrivals = [delivery('0.0', 1.5, milkGtin, 2), delivery('0.1', 1.5, eggsGtin, 1)];
    const lines = live(9, startsAt + 4 * day, { arrivals });
    expect(of(lines, 'stocked').map(({ slot, amount, unit, packs }) => ({ slot, amount, unit, packs }))).toEqual([
      { slot: 'milk', amount: 2, unit: 'l', packs: 2 },
      { slot: 'eggs', amount: 10, unit: 'piece', packs: 1 },
    ]);
    const stockedAt = of(lines, 'stocked')[0]?.at ?? '';
    expect(Date.parse(stockedAt)).toBeGreaterThanOrEqual(startsAt + 1.5 * day);
    const after = of(lines, 'reading').find(({ at, reading }) => at >= stockedAt && reading.slot === 'milk');
    expect(after?.reading.level.amount).toBeGreaterThan(1.8);
  });
});

describe('every device', () => {
  it.each([
    ['fridge', fridgeSpec(), milkGtin],
    ['heating', heatingSpec(), oilGtin],
    ['tv', tvSpec(), batteriesGtin],
  ] as const)('%s lives the same life however often the power is cut: consumption and goods are not changed by a restart', (_type, spec, gtin) => {
    const arrivals = [delivery('0.0', 1.1, gtin, 6), delivery('1.0', 3.4, gtin, 2), delivery('2.0', 8.2, gtin, 3)];
    const end = startsAt + 14 * day;
    // At any time, and at the very moment at which somebody is at the door.
    const cutAt = fc.oneof(fc.record({ days: fc.double({ min: 0, max: 13.9, noNaN: true }) }), fc.record({ moment: fc.nat(50) }));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000 }), fc.array(cutAt, { maxLength: 6 }), (seed, cutsAt) => {
        const cuts = cutsAt.map((cut) => ('days' in cut ? startsAt + cut.days * day : momentOf(seed, cut.moment, spec))).filter((at) => at < end);
        const whole = live(seed, end, { arrivals, spec });
        const cut = live(seed, end, { arrivals, cuts, spec });
        const facts = (lines: DeviceLine[]) => [
          ...of(lines, 'consumed').map(({ slot, day: date, taken, missed }) => ({ slot, date, taken, missed })),
          ...of(lines, 'stocked'),
        ];
        expect(facts(cut)).toEqual(facts(whole));
        expect(of(cut, 'boot').map(({ bootId }) => bootId)).toEqual(Array.from({ length: cuts.length + 1 }, (_, index) => index + 1));
        const names = of(cut, 'reading').map(({ bootId, seq }) => `${bootId}/${seq}`);
        expect(new Set(names).size).toBe(names.length);
        // No slot is silent for longer than a day, switched off and on before or not.
        for (const { slot } of spec.slots) {
          const times = of(cut, 'reading').flatMap(({ at, reading }) => (reading.slot === slot ? [Date.parse(at)] : []));
          expect(Math.max(...gapsOf([...times, end]))).toBeLessThanOrEqual(day);
        }
      }),
      { numRuns: 25 },
    );
  });
});
