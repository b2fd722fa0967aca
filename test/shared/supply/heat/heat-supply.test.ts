import { describe, expect, test } from 'vitest';
import { readingSchema, type Reading } from '../../../../shared/device/telemetry.ts';
import { projectedStockout } from '../../../../shared/supply/forecast/forecast.ts';
import { forecastOf } from '../../../../shared/supply/forecast/forecast-of.ts';
import { unitsPerDegreeDay } from '../../../../shared/supply/heat/heat.ts';
import { newSupply, supplyConfigSchema } from '../../../../shared/supply/new-supply.ts';
import { observe } from '../../../../shared/supply/observe.ts';
import { recomputeSnapshot, snapshot, supplySnapshotSchema } from '../../../../shared/supply/snapshot.ts';
import { stockAt } from '../../../../shared/supply/stock.ts';
import { supplySchema, type Supply } from '../../../../shared/supply/supply.ts';
import { takeByHand } from '../../../../shared/supply/by-hand.ts';
import { daysBetween } from '../../../../shared/values.ts';
import { day, drawsOf, litresOf, normalFrom, ORDINARY, sumOf } from './heat-house.ts';
import { changed } from '../milk.ts';

const config = {
  ...{ supplyId: 'sup_oil', householdId: 'hh_berger', thing: 'heating-berger', slot: 'tank', name: 'heating oil', productLine: 'heating', unit: 'ml' },
  products: [{ gtin: '4006381333931', pack: { amount: 100_000, unit: 'ml' } }],
  settings: { serviceLevel: 0.99, coverDays: 45, capacity: 3_000_000, resolution: 5_000, packsMax: 25 },
  ...{ perDay: 5_000, portion: 1_000, leadTime: { meanDays: 5, sdDays: 1 } },
};
const oil = (changes: object = {}): Supply => newSupply(supplyConfigSchema.parse({ ...config, ...changes }), day(0), 'heating');

/** A tank that is filled up by somebody at 500 l, told of once a day; litres. */
function lived(
  litres: readonly number[],
  how: { counts: boolean; noise: number; seed: number; from?: Supply; each?: (supply: Supply, index: number, level: number) => void },
): Supply {
  const draw = drawsOf(how.seed);
  let supply = how.from ?? oil();
  let [level, usage] = [2_500, 0];
  const say = (index: number): void => {
    const seen = Math.max(0, level + how.noise * normalFrom(draw));
    const reading: Reading = readingSchema.parse({
      ...{
        bootId: 1,
        seq: index + 1,
        sampledAt: day(index),
        slot: 'tank',
        level: { amount: Math.round(seen * 1_000) / 1_000, unit: 'l' },
        uncertainty: how.noise,
      },
      ...(how.counts && { usage: Math.round(usage * 1_000) / 1_000 }),
    });
    supply = observe(supply, [reading], day(index)).supply;
  };
  say(0);
  for (const [index, used] of litres.entries()) {
    how.each?.(supply, index, level);
    level -= used;
    usage += used;
    if (level < 500) level = 2_500;
    say(index + 1);
  }
  return supply;
}

