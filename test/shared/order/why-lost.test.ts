import { describe, expect, it } from 'vitest';
import { bestDrafts } from '../../../shared/order/best-basket.ts';
import type { Wanted } from '../../../shared/order/quote.ts';
import { fatesOf, type SharedOut } from '../../../shared/order/why-lost.ts';
import { NO_PREFERENCES } from '../../../shared/household/order-preferences.ts';
import type { OfferFate } from '../../../shared/retailer/lost-offers.ts';
import type { Offer, Terms } from '../../../shared/retailer/offer.ts';
import { euros, retailerIdSchema } from '../../../shared/values.ts';
import { gtinOf, needOf, offerOf, proposedAt as now, supplyOf, terms } from './order-examples.ts';

const [milk, oats] = [gtinOf(701), gtinOf(702)];
const idOf = (name: string) => retailerIdSchema.parse(`rt_${name}`);
const need = (changes: Partial<Wanted> = {}): Wanted => ({
  ...{ needId: needOf('milk'), supplyId: supplyOf('milk'), products: [{ gtin: milk }, { gtin: oats }], amount: { amount: 1_000, unit: 'ml' }, packsMax: 5 },
  ...changes,
});
const shop = (name: string, offers: readonly Partial<Offer>[], changes: Partial<Terms> = {}) => ({
  ...{ retailerId: idOf(name), terms: { ...terms, deliveryFee: euros(0), minimumOrder: euros(0), leadTimeDays: 2, ...changes } },
  offers: offers.map((offer) => offerOf({ retailerId: idOf(name), gtin: milk, price: euros(100), ...offer })),
});
/** What becomes of the shop `a` beside another one. */
function fateOfA(a: ReturnType<typeof shop>, other = shop('b', [{}]), { wanted = [need()], ...changes }: Partial<SharedOut> = {}) {
  const shops = [a, other];
  const drafts = bestDrafts({ shops, wanted, now, preferences: changes.preferences });
  const choices = drafts.map(({ shop: { retailerId }, quote }) => ({ retailerId, lines: quote.lineItems }));
  return fatesOf({ shops, wanted, now, notAsked: [], choices, ...changes }).get(a.retailerId);
}

describe('an offer', () => {
  it.each<[OfferFate, ReturnType<typeof shop>, Partial<SharedOut> | undefined]>([
    ['won', shop('a', [{ price: euros(99) }]), undefined],
    ['price', shop('a', [{ price: euros(101) }]), undefined],
    ['lead-time', shop('a', [{}], { leadTimeDays: 3 }), undefined],
    ['minimum-order', shop('a', [{ price: euros(1) }], { minimumOrder: euros(500) }), undefined],
    ['no-unit-price', shop('a', [{ price: euros(1), pack: { amount: 1, unit: 'piece' } }]), undefined],
    ['out-of-stock', shop('a', [{ price: euros(1), available: false }]), undefined],
    ['out-of-stock', shop('a', [{ price: euros(1), validUntil: now }]), undefined],
    ['not-offered', shop('a', [{ gtin: gtinOf(799) }]), undefined],
    ['whole-basket', shop('a', [{ price: euros(90) }], { deliveryFee: euros(300), freeDeliveryFrom: euros(9_000) }), undefined],
    ['not-preferred', shop('a', [{ price: euros(10), tags: ['lactose'] }]), { wanted: [need({ avoid: ['lactose'] })] }],
    ['not-preferred', shop('a', [{ price: euros(10) }]), { wanted: [need({ shops: [idOf('b')] })] }],
    ['not-preferred', shop('a', [{ price: euros(50) }]), { preferences: { ...NO_PREFERENCES, shops: [idOf('b')] } }],
    ['lead-time', shop('a', [{ price: euros(50) }], { leadTimeDays: 4 }), { preferences: { ...NO_PREFERENCES, wish: 'speed' } }],
  ])('%s', (fate, a, changes) => {
    expect(fateOfA(a, undefined, changes)).toEqual([{ gtin: a.offers[0]?.gtin === gtinOf(799) ? milk : a.offers[0]?.gtin, fate }]);
  });
  it('of a product that is liked less loses to the better liked one', () => {
    const soap = need({ needId: needOf('soap'), supplyId: supplyOf('soap'), products: [{ gtin: gtinOf(703) }] });
    const other = shop('b', [{}, { gtin: gtinOf(703) }]);
    expect(fateOfA(shop('a', [{ gtin: oats, price: euros(99) }]), other, { wanted: [need(), soap] })).toEqual([
      { gtin: oats, fate: 'not-preferred' },
      { gtin: gtinOf(703), fate: 'not-offered' },
    ]);
  });
  it('that nobody asked for is told as such, and what there is no room for is nobody’s loss', () => {
    const asked = { wanted: [need()], shops: [], notAsked: [idOf('a')], choices: [], now };
    expect(fatesOf(asked).get(idOf('a'))).toEqual([{ gtin: milk, fate: 'not-reachable' }]);
    expect(fateOfA(shop('a', [{}]), undefined, { wanted: [need({ packsMax: 0 })] })).toEqual([]);
  });
});
