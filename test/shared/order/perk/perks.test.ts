import { describe, expect, it } from 'vitest';
import type { Quote } from '../../../../shared/event-parts.ts';
import { bestDrafts } from '../../../../shared/order/best-basket.ts';
import { isSound, quoteFor, quoteHash, type QuoteRequest } from '../../../../shared/order/quote.ts';
import { requote } from '../../../../shared/order/requote.ts';
import type { Perk } from '../../../../shared/retailer/perk.ts';
import { addDuration, duration, euros, retailerIdSchema } from '../../../../shared/values.ts';
import { given } from '../order-specification.ts';
import {
  butter,
  delivers,
  facts,
  frischhof,
  householdId,
  milk,
  needOf,
  offerOf,
  orderId,
  proposedAt as now,
  seal,
  terms,
  wantedOf,
} from '../order-examples.ts';
import { hear } from '../order-specification.ts';

const voucher = (minor: number, from = 0, perkId = `off-${String(minor)}`): Perk => ({
  ...{ perkId, kind: 'voucher', fundedBy: 'retailer' },
  amount: euros(minor),
  from: euros(from),
});
const freeDelivery = (from = 0): Perk => ({ perkId: 'door', kind: 'free-delivery', fundedBy: 'platform', from: euros(from) });
const twoMilk: Perk = { perkId: 'two-milk', kind: 'buy-one-get-one', fundedBy: 'brand', gtins: [milk] };

const butterOffer = offerOf({ gtin: butter, sku: 'FH-2', title: 'Butter', pack: { amount: 250, unit: 'g' }, price: euros(218) });
const wantedButter = wantedOf({
  ...{ needId: needOf('butter'), supplyId: wantedOf().supplyId, products: [{ gtin: butter }] },
  amount: { amount: 250, unit: 'g' },
});
/** Milk at 1.29 €, butter at 2.18 €, delivery 2.90 €. */
const quoteWith = (perks: readonly Perk[], packs = 2, more: Partial<QuoteRequest> = {}): Quote => {
  const wanted = [wantedOf({ amount: { amount: packs * 1_000, unit: 'ml' }, packsMax: 99 }), wantedButter];
  const { quote } = quoteFor({ retailerId: frischhof, terms, offers: [offerOf(), butterOffer], perks, wanted, now, ...more });
  if (quote === undefined) throw new Error('expected a quote');
  return quote;
};

describe('a quote with perks', () => {
  it('is the same to the byte where none applies', () => {
    expect(quoteWith([voucher(500, 10_000), freeDelivery(10_000)])).toEqual(quoteWith([]));
    expect(quoteWith([])).not.toHaveProperty('perks');
  });
  it('names each with who pays for it and what it saves, and the hash covers them', () => {
    const quote = quoteWith([voucher(100), freeDelivery(), twoMilk], 3);
    expect(quote).toMatchObject({
      ...{ subtotal: euros(3 * 129 + 218), deliveryFee: euros(290) },
      perks: [
        { perkId: 'two-milk', kind: 'buy-one-get-one', fundedBy: 'brand', saves: euros(129), needId: needOf('milk') },
        { perkId: 'door', kind: 'free-delivery', fundedBy: 'platform', saves: euros(290) },
        { perkId: 'off-100', kind: 'voucher', fundedBy: 'retailer', saves: euros(100) },
      ],
      total: euros(2 * 129 + 218 - 100),
    });
    expect(isSound(quote)).toBe(true);
    const other = { ...quote, perks: quote.perks?.map((perk) => ({ ...perk, fundedBy: 'retailer' as const })) };
    expect(quoteHash(other)).not.toBe(quote.hash);
  });
  it('never holds more packs for a perk: of one pack none is free, of five two are', () => {
    expect(quoteWith([twoMilk], 1)).toEqual(quoteWith([], 1));
    const five = quoteWith([twoMilk], 5);
    expect(five.lineItems[0]?.quantity).toBe(5);
    expect(five.total.amountMinor).toBe(3 * 129 + 218 + 290);
  });
  it('takes the one voucher that saves most, and never more than the goods cost', () => {
    expect(quoteWith([voucher(100), voucher(300), voucher(900, 10_000)]).perks).toMatchObject([{ perkId: 'off-300' }]);
    expect(quoteWith([voucher(9_000), twoMilk])).toMatchObject({ total: euros(290), perks: [{ saves: euros(129) }, { saves: euros(129 + 218) }] });
    expect(quoteWith([voucher(9_000), freeDelivery()]).total).toEqual(euros(0));
  });
  it('judges thresholds by the prices before perks', () => {
    const goods = 2 * 129 + 218;
    expect(quoteWith([twoMilk, voucher(50, goods)]).perks).toHaveLength(2);
    expect(quoteWith([twoMilk, voucher(50, goods + 1)]).perks).toHaveLength(1);
    expect(quoteWith([voucher(200)], 2, { terms: { ...terms, freeDeliveryFrom: euros(goods) } })).toMatchObject({ deliveryFee: euros(0) });
  });
  it('stands no longer than its perks', () => {
    const validUntil = addDuration(now, duration(7, 'hours'));
    expect(quoteWith([{ ...voucher(100), validUntil }]).validUntil).toBe(validUntil);
    expect(quoteWith([{ ...voucher(100), validUntil: addDuration(now, duration(6, 'hours')) }])).not.toHaveProperty('perks');
  });
  it('loses a perk that no longer holds when people change it', () => {
    const shop = { retailerId: frischhof, terms, offers: [offerOf(), butterOffer], perks: [voucher(200, 400)] };
    const quote = quoteWith(shop.perks);
    const order = given([{ ...facts.proposed, data: { ...facts.proposed.data, quote } }]).order;
    if (order === undefined) throw new Error('expected an order');
    const changed = requote({ order, lines: [{ needId: needOf('milk'), gtin: milk, quantity: 1 }], allowed: new Map(), shop, now });
    expect(changed).toMatchObject({ kind: 'quote', quote: { total: euros(129 + 218 + 290) } });
  });
});

