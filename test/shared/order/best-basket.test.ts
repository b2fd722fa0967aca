import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestDrafts, costMinor, shopAfterShop } from '../../../shared/order/best-basket.ts';
import { draftOf, type OrderDraft } from '../../../shared/order/order-draft.ts';
import { isSound, type Wanted } from '../../../shared/order/quote.ts';
import type { Considered } from '../../../shared/order/record.ts';
import type { Terms } from '../../../shared/retailer/offer.ts';
import type { Perk } from '../../../shared/retailer/perk.ts';
import { NO_PREFERENCES, type OrderPreferences } from '../../../shared/household/order-preferences.ts';
import { euros, retailerIdSchema } from '../../../shared/values.ts';
import { gtinOf, needOf, offerOf, proposedAt as now, supplyOf, terms } from './order-examples.ts';

const idOf = (name: string) => retailerIdSchema.parse(`rt_${name}`);
const products = ['milk', 'oats', 'soap', 'tea', 'wine', 'rice', 'salt', 'jam', 'ham', 'egg', 'fig', 'nut'];
const gtin = (name: string) => gtinOf(700 + products.indexOf(name));
/** One pack of a litre. */
const want = (name: string, changes: Partial<Wanted> = {}): Wanted => ({
  ...{ needId: needOf(name), supplyId: supplyOf(name), products: [{ gtin: gtin(name) }], amount: { amount: 1_000, unit: 'ml' }, packsMax: 5 },
  ...changes,
});
/** @param prices cents of a litre, by product */
const shop = (name: string, prices: Readonly<Record<string, number>>, changes: Partial<Terms> = {}): Considered => ({
  retailerId: idOf(name),
  terms: { ...terms, deliveryFee: euros(0), freeDeliveryFrom: euros(100_000), minimumOrder: euros(0), leadTimeDays: 2, ...changes },
  offers: Object.entries(prices).map(([product, cents]) =>
    offerOf({ retailerId: idOf(name), gtin: gtin(product), sku: `${name}-${product}`, price: euros(cents) }),
  ),
});
const inWords = (drafts: readonly OrderDraft[]): string[] =>
  drafts.map(
    ({ shop: at, wanted, quote }) =>
      `${at.retailerId.slice(3)}: ${wanted.map(({ supplyId }) => supplyId.slice(4)).join(' ')} ${String(quote.total.amountMinor)}`,
  );
const best = (shops: readonly Considered[], names: readonly string[], preferences?: Partial<OrderPreferences>) =>
  inWords(bestDrafts({ shops, wanted: names.map((name) => want(name)), now, preferences: preferences && { ...NO_PREFERENCES, ...preferences } }));

