import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breaksDiet, judgedByRules, ruledOut, type SubstitutionRules } from '../../../shared/order/substitution-rules.ts';
import { euros, gtinSchema } from '../../../shared/values.ts';
import { gtinOf, milk, quote } from './order-examples.ts';

const oat = gtinOf(77);
/** Milk is 1.29 € a litre, two of them; the other thing is judged beside that. */
const asked = (
  over: { unitPriceMinor?: number; packMl?: number; quantity?: number; tags?: string[]; title?: string; brand?: string; replaces?: number } = {},
) => {
  const { unitPriceMinor = 129, packMl = 1_000, quantity = 2, tags = [], title = 'Oat drink', brand, replaces } = over;
  const offered = {
    gtin: oat,
    sku: 'OAT',
    title,
    pack: { amount: packMl, unit: 'ml' as const },
    unitPrice: euros(unitPriceMinor),
    tags,
    ...(brand && { brand }),
  };
  return { gtin: milk, quantity, offered, ...(replaces !== undefined && { replaces }) };
};
const own: SubstitutionRules = { ownProductsAlone: true, products: [milk, oat] };
const verdict = (over: Parameters<typeof asked>[0], rules: SubstitutionRules, boughtBy: 'person' | 'mandate' = 'person') =>
  judgedByRules({ question: asked(over), quote, boughtBy }, rules);

describe('what rules answer at once', () => {
  it.each<[string, 'yes' | 'no' | 'ask', Parameters<typeof asked>[0], SubstitutionRules]>([
    ['nothing said', 'ask', {}, {}],
    ['its own product, not said that it may come alone', 'ask', {}, { products: [milk, oat] }],
    ['its own product, at the same price', 'yes', {}, own],
    ['its own product, cheaper', 'yes', { unitPriceMinor: 99 }, own],
    ['a product that is not its own', 'ask', {}, { ownProductsAlone: true, products: [milk] }],
    ['dearer, with no limit set', 'ask', { unitPriceMinor: 130 }, own],
    ['dearer within the percentage', 'yes', { unitPriceMinor: 141 }, { ...own, dearerAtMost: { percent: 10 } }],
    ['dearer than the percentage', 'no', { unitPriceMinor: 142 }, { ...own, dearerAtMost: { percent: 10 } }],
    ['dearer within the cents, for the whole line', 'yes', { unitPriceMinor: 139 }, { ...own, dearerAtMost: { minor: 20 } }],
    ['dearer than the cents', 'no', { unitPriceMinor: 140 }, { ...own, dearerAtMost: { minor: 20 } }],
    ['within one limit and beyond the other', 'no', { unitPriceMinor: 141 }, { ...own, dearerAtMost: { percent: 50, minor: 20 } }],
    ['less of it for the same money', 'ask', { packMl: 750 }, own],
    ['the price of one pack for one pack', 'yes', { quantity: 1, replaces: 1 }, own],
    ['the price of two packs for one', 'ask', { quantity: 2, replaces: 1 }, own],
    ['never', 'no', {}, { ...own, substitute: 'never' }],
    ['something that nobody eats here', 'no', { tags: ['nuts'] }, { ...own, dietNever: ['nuts'] }],
    ['the same, said with the word before it', 'no', { tags: ['contains-nuts'] }, { ...own, dietNever: ['nuts'] }],
    ['what the shop has published to be in it', 'no', {}, { ...own, dietNever: ['nuts'], contains: ['nuts'] }],
  ])('%s: %s', (_, expected, over, rules) => expect(verdict(over, rules)).toBe(expected));

  it('leaves what costs more to a person where a mandate bought, and only that', () => {
    const rules = { ...own, dearerAtMost: { percent: 10 } };
    expect([verdict({ unitPriceMinor: 135 }, rules, 'mandate'), verdict({}, rules, 'mandate')]).toEqual(['ask', 'yes']);
  });

  it('never says yes to what breaks the diet, whatever else is allowed', () => {
    const anyRules = fc.record({
      ownProductsAlone: fc.boolean(),
      products: fc.constant([milk, oat]),
      dearerAtMost: fc.constantFrom(undefined, { percent: 100 }),
    });
    fc.assert(
      fc.property(anyRules, fc.constantFrom('nuts', 'contains-nuts'), fc.integer({ min: 1, max: 400 }), (rules, tag, unitPriceMinor) => {
        expect(verdict({ tags: [tag], unitPriceMinor }, { ...rules, dietNever: ['nuts'] })).toBe('no');
        expect(breaksDiet([tag], { dietNever: ['nuts'] })).toBe(true);
      }),
    );
  });
});

describe('brands that never come', () => {
  const out = (never: string, over: Parameters<typeof asked>[0] = {}, gtin = oat) =>
    ruledOut({ gtin: milk, offered: { ...asked(over).offered, gtin } }, { neverBrands: [never] });
  it.each([
    ['a word of its title', 'oat', {}, 'brand-never'],
    ['in other letters', 'OAT DRINK', {}, 'brand-never'],
    ['a part of a word is no brand', 'drin', {}, undefined],
    ['its brand', 'Landgut Müller', { brand: 'Landgut-Müller' }, 'brand-never'],
    ['another brand', 'Bergland', { brand: 'Landgut' }, undefined],
  ] as const)('%s', (_, never, over, expected) => expect(out(never, over)).toBe(expected));

  it('are known by the first digits of their numbers, also of shorter ones', () => {
    expect(out('4006381', {}, gtinSchema.parse('4006381333931'))).toBe('brand-never');
    expect(out('4006381', {}, gtinSchema.parse('4000521006112'))).toBeUndefined();
    // A number of twelve digits is one of thirteen with a nought before it.
    expect(out('0036000', {}, gtinSchema.parse('036000291452'))).toBe('brand-never');
  });
});
