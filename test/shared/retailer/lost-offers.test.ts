import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FEWER, figuresOf, householdDaySchema, offerFates, withFates, type GtinFate, type HouseholdDay } from '../../../shared/retailer/lost-offers.ts';
import { gtinOf } from '../order/order-examples.ts';

const day = '2026-03-02';
const [milk, oats] = [gtinOf(701), gtinOf(702)];
const households = (count: number, ...fates: GtinFate[]): HouseholdDay[] => Array.from({ length: count }, () => householdDaySchema.parse({ day, fates }));

it('what became of an offer is kept once, however often it is planned', () => {
  const first = withFates(undefined, day, [
    { gtin: milk, fate: 'price' },
    { gtin: milk, fate: 'price' },
  ]);
  expect(first?.fates).toEqual([{ gtin: milk, fate: 'price' }]);
  expect(withFates(first, day, [{ gtin: milk, fate: 'price' }])).toBeUndefined();
  expect(withFates(first, day, [{ gtin: milk, fate: 'won' }])?.fates).toHaveLength(2);
});

it('of fewer than five households nothing is told, not even that there were some', () => {
  expect(figuresOf(households(4, { gtin: milk, fate: 'price' }))).toEqual([]);
  const [line] = figuresOf([...households(5, { gtin: milk, fate: 'price' }), ...households(4, { gtin: milk, fate: 'won' }, { gtin: oats, fate: 'won' })]);
  expect(line).toMatchObject({ gtin: milk, households: { price: 5, won: FEWER, 'out-of-stock': FEWER } });
  expect(Object.keys(line?.households ?? {})).toHaveLength(offerFates.length);
});

it('whoever knows all households but one learns nothing of that one unless four others did the same', () => {
  const fate = fc.record({ gtin: fc.constantFrom(milk, oats), fate: fc.constantFrom(...offerFates.slice(0, 4)) });
  const someone = fc.array(fate, { maxLength: 4 }).map((fates) => withFates(undefined, day, fates) ?? { day, fates: [] });
  fc.assert(
    fc.property(fc.array(someone, { maxLength: 12 }), (all) => {
      const figures = figuresOf(all);
      const told = figures.flatMap(({ gtin, households: by }) => Object.entries(by).map(([name, count]) => ({ gtin, name, count })));
      for (const { gtin, name, count } of told) {
        const behind = all.filter(({ fates }) => fates.some((one) => one.gtin === gtin && one.fate === name)).length;
        expect(count).toBe(behind >= 5 ? behind : FEWER);
      }
      // A product is named only when five households have met the same fate with it, and the order of households says nothing.
      for (const { gtin } of figures) expect(told.some((one) => one.gtin === gtin && typeof one.count === 'number')).toBe(true);
      expect(figuresOf([...all].reverse())).toEqual(figures);
    }),
    { numRuns: 200, verbose: true },
  );
});