describe('the supply of a heating', () => {
  const litres = litresOf(ORDINARY, 61, 560);

  test.each([
    ['counts what it burns', true, 0],
    ['reads its tank', false, 3],
  ])('that %s learns K in millilitres from its readings', (_name, counts, noise) => {
    const { heat } = lived(litres, { counts, noise, seed: 62 });
    if (!heat) throw new Error('expected the heat to be followed');
    expect(unitsPerDegreeDay(heat) / 1_000 / ORDINARY.perDegreeDay).toBeGreaterThan(0.8);
    expect(unitsPerDegreeDay(heat) / 1_000 / ORDINARY.perDegreeDay).toBeLessThan(1.25);
  });

  test('runs out when it is said to, in four cases out of five', () => {
    let [held, asked] = [0, 0];
    for (const seed of [63, 64]) {
      const truth = litresOf(ORDINARY, seed, 460);
      lived(truth, {
        ...{ counts: true, noise: 0, seed },
        each: (supply, index) => {
          if (index < 100 || index > 400 || index % 6 !== 0) return;
          // As if only so much were left.
          const left = 12 * Math.max(2, (truth[index] ?? 0) / 2);
          const { p10, p90 } = projectedStockout(forecastOf(supply, day(index)), { position: left * 1_000, now: day(index) });
          const lasts = Array.from({ length: 60 }, (_, days) => days).find((days) => sumOf(truth, index, days) >= left) ?? 60;
          if (lasts >= daysBetween(day(index), p10) && lasts - 1 <= daysBetween(day(index), p90)) held += 1;
          asked += 1;
        },
      });
    }
    expect(held / asked, `of ${asked}, seeds 63 64`).toBeGreaterThan(0.75);
  });

  test('goes on falling by the season while its device is silent', () => {
    const supply = lived(litres.slice(0, 540), { counts: true, noise: 0, seed: 66 });
    const silentFor = (days: number): number => stockAt(supply, day(540 + days)).onHand;
    const expected = (silentFor(2) - silentFor(16)) / 1_000;
    // It is January; a yearly mean would have said half as much.
    expect(expected).toBeGreaterThan(1.4 * (sumOf(litres, 0, 540) / 540) * 14);
    expect(expected).toBeLessThan(2.6 * (sumOf(litres, 0, 540) / 540) * 14);
  });

  test('is recorded with what its forecast rested on, and recomputed bit for bit', () => {
    const supply = lived(litres.slice(0, 200), { counts: true, noise: 3, seed: 67 });
    const recorded = snapshot(supply, day(200));
    expect(recorded.heat).toEqual(supply.heat);
    const stored = supplySnapshotSchema.parse(JSON.parse(JSON.stringify(recorded)));
    expect(recomputeSnapshot(stored)).toEqual(recorded);
  });

  test('of before, that knows no season, learns it from the next reading on', () => {
    const { heat: _heat, ...before } = lived(litres.slice(0, 100), { counts: true, noise: 0, seed: 68 });
    const old = supplySchema.parse(JSON.parse(JSON.stringify(before)));
    expect(old.heat).toBeUndefined();
    const reading = readingSchema.parse({ bootId: 1, seq: 500, sampledAt: day(101), slot: 'tank', level: { amount: 1_500, unit: 'l' }, uncertainty: 3 });
    const { supply } = observe(old, [reading], day(101));
    expect(supplySchema.parse(supply).heat?.size).toBeGreaterThan(0);
  });

  test('that nothing senses learns from whoever looks into the tank', () => {
    const start = oil({ thing: undefined, slot: undefined, onHand: 2_500_000 });
    const looked = [30, 60, 90, 120, 150, 180].reduce((supply, index) => {
      const amount = (2_500 - sumOf(litres, 0, index)) * 1_000;
      return changed(takeByHand(supply, { handId: `cnt_look${index}`, type: 'count', amount }, day(index))).state;
    }, start);
    const said = forecastOf(looked, day(180)).meanPerDay * 30;
    expect(said / (sumOf(litres, 180, 30) * 1_000)).toBeGreaterThan(0.7);
    expect(said / (sumOf(litres, 180, 30) * 1_000)).toBeLessThan(1.4);
  });
});

test('milk, and filters that are counted by the piece, know no season', () => {
  expect(newSupply(supplyConfigSchema.parse({ ...config, productLine: 'groceries' }), day(0), 'fridge').heat).toBeUndefined();
  const filter = { ...config, unit: 'piece', products: [{ gtin: '4006381333931', pack: { amount: 1, unit: 'piece' } }], perDay: 0.01, portion: 1 };
  expect(newSupply(supplyConfigSchema.parse(filter), day(0), 'heating').heat).toBeUndefined();
});
