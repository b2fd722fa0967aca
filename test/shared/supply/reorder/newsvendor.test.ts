import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newDemand } from '../../../../shared/supply/demand.ts';
import { forecastOf } from '../../../../shared/supply/forecast/forecast-of.ts';
import { followOrder, orderForSupplySchema } from '../../../../shared/supply/follow-order.ts';
import { aimedAt, aimOf } from '../../../../shared/supply/reorder/newsvendor.ts';
import { runOuts, SERVICE_LEVELS } from '../../../../shared/supply/reorder/service-level.ts';
import { reorderPoints } from '../../../../shared/supply/settings.ts';
import { aimedAtIn, orderUpToOf, recomputeSnapshot, snapshot, supplySnapshotSchema } from '../../../../shared/supply/snapshot.ts';
import { lowAt, reorderPointOf } from '../../../../shared/supply/stock.ts';
import { supplyDetail } from '../../../../shared/supply/detail.ts';
import { supplySchema, type Supply } from '../../../../shared/supply/supply.ts';
import { milk } from '../milk.ts';
import { instantSchema } from '../../../../shared/values.ts';

const now = instantSchema.parse('2026-03-02T08:00:00.000Z');
const SEED = 20_261_122;
/** A pack of one piece in a fortnight. */
const fortnightly = forecastOf({ demand: newDemand({ perDay: 1 / 14, portion: 1, confidenceDays: 300, asOf: now }) }, now);

type Item = Parameters<typeof aimOf>[0];
const item = (more: Partial<Item> = {}, settings: Partial<Item['settings']> = {}): Item => ({
  ...{ name: 'Salt', productLine: 'groceries', paid: { priceMinor: 250, pack: 1, at: now } },
  settings: { serviceLevel: SERVICE_LEVELS.bad, coverDays: 14, ...settings },
  ...more,
});
const levelOf = (one: Item, regretted = 1): number | undefined => {
  const aim = aimOf(one, fortnightly, regretted);
  return aim && aimedAt(aim, one.settings.serviceLevel);
};

describe('the newsvendor ratio of an item', () => {
  it('leaves an everyday item about where its word puts it', () => {
    const levels = runOuts.map((word) => levelOf(item({}, { serviceLevel: SERVICE_LEVELS[word] })));
    expect(levels).toEqual([0.8, expect.closeTo(0.92, 2), expect.closeTo(0.96, 2), expect.closeTo(0.99, 2)]);
  });

  it('aims lower at what is dear and lower still at what spoils, and higher at what cannot wait', () => {
    const [usual = 0, dear = 0, spoiling = 0, pet = 0] = [
      levelOf(item()),
      levelOf(item({ paid: { priceMinor: 5_000, pack: 1, at: now } })),
      levelOf(item({}, { shelfLifeDays: 10 })),
      levelOf(item({ name: 'Cat food' })),
    ];
    expect([dear < usual, spoiling < dear, pet > usual]).toEqual([true, true, true]);
    expect(levelOf(item(), 3)).toBeLessThan(usual);
  });

  it('adds up to the cent: a special trip, a dearer substitute, a quarter of the price a year, room, and what spoils', () => {
    expect(aimOf(item(), fortnightly, 1)).toEqual({ withoutMinor: 170, tooManyMinor: 6.6, priceMinor: 250, spoils: 0, heldDays: 14 });
  });

  it('keeps what a word means: odds at most three times as high or as low, and never is never given up for money', () => {
    const dear = (serviceLevel: number, priceMinor: number) => levelOf(item({ paid: { priceMinor, pack: 1, at: now } }, { serviceLevel, coverDays: 365 }));
    expect(dear(SERVICE_LEVELS.bad, 100_000)).toBeCloseTo(19 / 3 / (1 + 19 / 3), 4);
    expect(levelOf(item({}, { serviceLevel: SERVICE_LEVELS.annoying, coverDays: 1 }))).toBeLessThanOrEqual(0.9643);
    expect(dear(SERVICE_LEVELS.never, 100_000)).toBe(0.99);
  });

  it('keeps to the word where no price is known, and to a number that is no word', () => {
    expect(levelOf(item({ paid: undefined }))).toBeUndefined();
    expect(levelOf(item({}, { serviceLevel: 0.985 }))).toBeUndefined();
  });

  it(`stays within its bounds and follows the word, whatever the price (seed ${SEED})`, () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.option(fc.integer({ min: 1, max: 400 }), { nil: undefined }),
        fc.double({ min: 1, max: 3, noNaN: true }),
        (priceMinor, shelfLifeDays, regretted) => {
          const levels = runOuts.map((word) =>
            levelOf(item({ paid: { priceMinor, pack: 1, at: now } }, { serviceLevel: SERVICE_LEVELS[word], shelfLifeDays }), regretted),
          );
          expect(levels.every((level) => level !== undefined && level >= 0.8 && level <= 0.995)).toBe(true);
          expect([...levels].sort()).toEqual(levels);
        },
      ),
      { seed: SEED },
    );
  });
});

/** Milk for which a price is known. */
const priced = (priceMinor: number, more: Partial<Supply['settings']> = {}): Supply => {
  const supply = milk();
  return supplySchema.parse({
    ...supply,
    settings: { ...supply.settings, serviceLevel: SERVICE_LEVELS.bad, ...more },
    paid: { priceMinor, pack: 1_000, at: supply.sampledAt },
  });
};

describe('a supply whose price is known', () => {
  it('decides, records and recomputes by it, the same everywhere', () => {
    const supply = priced(129);
    const at = supply.sampledAt;
    const figures = supplySnapshotSchema.parse(snapshot(supply, at));
    expect(figures.aim).toMatchObject({ priceMinor: 129 });
    expect(aimedAtIn(figures)).not.toBe(SERVICE_LEVELS.bad);
    expect(recomputeSnapshot(figures)).toEqual(figures);
    expect(reorderPointOf(supply, at)).toBe(figures.reorderPoint);
    expect(orderUpToOf(supply, at)).toBe(figures.orderUpTo);
    expect(reorderPoints(supply, at).bad).toBe(figures.reorderPoint);
    expect(supplyDetail(supply, { now: at, outlooks: [], mayAct: true }).aim?.serviceLevel).toBe(aimedAtIn(figures));
    const isLow = lowAt(supply, at);
    expect([isLow(figures.reorderPoint - 1), isLow(figures.reorderPoint + 1)]).toEqual([true, false]);
    // What spoils in a day is kept less of.
    expect(snapshot(priced(129, { shelfLifeDays: 1 }), at).reorderPoint).toBeLessThan(figures.reorderPoint);
  });

  it('learns the price with the goods, and not before', () => {
    const supply = milk();
    const view = orderForSupplySchema.parse({
      ...{ orderId: 'ord_1', orderVersion: 1, needId: 'need_1', standing: 'on-order', outstanding: 2_000, received: 0 },
      price: { priceMinor: 129, pack: 1_000 },
    });
    const ordered = followOrder(supply, view, now);
    if (ordered.kind !== 'changed') throw new Error(ordered.kind);
    expect(ordered.state).not.toHaveProperty('paid');
    const come = followOrder(ordered.state, { ...view, orderVersion: 2, standing: 'received', outstanding: 0, received: 2_000 }, now);
    expect(come.kind === 'changed' && come.state.paid).toEqual({ priceMinor: 129, pack: 1_000, at: now });
  });
});
