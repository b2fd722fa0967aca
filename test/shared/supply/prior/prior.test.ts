import { describe, expect, it } from 'vitest';
import { consumptionPerDay } from '../../../../shared/supply/demand.ts';
import { forecastOf } from '../../../../shared/supply/forecast/forecast-of.ts';
import { newSupply } from '../../../../shared/supply/new-supply.ts';
import { ownSupplyConfig, ownSupplySchema } from '../../../../shared/supply/own-supply.ts';
import { categoryOf } from '../../../../shared/supply/prior/category.ts';
import { CATEGORY_WORDS } from '../../../../shared/supply/prior/category.ts';
import { startedFrom } from '../../../../shared/supply/prior/prior.ts';
import { PRIORS } from '../../../../shared/supply/prior/prior-table.ts';
import { recomputeSnapshot, snapshot } from '../../../../shared/supply/snapshot.ts';
import { takeByHand } from '../../../../shared/supply/by-hand.ts';
import { gtinSchema, householdIdSchema, instantSchema, type Instant } from '../../../../shared/values.ts';

const day = (number: number): Instant => instantSchema.parse(new Date(Date.UTC(2026, 0, 1 + number)).toISOString());
const gtin = gtinSchema.parse('4006381333931');

function added(more: Record<string, unknown>, pack = { amount: 1_000, unit: 'ml' as const }) {
  const own = ownSupplySchema.parse({
    ...{ supplyId: 'sup_item', name: 'Weidemilch 1 l', productLine: 'groceries', products: [{ gtin }] },
    inHouse: { amount: 2 * pack.amount, unit: pack.unit },
    ...more,
  });
  return ownSupplyConfig(householdIdSchema.parse('hh_anna'), own, [{ gtin, pack }]);
}
const supplyOf = (more: Record<string, unknown>, pack?: { amount: number; unit: 'ml' }) => {
  const config = added(more, pack);
  if (config === undefined) throw new Error('expected a supply');
  return newSupply(config, day(0));
};

describe('what a product is', () => {
  it.each([
    ['Weidemilch 1 l', 'milk'],
    ['Buttermilch', 'milk'],
    ['Milchreis', 'rice'],
    ['Freilandeier 10 Stück', 'eggs'],
    ['cat food 400 g', 'pet food'],
    ['Orange juice', 'juice'],
    ['Spülmaschinentabs 30 Stück', 'dish detergent'],
    ['Haferbrei', undefined],
    ['batteries of the remote control', undefined],
  ])('%s: %s', (name, category) => {
    expect(categoryOf(name)).toBe(category);
  });

  it('knows words for every category of the table', () => {
    expect(PRIORS.map(({ category }) => category).filter((category) => !(category in CATEGORY_WORDS))).toEqual([]);
  });
});

describe('a supply of which nobody said how fast it goes', () => {
  it('begins as in other households, and by its category', () => {
    const milk = PRIORS.find(({ category }) => category === 'milk');
    const supply = supplyOf({});
    expect(supply.firstGuess).toMatchObject({ category: 'milk', at: day(0) });
    expect(consumptionPerDay(supply.demand) / 1_000).toBeCloseTo((milk?.shape ?? 0) / (milk?.rateDays ?? 1), 6);
    expect(supplyOf({ name: 'Something' }).firstGuess).not.toHaveProperty('category');
  });

  it('is as unsure as households differ: as sure of twice the packs of half the size', () => {
    const [milk, oil] = [supplyOf({}), supplyOf({ name: 'Olivenöl' })].map(({ demand }) => forecastOf({ demand }, day(0)));
    const spread = (forecast: typeof milk): number => forecast?.usedUp(3 * forecast.meanPerDay * 30, 30) ?? 0;
    // Households differ more in milk (shape 0.8) than in oil (1.3).
    expect(spread(milk)).toBeGreaterThan(spread(oil));
    const halved = supplyOf({}, { amount: 500, unit: 'ml' });
    expect(halved.demand.shape).toBeCloseTo(supplyOf({}).demand.shape, 5);
  });

  it('says so until the household has taught enough, and keeps its record', () => {
    let supply = supplyOf({});
    expect(startedFrom(supply, day(0))).toEqual({ category: 'milk', share: 1 });
    expect(recomputeSnapshot(snapshot(supply, day(1)))).toEqual(snapshot(supply, day(1)));
    for (let week = 1; week <= 6; week += 1) {
      const counted = takeByHand(supply, { type: 'count', amount: 1_000, handId: `cnt_week${week}`, arrived: false }, day(7 * week));
      if (counted.kind === 'changed') supply = counted.state;
    }
    expect(startedFrom(supply, day(42))).toBeUndefined();
    expect(snapshot(supply, day(42))).not.toHaveProperty('startedFrom');
  });

  it('believes whoever names a rate', () => {
    const supply = supplyOf({ perWeek: { amount: 3, unit: 'l' } });
    expect(consumptionPerDay(supply.demand)).toBeCloseTo(3_000 / 7, 6);
    expect(supply).not.toHaveProperty('firstGuess');
    expect(startedFrom(supply, day(0))).toBeUndefined();
  });

  it('never guesses what a heating takes', () => {
    expect(added({ productLine: 'heating', name: 'Heizöl' })).toBeUndefined();
  });
});
