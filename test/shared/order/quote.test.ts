import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteSchema, type Quote } from '../../../shared/event-parts.ts';
import type { Offer, Terms } from '../../../shared/retailer/offer.ts';
import { cheapestQuote, inEuros, isSound, quoteFor, quotePerRetailer, QUOTE_VALID_MAX, type Wanted } from '../../../shared/order/quote.ts';
import { unitPrice } from '../../../shared/order/unit-price.ts';
import { addDuration, euros, retailerIdSchema } from '../../../shared/values.ts';
import { butter, frischhof, gtinOf, milk, needOf, offerOf, proposedAt, quote, quoteEndsAt, soon, supplyOf, terms, wantedOf } from './order-examples.ts';

const ask = (offers: readonly Offer[], wanted: readonly Wanted[] = [wantedOf()], changes: Partial<Terms> = {}, now = proposedAt) =>
  quoteFor({ retailerId: frischhof, terms: { ...terms, ...changes }, offers, wanted, now });
const wantsButter = wantedOf({ needId: needOf('butter'), supplyId: supplyOf('butter'), products: [{ gtin: butter }], amount: { amount: 200, unit: 'g' } });
const butterOffer = offerOf({ gtin: butter, sku: 'FH-2', title: 'Butter', pack: { amount: 250, unit: 'g' }, price: euros(218) });

describe('a quote', () => {
  it('buys whole packs for the amount and adds the delivery', () => {
    const { quote: made, unoffered } = ask([offerOf(), butterOffer], [wantedOf(), wantsButter]);
    expect(unoffered).toEqual([]);
    expect(made).toMatchObject({ subtotal: euros(476), deliveryFee: euros(290), total: euros(766), validUntil: quoteEndsAt, leadTimeDays: 1.2 });
    expect(made?.lineItems.map(({ gtin, quantity, lineTotal }) => [gtin, quantity, lineTotal.amountMinor])).toEqual([
      [milk, 2, 258],
      [butter, 1, 218],
    ]);
    expect(quoteSchema.parse(made)).toEqual(made);
  });
  it('delivers free from the threshold on, to the cent', () => {
    expect(ask([offerOf()], [wantedOf()], { freeDeliveryFrom: euros(258) }).quote?.total).toEqual(euros(258));
    expect(ask([offerOf()], [wantedOf()], { freeDeliveryFrom: euros(259) }).quote?.total).toEqual(euros(548));
  });
  it('is none below the minimum order', () => {
    expect(ask([offerOf()], [wantedOf()], { minimumOrder: euros(258) }).quote).toBeDefined();
    expect(ask([offerOf()], [wantedOf()], { minimumOrder: euros(259) })).toEqual({
      unoffered: [{ needId: needOf('milk'), reason: 'below-minimum-order' }],
    });
  });
  it('stands as long as its shortest offer, and never more than two days', () => {
    expect(ask([offerOf({ validUntil: soon }), butterOffer], [wantedOf(), wantsButter]).quote?.validUntil).toBe(soon);
    const long = offerOf({ validUntil: addDuration(quoteEndsAt, QUOTE_VALID_MAX) });
    expect(ask([long]).quote?.validUntil).toBe(addDuration(proposedAt, QUOTE_VALID_MAX));
  });
  it('takes no offer that is gone, ended or measured in something else', () => {
    const nothing = { unoffered: [{ needId: needOf('milk'), reason: 'not-offered' }] };
    expect(ask([offerOf({ available: false })])).toEqual(nothing);
    expect(ask([offerOf({ validUntil: proposedAt })])).toEqual(nothing);
    expect(ask([offerOf({ pack: { amount: 1_000, unit: 'g' } })])).toEqual(nothing);
    expect(ask([offerOf({ gtin: gtinOf(3) })])).toEqual(nothing);
    expect(ask([offerOf({ pack: { amount: 0, unit: 'ml' } })])).toEqual(nothing);
  });
  it('follows the preference of the household, not the price, and falls back when the first is not to be had', () => {
    const wanted = [wantedOf({ products: [{ gtin: gtinOf(5) }, { gtin: milk }] })];
    const dear = offerOf({ gtin: gtinOf(5), price: euros(199) });
    expect(ask([offerOf(), dear], wanted).quote?.lineItems[0]?.gtin).toBe(gtinOf(5));
    expect(ask([offerOf(), { ...dear, available: false }], wanted).quote?.lineItems[0]?.gtin).toBe(milk);
  });
  it('takes the cheaper per litre of two offers of one product', () => {
    const small = offerOf({ sku: 'small', pack: { amount: 500, unit: 'ml' }, price: euros(70) });
    const large = offerOf({ sku: 'large', pack: { amount: 1_000, unit: 'ml' }, price: euros(139) });
    expect(ask([small, large]).quote?.lineItems[0]?.sku).toBe('large');
    expect(ask([{ ...small, price: euros(69) }, large]).quote?.lineItems[0]?.sku).toBe('small');
  });
  it('buys no more packs than there is room for', () => {
    expect(ask([offerOf()], [wantedOf({ amount: { amount: 9_000, unit: 'ml' }, packsMax: 4 })]).quote?.lineItems[0]?.quantity).toBe(4);
    expect(ask([offerOf()], [wantedOf({ packsMax: 0 })]).unoffered).toEqual([{ needId: needOf('milk'), reason: 'no-room' }]);
    expect(ask([offerOf()], [wantedOf({ amount: { amount: 0, unit: 'ml' } })]).unoffered).toEqual([{ needId: needOf('milk'), reason: 'nothing-wanted' }]);
  });
  it('buys three packs of 0.1 for 0.3, whatever the floats say', () => {
    const tiny = offerOf({ pack: { amount: 0.1, unit: 'ml' } });
    expect(ask([tiny], [wantedOf({ amount: { amount: 0.1 * 3, unit: 'ml' } })]).quote?.lineItems[0]?.quantity).toBe(3);
  });
  it('fills a tank of 3,000 litres exactly', () => {
    const oil = offerOf({ sku: 'oil', pack: { amount: 100_000, unit: 'ml' }, price: euros(10_950) });
    const wanted = [wantedOf({ amount: { amount: 3_000_000, unit: 'ml' }, packsMax: 40 })];
    const { quote: made } = ask([oil], wanted);
    expect(made?.lineItems.map(({ quantity, lineTotal }) => [quantity, lineTotal.amountMinor])).toEqual([[30, 328_500]]);
    expect(quoteSchema.parse(made)).toEqual(made);
    const oneMore = [wantedOf({ amount: { amount: 3_000_000.001, unit: 'ml' }, packsMax: 40 })];
    expect(ask([oil], oneMore).quote?.lineItems[0]?.quantity).toBe(31);
  });
  it('compares offers exactly where cents times amounts pass 2^53', () => {
    // 999,983 × 99,999,117.647 and 1,000,000 × 99,997,417.662 differ by 0.001, which floats of that size do not see.
    const dearer = offerOf({ sku: 'a', pack: { amount: 99_997_417.662, unit: 'ml' }, price: euros(999_983) });
    const cheaper = offerOf({ sku: 'b', pack: { amount: 99_999_117.647, unit: 'ml' }, price: euros(1_000_000) });
    expect(dearer.price.amountMinor * cheaper.pack.amount).toBe(cheaper.price.amountMinor * dearer.pack.amount);
    expect(ask([dearer, cheaper]).quote?.lineItems[0]?.sku).toBe('b');
  });
  it('refuses a price beyond any household, without failing', () => {
    expect(ask([offerOf({ price: euros(100_000_000) })]).unoffered).toEqual([{ needId: needOf('milk'), reason: 'too-dear' }]);
    expect(ask([offerOf()], [wantedOf()], { deliveryFee: euros(100_000_000), freeDeliveryFrom: euros(100_000_000) }).unoffered).toEqual([
      { needId: needOf('milk'), reason: 'too-dear' },
    ]);
  });
  it('holds fifty lines and leaves the others for the next order', () => {
    const wanted = Array.from({ length: 52 }, (_, index) => wantedOf({ needId: needOf(`n${index}`) }));
    const { quote: made, unoffered } = ask([offerOf()], wanted);
    expect(made?.lineItems).toHaveLength(50);
    expect(unoffered).toEqual([
      { needId: needOf('n50'), reason: 'too-many-lines' },
      { needId: needOf('n51'), reason: 'too-many-lines' },
    ]);
  });
});