describe('the best basket', () => {
  it('stays together where apart saves no more than a second parcel costs', () => {
    const shops = [shop('a', { milk: 100, oats: 150 }), shop('b', { milk: 150, oats: 100 })];
    expect(best(shops, ['milk', 'oats'])).toEqual(['a: milk oats 250']);
    expect(best([shop('a', { milk: 100, oats: 151 }), shop('b', { milk: 151, oats: 100 })], ['milk', 'oats'])).toEqual(['a: milk 100', 'b: oats 100']);
  });
  it('counts both delivery fees', () => {
    const fee = { deliveryFee: euros(290) };
    const shops = (oats: number) => [shop('a', { milk: 100, oats }, fee), shop('b', { milk: 900, oats: 100 }, fee)];
    expect(best(shops(440), ['milk', 'oats'])).toEqual(['a: milk oats 830']);
    expect(best(shops(441), ['milk', 'oats'])).toEqual(['a: milk 390', 'b: oats 390']);
  });
  it('buys a line dearer where that makes delivery free', () => {
    const shops = [shop('a', { milk: 900, oats: 120 }, { deliveryFee: euros(390), freeDeliveryFrom: euros(1_000) }), shop('b', { oats: 20, soap: 50 })];
    expect(best(shops, ['milk', 'oats', 'soap'])).toEqual(['a: milk oats 1020', 'b: soap 50']);
  });
  it('buys a line dearer where a shop would take nothing without it', () => {
    const shops = [shop('a', { milk: 300, oats: 250 }, { minimumOrder: euros(500) }), shop('b', { oats: 20, soap: 50 })];
    expect(best(shops, ['milk', 'oats', 'soap'])).toEqual(['a: milk oats 550', 'b: soap 50']);
    expect(best(shops, ['milk', 'soap'])).toEqual(['b: soap 50']);
  });
  it('serves more before it costs less', () => {
    expect(best([shop('a', { milk: 840 }), shop('b', { milk: 900, oats: 900 })], ['milk', 'oats'])).toEqual(['a: milk 840', 'b: oats 900']);
    expect(best([shop('a', { milk: 890 }), shop('b', { milk: 900, oats: 900 })], ['milk', 'oats'])).toEqual(['b: milk oats 1800']);
  });
  it('does not part for a product that the household likes less', () => {
    const milk = want('milk', { products: [{ gtin: gtin('milk') }, { gtin: gtin('jam') }] });
    const shops = [shop('a', { milk: 300, oats: 100 }), shop('b', { jam: 10, soap: 100 })];
    expect(inWords(bestDrafts({ shops, wanted: [milk, want('oats'), want('soap')], now }))).toEqual(['a: milk oats 400', 'b: soap 100']);
  });
  it('asks only shops that may be asked, and everybody when five are needed', () => {
    const shops = [shop('a', { milk: 10 }), shop('b', { milk: 900 })];
    expect(inWords(bestDrafts({ shops, wanted: [want('milk', { shops: [idOf('b')] })], now }))).toEqual(['b: milk 900']);
    const five = ['milk', 'oats', 'soap', 'tea', 'wine'];
    expect(
      best(
        five.map((name, index) => shop(`s${String(index)}`, { [name]: 100 })),
        five,
      ),
    ).toHaveLength(5);
  });
  it('comes sooner for a euro a line and day, where speed is wanted', () => {
    const shops = (cents: number) => [
      shop('fast', { milk: cents, oats: 100 }, { leadTimeDays: 1 }),
      shop('slow', { milk: 100, oats: 100 }, { leadTimeDays: 3 }),
    ];
    expect(best(shops(300), ['milk', 'oats'], { wish: 'speed' })).toEqual(['fast: milk oats 400']);
    expect(best(shops(499), ['milk'], { wish: 'speed' })).toEqual(['slow: milk 100']);
    expect(best(shops(299), ['milk'], { wish: 'speed' })).toEqual(['fast: milk 299']);
    expect(best(shops(299), ['milk'])).toEqual(['slow: milk 100']);
  });
  it('comes in one parcel until a second one saves five euros, where few are wanted', () => {
    const shops = (oats: number) => [shop('a', { milk: 100, oats }), shop('b', { milk: 900, oats: 100 })];
    expect(best(shops(600), ['milk', 'oats'], { wish: 'few-parcels' })).toEqual(['a: milk oats 700']);
    expect(best(shops(601), ['milk', 'oats'], { wish: 'few-parcels' })).toHaveLength(2);
    expect(best(shops(600), ['milk', 'oats'])).toHaveLength(2);
  });
  it('comes from a preferred shop that costs more by no more than the household says', () => {
    const shops = (cents: number) => [shop('a', { milk: 100 }), shop('z', { milk: cents })];
    const preferences = { shops: [idOf('z')], shopsMayCostMoreMinor: 300 };
    expect(best(shops(399), ['milk'], preferences)).toEqual(['z: milk 399']);
    expect(best(shops(400), ['milk'], preferences)).toEqual(['z: milk 400']);
    expect(best(shops(401), ['milk'], preferences)).toEqual(['a: milk 100']);
  });
});

const perksAround: readonly Perk[] = [
  { perkId: 'off', kind: 'voucher', fundedBy: 'retailer', amount: euros(150), from: euros(0) },
  { perkId: 'more-off', kind: 'voucher', fundedBy: 'platform', amount: euros(400), from: euros(900) },
  { perkId: 'door', kind: 'free-delivery', fundedBy: 'retailer', from: euros(700) },
  { perkId: 'two', kind: 'buy-one-get-one', fundedBy: 'brand', gtins: products.slice(0, 3).map(gtin) },
];

const market = (shopsMax: number, needsMax: number) =>
  fc
    .record({
      needs: fc.integer({ min: 1, max: needsMax }),
      shops: fc.array(
        fc.record({
          prices: fc.array(fc.option(fc.integer({ min: 10, max: 900 }), { nil: undefined, freq: 5 }), { minLength: needsMax, maxLength: needsMax }),
          fee: fc.constantFrom(0, 190, 390),
          freeFrom: fc.constantFrom(500, 1_500, 9_000),
          minimum: fc.constantFrom(0, 300, 1_200),
          days: fc.constantFrom(0.5, 1, 2.5, 4),
          perks: fc.subarray([...perksAround], { maxLength: 3 }),
        }),
        { minLength: 1, maxLength: shopsMax },
      ),
      wish: fc.constantFrom('price', 'speed', 'few-parcels'),
      preferred: fc.boolean(),
      mayCostMore: fc.integer({ min: 0, max: 500 }),
    })
    .map(({ needs, shops, wish, preferred, mayCostMore }) => ({
      wanted: products.slice(0, needs).map((name, index) => want(name, { amount: { amount: 1_000 * (1 + (index % 2)), unit: 'ml' } })),
      shops: shops.map(({ prices, fee, freeFrom, minimum, days, perks }, index) => ({
        ...shop(`s${String(index)}`, Object.fromEntries(prices.flatMap((cents, at) => (cents === undefined ? [] : [[products[at] ?? '', cents]]))), {
          deliveryFee: euros(fee),
          freeDeliveryFrom: euros(freeFrom),
          minimumOrder: euros(minimum),
          leadTimeDays: days,
        }),
        perks,
      })),
      preferences: { wish, shops: preferred ? [idOf('s0')] : [], shopsMayCostMoreMinor: mayCostMore } as const,
    }));

