import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Arrival } from '../../device-sim/doorstep.ts';
import { Fridge } from '../../device-sim/fridge.ts';
import { ledgerLineSchema } from '../../device-sim/ledger.ts';
import { noPast, pastsOf, type FridgeLine } from '../../device-sim/past.ts';
import { orderIdSchema } from '../../shared/values.ts';
import { momentsAfter } from '../../device-sim/world.ts';
import { butter, day, eggs, eggsGtin, fridgeSpec, milk, milkGtin, startsAt, thing, timeZone } from './examples.ts';

const plug = (seed: number, ledger: FridgeLine[], switchedOnAt: number) =>
  new Fridge(
    fridgeSpec(),
    { seed, thing, timeZone },
    { startsAt, switchedOnAt, past: pastsOf(ledger.map((line) => ledgerLineSchema.parse(line))).get(thing) ?? noPast() },
  );

/** The product moment of each of the fridge's own first moments. */
function momentOf(seed: number, index: number): number {
  const moments = momentsAfter({ seed, thing, timeZone }, fridgeSpec().slots, startsAt);
  for (let skipped = 0; skipped < index; skipped += 1) moments.next();
  return moments.next().value.at;
}

/** Lives until `end`, with the power cut at each of `cuts`; goods stand at the door from the start of each arrival. */
function live(seed: number, end: number, { cuts = [], arrivals = [] }: { cuts?: number[]; arrivals?: Arrival[] } = {}): FridgeLine[] {
  const ledger: FridgeLine[] = [];
  const stops = [...[...cuts].sort((a, b) => a - b), end];
  let now = startsAt;
  for (const stop of stops) {
    const fridge = plug(seed, ledger, now);
    fridge.bring(arrivals);
    ledger.push(...fridge.switchOn(now));
    while (fridge.nextAt <= stop) ledger.push(...fridge.act(fridge.nextAt));
    now = stop;
  }
  return ledger;
}

const of = <Kind extends FridgeLine['kind']>(lines: FridgeLine[], kind: Kind) =>
  lines.filter((line): line is Extract<FridgeLine, { kind: Kind }> => line.kind === kind);
const delivery = (id: string, atDay: number, gtin: typeof milkGtin, packs: number): Arrival => ({
  id,
  at: startsAt + atDay * day,
  orderId: orderIdSchema.parse(`ord_${id.replace('.', '-')}`),
  gtin,
  packs,
});

describe('a fridge', () => {
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
      // The night on which the clocks change makes a local day of 25 or 23 hours.
      expect(Math.max(...times.slice(1).map((at, index) => at - (times[index] ?? 0)))).toBeLessThanOrEqual(25 * 3_600_000);
    }
  });

  it('reports by exception: on a day without consumption only the heartbeat', () => {
    const still = { ...fridgeSpec(), slots: [milk, eggs, butter].map((slot) => ({ ...slot, usePerDay: 0, noise: 0 })) };
    const fridge = new Fridge(still, { seed: 3, thing, timeZone }, { startsAt, switchedOnAt: startsAt, past: noPast() });
    const lines = [...fridge.switchOn(startsAt), ...fridge.act(startsAt + 10 * day)];
    expect(of(lines, 'reading')).toHaveLength(3 + 10 * 3);
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

  it('lives the same life however often the power is cut: consumption and goods are not changed by a restart', () => {
    const arrivals = [delivery('0.0', 1.1, milkGtin, 6), delivery('1.0', 3.4, eggsGtin, 2), delivery('2.0', 8.2, milkGtin, 3)];
    const end = startsAt + 14 * day;
    // At any time, and at the very moment at which somebody is at the door.
    const cutAt = fc.oneof(fc.record({ days: fc.double({ min: 0, max: 13.9, noNaN: true }) }), fc.record({ moment: fc.nat(50) }));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000 }), fc.array(cutAt, { maxLength: 6 }), (seed, cutsAt) => {
        const cuts = cutsAt.map((cut) => ('days' in cut ? startsAt + cut.days * day : momentOf(seed, cut.moment)));
        const whole = live(seed, end, { arrivals });
        const cut = live(seed, end, { arrivals, cuts });
        const facts = (lines: FridgeLine[]) => [
          ...of(lines, 'consumed').map(({ slot, day: date, taken, missed }) => ({ slot, date, taken, missed })),
          ...of(lines, 'stocked'),
        ];
        expect(facts(cut)).toEqual(facts(whole));
        expect(of(cut, 'boot').map(({ bootId }) => bootId)).toEqual(Array.from({ length: cuts.length + 1 }, (_, index) => index + 1));
        const names = of(cut, 'reading').map(({ bootId, seq }) => `${bootId}/${seq}`);
        expect(new Set(names).size).toBe(names.length);
        // Every slot speaks at the heartbeat, switched off and on before or not.
        const heartbeats = (lines: FridgeLine[]) => of(lines, 'reading').map(({ reading }) => `${reading.sampledAt} ${reading.slot} ${reading.level.amount}`);
        const atNight = heartbeats(whole).filter((text) => /T0[1-4]:/.test(text));
        expect(atNight.length).toBeGreaterThanOrEqual(13 * 3);
        expect(heartbeats(cut)).toEqual(expect.arrayContaining(atNight));
      }),
      { numRuns: 25 },
    );
  });
});
