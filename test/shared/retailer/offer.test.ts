import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isOffer,
  keptOfferSchema,
  offerSchema,
  offersPublishedSchema,
  replaces,
  takeOffers,
  termsSchema,
  withdrawnOffer,
  withEarlierPrices,
  type KeptOffer,
  type Offer,
} from '../../../shared/retailer/offer.ts';
import { offerOf } from '../order/order-examples.ts';
import { gtinCheckDigit } from '../../../shared/gtin.ts';
import { euros, instantOf, instantSchema, retailerIdSchema } from '../../../shared/values.ts';

const retailerId = retailerIdSchema.parse('rt_frischhof');
const milk = {
  gtin: '4006381333931',
  sku: 'FH-1001',
  title: 'Milk 3.5 %',
  pack: { amount: 1, unit: 'l' },
  priceMinor: 129,
  vatPercent: 7,
  available: true,
  validUntil: '2026-03-03T18:00:00.000Z',
};
const message = (offers: unknown[], { publishedAt = '2026-03-02T06:00:00.000Z', withdrawn }: { publishedAt?: string; withdrawn?: unknown[] } = {}) =>
  offersPublishedSchema.parse({
    type: 'offers.published',
    timestamp: '2026-03-02T06:00:00.000Z',
    data: {
      publishedAt,
      ...(withdrawn && { withdrawn }),
      terms: { deliveryFeeMinor: 290, freeDeliveryFromMinor: 2_500, minimumOrderMinor: 0, leadTimeDays: 1.2 },
      offers,
    },
  });
const gtinOf = (number: number) => {
  const digits = String(number).padStart(12, '0');
  return `${digits}${String(gtinCheckDigit(digits))}`;
};

describe('published offers', () => {
  it('become what is stored: base units, money and the shop that was verified', () => {
    const { terms, offers, refused } = takeOffers(message([milk]), retailerId);
    const { priceMinor, ...rest } = milk;
    expect(offers).toEqual([{ ...rest, retailerId, pack: { amount: 1_000, unit: 'ml' }, price: euros(priceMinor), publishedAt: '2026-03-02T06:00:00.000Z' }]);
    expect(terms).toEqual({ deliveryFee: euros(290), freeDeliveryFrom: euros(2_500), minimumOrder: euros(0), leadTimeDays: 1.2 });
    expect(refused).toEqual([]);
    expect(offerSchema.parse(offers[0])).toEqual(offers[0]);
    expect(termsSchema.parse(terms)).toEqual(terms);
  });
  it.each([
    ['kg', { amount: 0.25, unit: 'kg' }, { amount: 250, unit: 'g' }],
    ['ml', { amount: 330, unit: 'ml' }, { amount: 330, unit: 'ml' }],
    ['pieces', { amount: 10, unit: 'piece' }, { amount: 10, unit: 'piece' }],
  ])('converts %s', (_, pack, stored) => {
    expect(takeOffers(message([{ ...milk, pack }]), retailerId).offers[0]?.pack).toEqual(stored);
  });
  it.each([
    ['no amount', { pack: { unit: 'l' } }, /^pack\.amount: /],
    ['an empty pack', { pack: { amount: 0, unit: 'l' } }, /^pack\.amount: .*holds something/],
    ['half a piece', { pack: { amount: 1.5, unit: 'piece' } }, /^pack\.amount: .*whole/],
    ['an unknown unit', { pack: { amount: 1, unit: 'pint' } }, /^pack\.unit: /],
    ['a wrong check digit', { gtin: '4006381333932' }, /^gtin: .*check digit/],
    ['a price of nothing', { priceMinor: 0 }, /^priceMinor: /],
    ['a price in fractions', { priceMinor: 1.29 }, /^priceMinor: /],
    ['a day that does not exist', { validUntil: '2026-02-30T25:00:00.000Z' }, /^validUntil: /],
    ['an offer that is over', { validUntil: '2026-03-02T06:00:00.000Z' }, /^validUntil: .*after publishedAt/],
    ['a field we do not know', { discount: 1 }, /^offer: .*discount/],
    ['a tax above all', { vatPercent: 101 }, /^vatPercent: /],
  ])('refuses %s, names the line and takes the others', (_, over, reason) => {
    const other = { ...milk, gtin: gtinOf(7) };
    const bad = { ...milk, ...over };
    const { offers, refused } = takeOffers(message([bad, other]), retailerId);
    expect(offers.map(({ gtin }) => gtin)).toEqual([other.gtin]);
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({ index: 0, gtin: bad.gtin });
    expect(refused[0]?.reason).toMatch(reason);
  });
  it('refuses what is not an offer at all, without a GTIN to name', () => {
    expect(takeOffers(message([null, 'milk', { gtin: 4 }]), retailerId).refused.map((line) => [line.index, line.gtin])).toEqual([
      [0, undefined],
      [1, undefined],
      [2, undefined],
    ]);
  });
  it('takes a GTIN once', () => {
    const { offers, refused } = takeOffers(message([milk, { ...milk, priceMinor: 99 }]), retailerId);
    expect(offers.map(({ price }) => price.amountMinor)).toEqual([129]);
    expect(refused).toEqual([{ index: 1, gtin: milk.gtin, reason: 'gtin: stands more than once in this message' }]);
  });
  it('accounts for every line exactly once', () => {
    const line = fc.oneof(
      fc.integer({ min: 0, max: 20 }).map((number) => ({ ...milk, gtin: gtinOf(number) })),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const { offers, refused } = takeOffers(message(lines), retailerId);
        expect(offers.length + refused.length).toBe(lines.length);
        expect(new Set(offers.map(({ gtin }) => gtin)).size).toBe(offers.length);
        for (const offer of offers) expect(offerSchema.parse(offer)).toEqual(offer);
        for (const { index, reason } of refused) {
          expect(lines[index]).toBeDefined();
          expect(reason.length).toBeGreaterThan(0);
        }
      }),
    );
  });
  it('are at most 500', () => {
    expect(message(Array.from({ length: 500 }, () => milk)).data.offers).toHaveLength(500);
    expect(() => message(Array.from({ length: 501 }, () => milk))).toThrow();
  });
});