const servedBy = (drafts: readonly OrderDraft[]): number => drafts.reduce((sum, { wanted }) => sum + wanted.length, 0);
const costOf = (drafts: readonly OrderDraft[], preferences: OrderPreferences): number => drafts.reduce((sum, draft) => sum + costMinor(draft, preferences), 0);

describe('whatever shops ask', () => {
  it('a small basket is the best of all ways to share it out', () => {
    fc.assert(
      fc.property(market(3, 4), ({ wanted, shops, preferences }) => {
        // By quotes alone, each way in turn: nothing of what is under test.
        const known = new Map<string, OrderDraft | undefined>();
        const draft = (at: Considered, lines: readonly Wanted[]): OrderDraft | undefined => {
          const name = [at.retailerId, ...lines.map(({ needId }) => needId)].join();
          if (!known.has(name)) known.set(name, draftOf(at, lines, now));
          return known.get(name);
        };
        let least: { served: number; cost: number } = { served: 0, cost: 0 };
        for (let way = 0; way < (shops.length + 1) ** wanted.length; way += 1) {
          const places = wanted.map((_, index) => Math.floor(way / (shops.length + 1) ** index) % (shops.length + 1));
          const parts = shops.map((at, place) => [at, wanted.filter((__, index) => places[index] === place)] as const).filter(([, lines]) => lines.length > 0);
          const drafts = parts.map(([at, lines]) => draft(at, lines));
          const whole = drafts.filter((one) => one !== undefined);
          if (whole.length < drafts.length) continue;
          const [served, cost] = [servedBy(whole), costOf(whole, preferences)];
          if (served > least.served || (served === least.served && cost < least.cost)) least = { served, cost };
        }
        const found = bestDrafts({ shops, wanted, preferences, now });
        expect({ served: servedBy(found), cost: costOf(found, preferences) }).toEqual(least);
      }),
      { numRuns: 100, verbose: true },
    );
  });

  it('a large basket is never worse than from one shop after another, never apart for nothing, and each quote is sound', () => {
    fc.assert(
      fc.property(market(6, 12), ({ wanted, shops, preferences }) => {
        const found = bestDrafts({ shops, wanted, preferences, now });
        const before = shopAfterShop({ shops, wanted, now });
        expect(servedBy(found)).toBeGreaterThanOrEqual(servedBy(before));
        if (servedBy(found) === servedBy(before)) expect(costOf(found, preferences)).toBeLessThanOrEqual(costOf(before, preferences));
        const ids = found.flatMap((draft) => draft.wanted.map(({ needId }) => needId));
        expect(new Set(ids).size).toBe(ids.length);
        expect(found.every(({ quote }) => isSound(quote))).toBe(true);
        // All of it from one shop would cost no less.
        for (const at of shops) {
          const whole = draftOf(
            at,
            wanted.filter(({ needId }) => ids.includes(needId)),
            now,
          );
          if (whole !== undefined) expect(costMinor(whole, preferences)).toBeGreaterThanOrEqual(costOf(found, preferences));
        }
      }),
      { numRuns: 60, verbose: true },
    );
  });

  it('the answer is the same however shops and needs are listed', () => {
    fc.assert(
      fc.property(market(5, 8), fc.integer(), ({ wanted, shops, preferences }, turn) => {
        const turned = <One>(list: readonly One[]): One[] =>
          [...list.slice(Math.abs(turn) % list.length), ...list.slice(0, Math.abs(turn) % list.length)].reverse();
        const plan = (drafts: readonly OrderDraft[]) => drafts.map(({ shop: at, wanted: lines }) => [at.retailerId, lines.map(({ needId }) => needId).sort()]);
        expect(plan(bestDrafts({ shops: turned(shops), wanted: turned(wanted), preferences, now }))).toEqual(
          plan(bestDrafts({ shops, wanted, preferences, now })),
        );
      }),
      { numRuns: 60, verbose: true },
    );
  });
});