const anyOffer = fc.record({
  gtin: fc.integer({ min: 1, max: 6 }).map(gtinOf),
  cents: fc.integer({ min: 1, max: 20_000 }),
  amount: fc.integer({ min: 1, max: 5_000_000 }).map((thousandths) => thousandths / 1_000),
  available: fc.boolean(),
});
const offers = fc
  .array(anyOffer, { maxLength: 12 })
  .map((list) =>
    list.map(({ gtin, cents, amount, available }, index) => offerOf({ gtin, sku: `s${index}`, price: euros(cents), pack: { amount, unit: 'ml' }, available })),
  );
const wants = fc
  .array(
    fc.record({ gtin: fc.integer({ min: 1, max: 6 }).map(gtinOf), amount: fc.integer({ min: 0, max: 20_000 }), packsMax: fc.integer({ min: 0, max: 99 }) }),
    {
      maxLength: 8,
    },
  )
  .map((list) =>
    list.map(({ gtin, amount, packsMax }, index) => wantedOf({ needId: needOf(`n${index}`), products: [{ gtin }], amount: { amount, unit: 'ml' }, packsMax })),
  );
const fee = fc.record({ deliveryFee: fc.nat(600).map(euros), freeDeliveryFrom: fc.nat(9_000).map(euros), minimumOrder: fc.nat(3_000).map(euros) });