describe('the cheapest whole basket', () => {
  const other = retailerIdSchema.parse('rt_other');
  const shops = (perks: readonly Perk[]) => [
    { retailerId: frischhof, terms, offers: [offerOf({ price: euros(139) })], perks: [...perks] },
    { retailerId: other, terms, offers: [offerOf({ retailerId: other, price: euros(129) })] },
  ];
  const chosen = (perks: readonly Perk[]) =>
    bestDrafts({ shops: shops(perks), wanted: [wantedOf()], now }).map(({ shop, quote }) => [shop.retailerId, quote.total.amountMinor]);
  it('counts perks: a shop that is dearer by the price may be the cheaper one', () => {
    expect(chosen([])).toEqual([[other, 2 * 129 + 290]]);
    expect(chosen([twoMilk])).toEqual([[frischhof, 139 + 290]]);
    expect(chosen([voucher(21)])).toEqual([[frischhof, 2 * 139 - 21 + 290]]);
    expect(chosen([voucher(19)])).toEqual([[other, 2 * 129 + 290]]);
    expect(chosen([freeDelivery()])).toEqual([[frischhof, 2 * 139]]);
  });
});

describe('an order with perks', () => {
  const quote = quoteWith([voucher(100), freeDelivery(), twoMilk]);
  const proposed = { ...facts.proposed, data: { ...facts.proposed.data, quote } };
  const sent = [
    proposed,
    { ...facts.approved, data: { ...facts.approved.data, quoteHash: quote.hash, total: quote.total } },
    facts.placing,
    facts.placed,
    facts.accepted,
  ];
  const total = 129 + 218 - 100;
  const propose = (changes: Partial<Quote>) =>
    given([]).when({ type: 'propose', orderId, householdId, retailerId: frischhof, round: 1, quote: seal({ ...quote, ...changes }) });

  it('costs what was promised and is never charged above', () => {
    expect(quote.total).toEqual(euros(total));
    given(sent)
      .when(hear(delivers(2, total + 1)))
      .thenRejected('above-quote');
    expect(given(sent).when(hear(delivers(2, total))).decision).toMatchObject({
      kind: 'events',
      events: [{ type: 'order.delivered', data: { total: quote.total } }],
    });
  });
  it.each([
    ['a total that forgets them', { total: euros(total + 519) }],
    ['a second voucher', { perks: [...(quote.perks ?? []), { perkId: 'x', kind: 'voucher', fundedBy: 'brand', saves: euros(1) }], total: euros(total - 1) }],
    [
      'more free packs than there are',
      { perks: [{ perkId: 'x', kind: 'buy-one-get-one', fundedBy: 'brand', saves: euros(258), needId: needOf('milk') }], total: euros(508) },
    ],
    [
      'free packs of no line',
      { perks: [{ perkId: 'x', kind: 'buy-one-get-one', fundedBy: 'brand', saves: euros(129), needId: needOf('tea') }], total: euros(637) },
    ],
    ['a delivery that is not the fee', { perks: [{ perkId: 'x', kind: 'free-delivery', fundedBy: 'brand', saves: euros(289) }], total: euros(477) }],
    ['a voucher above the goods', { perks: [{ perkId: 'x', kind: 'voucher', fundedBy: 'brand', saves: euros(477) }], total: euros(289) }],
  ] as const)('is not proposed with %s', (_, changes) => propose(changes as Partial<Quote>).thenRejected('quote-unsound'));

  it('keeps its perks when less comes: what came costs its share, whatever a minimum was', () => {
    // Of milk two packs for the price of one, of the voucher 37 cents on the milk and 63 on the butter.
    const only = given(sent, delivers(2, 155, 0, 1)).order;
    expect(only).toMatchObject({ progress: { total: euros(155), problems: [] } });
    expect(given(sent, delivers(2, 156, 0, 1)).order).toMatchObject({ progress: { problems: ['charged 156 cents, delivered for 155'] } });
    expect(given(sent, delivers(2, 46, 1, 0)).order).toMatchObject({ progress: { problems: [] } });
    expect(given(sent, delivers(2, 47, 1, 0)).order).toMatchObject({ progress: { problems: ['charged 47 cents, delivered for 46'] } });
  });
});
