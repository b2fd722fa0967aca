/** What a shop may know beforehand of what may come instead. */
import { describe, expect, it } from 'vitest';
import { rulesFor, type SubstitutionRules } from '../../../shared/order/substitution-rules.ts';
import { substitutionTold, substitutionToldSchema } from '../../../shared/retailer/substitution-told.ts';
import { butter, gtinOf, milk, quote } from '../order/order-examples.ts';

const [line] = quote.lineItems;
if (line === undefined) throw new Error('expected a line');
const oat = gtinOf(7);
const told = (rules: SubstitutionRules, boughtBy: 'person' | 'mandate' = 'person', contains: Record<string, string[]> = {}) => {
  const said = substitutionTold(line, rules, { quote, boughtBy, contains });
  return said === undefined ? 'none' : substitutionToldSchema.parse(said);
};
const own = { ownProductsAlone: true, products: [milk, oat, butter] };

describe('of a line the shop hears', () => {
  it('that it may ask, where nobody has ruled; how much dearer, and whether of the same maker', () => {
    expect(told({})).toEqual({ rule: 'ask' });
    // Two packs for 2.58 €.
    expect(told({ dearerAtMost: { percent: 10, minor: 30 }, substitute: 'same-brand' })).toEqual({ rule: 'ask', askUpToMinor: 25, sameMaker: true });
    expect(told({ dearerAtMost: { percent: 20, minor: 30 } })).toEqual({ rule: 'ask', askUpToMinor: 30 });
  });

  it('that nothing else may come', () => {
    expect(told({ ...own, substitute: 'never' })).toBe('none');
  });

  it('which of the household’s products may come, but for what is ordered already', () => {
    expect(told(own)).toEqual({ rule: 'allowed', gtins: [oat], dearerAtMostMinor: 0 });
    expect(told({ ...own, dearerAtMost: { minor: 40 } })).toEqual({ rule: 'allowed', gtins: [oat], dearerAtMostMinor: 40, askUpToMinor: 40 });
    expect(told({ ...own, dearerAtMost: { minor: 40 } }, 'mandate')).toMatchObject({ dearerAtMostMinor: 0, askUpToMinor: 40 });
  });

  it('nothing of what nobody here eats: such a product is just not among them', () => {
    expect(told({ ...own, dietNever: ['gluten'] }, 'person', { [oat]: ['contains-gluten'] })).toEqual({ rule: 'ask' });
    expect(JSON.stringify(told({ ...own, dietNever: ['gluten'], neverBrands: ['Milkland'] }))).not.toMatch(/gluten|Milkland/);
  });
});

describe('the rules of an item', () => {
  const house = { avoid: ['pork'], preferences: { neverBrands: ['A'], dearerAtMost: { percent: 5 } } };
  const item = (settings: object) => ({ settings, products: [{ gtin: oat }] });

  it('are its own, and the household’s where it says nothing', () => {
    expect(rulesFor(house, item({}))).toMatchObject({ dietNever: ['pork'], neverBrands: ['A'], dearerAtMost: { percent: 5 }, products: [oat] });
    expect(rulesFor(house, item({ neverBrands: ['B'], dearerAtMost: { minor: 9 } }))).toMatchObject({ neverBrands: ['B'], dearerAtMost: { minor: 9 } });
    expect(rulesFor({}, item({}))).toMatchObject({ dietNever: undefined, neverBrands: undefined });
  });

  it('never loosen the diet, and outlive the item', () => {
    expect(rulesFor(house, item({ dietNever: [] })).dietNever).toEqual(['pork']);
    expect(rulesFor(house, undefined)).toEqual({ dietNever: ['pork'], neverBrands: ['A'], dearerAtMost: { percent: 5 } });
  });
});