describe('any quote', () => {
  it('sums to the cent, answers every need once and buys enough or all there is room for', () => {
    fc.assert(
      fc.property(offers, wants, fee, (offered, wanted, changes) => {
        const { quote: made, unoffered } = ask(offered, wanted, changes);
        const served = made?.lineItems.map(({ needId }) => needId) ?? [];
        expect([...served, ...unoffered.map(({ needId }) => needId)].sort()).toEqual(wanted.map(({ needId }) => needId).sort());
        if (!made) return;
        expect(isSound(quoteSchema.parse(made))).toBe(true);
        expect(made.subtotal.amountMinor).toBe(made.lineItems.reduce((sum, { lineTotal }) => sum + lineTotal.amountMinor, 0));
        expect(made.deliveryFee.amountMinor).toBe(made.subtotal.amountMinor >= changes.freeDeliveryFrom.amountMinor ? 0 : changes.deliveryFee.amountMinor);
        expect(made.subtotal.amountMinor).toBeGreaterThanOrEqual(changes.minimumOrder.amountMinor);
        for (const { needId, quantity, pack } of made.lineItems) {
          const need = wanted.find((one) => one.needId === needId);
          const enough = quantity * pack.amount >= (need?.amount.amount ?? 0);
          expect(enough || quantity === need?.packsMax).toBe(true);
          expect((quantity - 1) * pack.amount).toBeLessThan(need?.amount.amount ?? 0);
        }
      }),
    );
  });
  it('is the same whatever order the offers stand in', () => {
    fc.assert(
      fc.property(
        offers.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        wants,
        ([list, shuffled], wanted) => {
          expect(ask(shuffled, wanted)).toEqual(ask(list, wanted));
        },
      ),
    );
  });
});

describe('the hash', () => {
  it('covers everything that a person is shown', () => {
    expect(isSound(quote)).toBe(true);
    const others: Quote[] = [
      { ...quote, total: euros(765), deliveryFee: euros(289) },
      { ...quote, validUntil: soon },
      { ...quote, leadTimeDays: 2 },
      { ...quote, retailerId: retailerIdSchema.parse('rt_other') },
      { ...quote, lineItems: quote.lineItems.map((line) => ({ ...line, title: 'Oat drink' })) },
    ];
    for (const other of others) expect(isSound(other)).toBe(false);
  });
  it('is a fixed function of the content', () => expect(quote.hash).toBe('bcb71de4d1d6b069a59cb5aa8747bb7610e7f3550c690589b8d7d18848570b6d'));
});

describe('the best shop', () => {
  const shop = (id: string, offered: readonly Offer[], changes: Partial<Terms> = {}) => ({
    retailerId: retailerIdSchema.parse(`rt_${id}`),
    terms: { ...terms, ...changes },
    offers: offered,
  });
  const best = (...shops: ReturnType<typeof shop>[]) => cheapestQuote(quotePerRetailer(shops, [wantedOf(), wantsButter], proposedAt))?.retailerId;
  it('serves most needs', () => expect(best(shop('a', [offerOf({ price: euros(1) })]), shop('b', [offerOf(), butterOffer]))).toBe('rt_b'));
  it('then costs least with delivery', () => {
    const dearGoods = [offerOf({ price: euros(200) }), butterOffer];
    expect(best(shop('a', [offerOf(), butterOffer]), shop('b', dearGoods, { deliveryFee: euros(100) }))).toBe('rt_b');
  });
  it('then comes soonest, then has the smaller id', () => {
    const both = [offerOf(), butterOffer];
    expect(best(shop('b', both), shop('a', both))).toBe('rt_a');
    expect(best(shop('b', both, { leadTimeDays: 1 }), shop('a', both))).toBe('rt_b');
  });
  it('is none when none can serve', () => expect(best(shop('a', []))).toBeUndefined());
});

describe('the unit price', () => {
  it.each([
    [129, 1_000, 'ml', 129, '1 l'],
    [218, 250, 'g', 872, '1 kg'],
    [99, 330, 'ml', 300, '1 l'],
    [100, 3_000, 'g', 33, '1 kg'],
    [1, 2, 'piece', 1, '1 piece'],
    [249, 10, 'piece', 25, '1 piece'],
    [244, 10, 'piece', 24, '1 piece'],
    [245, 10, 'piece', 25, '1 piece'],
    [150, 0.5, 'g', 300_000, '1 kg'],
    [100_000_000, 0.001, 'ml', 100_000_000_000_000, '1 l'],
  ] as const)('of %i cents for %f %s is %i per %s', (cents, amount, unit, expected, per) => {
    expect(unitPrice(euros(cents), { amount, unit })).toEqual({ amountMinor: expected, per });
  });
  it('does not exist for nothing', () => expect(() => unitPrice(euros(100), { amount: 0, unit: 'ml' })).toThrow(RangeError));
});

it('money in words keeps both digits of the cents', () => {
  expect([0, 5, 436, 100_000].map((cents) => inEuros(euros(cents)))).toEqual(['0.00 €', '0.05 €', '4.36 €', '1000.00 €']);
});