it('only what was published later replaces', () => {
  const at = (millis: number) => offerOf({ publishedAt: instantOf(millis) });
  expect(replaces(at(2), undefined)).toBe(true);
  expect(replaces(at(2), at(1))).toBe(true);
  expect(replaces(at(2), at(2))).toBe(false);
  expect(replaces(at(1), at(2))).toBe(false);
});

describe('what is offered no longer', () => {
  it('is taken by its GTIN, line by line, and not offered by the same message', () => {
    const taken = takeOffers(message([milk, { ...milk, gtin: gtinOf(7) }], { withdrawn: [milk.gtin, '4006381333932', milk.gtin, null] }), retailerId);
    expect(taken.withdrawn).toEqual([milk.gtin]);
    expect(taken.offers.map(({ gtin }) => gtin)).toEqual([gtinOf(7)]);
    expect(taken.refused.map(({ index, list, gtin }) => [index, list, gtin])).toEqual([
      [1, 'withdrawn', '4006381333932'],
      [2, 'withdrawn', milk.gtin],
      [3, 'withdrawn', undefined],
      [0, undefined, milk.gtin],
    ]);
    expect(taken.refused.every(({ reason }) => reason.startsWith('gtin: '))).toBe(true);
  });
  it('keeps what it has cost, so that it does not come back as cheap', () => {
    const stored = offerOf({ price: euros(129) });
    const gone = withdrawnOffer(stored.gtin, { retailerId, publishedAt: instantSchema.parse('2026-06-01T08:00:00.000Z') }, stored);
    expect(gone).toMatchObject({ available: false, price: euros(129) });
    const back = offerOf({ price: euros(99), publishedAt: instantSchema.parse('2026-06-02T08:00:00.000Z') });
    expect(withEarlierPrices(back, gone).earlierPrices?.map(({ price }) => price.amountMinor)).toEqual([129]);
  });
});

it('whatever a shop publishes and withdraws, any order of its messages and any repeat leaves the same offers', () => {
  const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { maxLength: 4 });
  const published = fc.record({
    ...{ hour: fc.integer({ min: 0, max: 4 }), cents: fc.integer({ min: 1, max: 3 }) },
    ...{ offered: numbers, withdrawn: numbers, available: fc.boolean() },
  });
  const shuffled = fc
    .array(published, { minLength: 1, maxLength: 6 })
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })));
  const left = (messages: readonly { hour: number; cents: number; offered: number[]; withdrawn: number[]; available: boolean }[]) => {
    const kept = new Map<string, KeptOffer>();
    for (const { hour, cents, offered, withdrawn, available } of messages) {
      const publishedAt = instantSchema.parse(`2026-03-02T0${String(hour)}:00:00.000Z`);
      const lines = offered.map((number) => ({ ...milk, gtin: gtinOf(number), priceMinor: cents, available }));
      const taken = takeOffers(message(lines, { publishedAt, withdrawn: withdrawn.map(gtinOf) }), retailerId);
      for (const offer of taken.offers) if (replaces(offer, kept.get(offer.gtin))) kept.set(offer.gtin, withEarlierPrices(offer, kept.get(offer.gtin)));
      for (const gtin of taken.withdrawn)
        kept.set(gtin, withdrawnOffer(gtin, { retailerId, publishedAt }, kept.get(gtin)) ?? keptOfferSchema.parse(kept.get(gtin)));
    }
    // What it has cost before is known only of what has come.
    const forSale = [...kept.values()].filter(isOffer).filter((offer) => offer.available);
    return forSale.map(({ gtin, price, publishedAt }) => [gtin, price.amountMinor, publishedAt].join()).sort();
  };
  fc.assert(
    fc.property(shuffled, ([messages, mixed]) => {
      expect(left(mixed)).toEqual(left(messages));
    }),
    { numRuns: 300, verbose: true },
  );
});

describe('what a product has cost before', () => {
  const at = (day: number) => instantSchema.parse(`2026-03-${String(day).padStart(2, '0')}T08:00:00.000Z`);
  const published = (day: number, cents: number) => offerSchema.parse({ ...offerOf({ price: euros(cents) }), publishedAt: at(day) });
  const lived = (...prices: number[]) =>
    prices.reduce<Offer | undefined>((stored, cents, index) => withEarlierPrices(published(index + 1, cents), stored), undefined);

  it('is kept with the day since when, and a price that stays has stood since it came', () => {
    expect(lived(129)).not.toHaveProperty('earlierPrices');
    expect(lived(129, 129, 139, 139, 119)).toMatchObject({
      price: euros(119),
      priceSince: at(5),
      earlierPrices: [
        { price: euros(129), since: at(1) },
        { price: euros(139), since: at(3) },
      ],
    });
  });
  it('is kept for the last twelve prices', () => {
    const offer = lived(...Array.from({ length: 28 }, (_, index) => 100 + index));
    expect(offerSchema.parse(offer).earlierPrices?.map(({ price }) => price.amountMinor)).toEqual(Array.from({ length: 12 }, (_, index) => 115 + index));
  });
});
