import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderDueAt } from '../../../shared/order/order-due.ts';
import { viewsForSupplies } from '../../../shared/order/order-for-supply.ts';
import type { OrderCommand } from '../../../shared/order/order.ts';
import { CHANGES_MAX, needsOf } from '../../../shared/order/order-state.ts';
import { isSound } from '../../../shared/order/quote.ts';
import { alternativesOf } from '../../../shared/order/alternatives.ts';
import { requote, type ChangeLine, type Requoted } from '../../../shared/order/requote.ts';
import { changeIdSchema, euros, retailerIdSchema } from '../../../shared/values.ts';
import {
  anna,
  butter,
  byAnna,
  expiresAt,
  facts,
  gtinOf,
  historyOf,
  householdId,
  milk,
  needOf,
  offerOf,
  orderId,
  frischhof,
  quote,
  quoteEndsAt,
  seal,
  soon,
  supplyOf,
  terms,
} from './order-examples.ts';
import { given, reached } from './order-specification.ts';

const oatMilk = gtinOf(3);
const offers = [
  offerOf(),
  offerOf({ gtin: oatMilk, sku: 'FH-3', title: 'Oat milk', price: euros(199) }),
  offerOf({ gtin: butter, sku: 'FH-2', title: 'Butter', pack: { amount: 250, unit: 'g' }, price: euros(218) }),
];
const shop = { retailerId: frischhof, terms, offers };
const allowed = new Map([
  [supplyOf('milk'), { name: 'milk', unit: 'ml', gtins: [milk, oatMilk], packsMax: 6, rules: { category: 'milk' } }],
  [supplyOf('butter'), { name: 'butter', unit: 'g', gtins: [butter], packsMax: 4, rules: { category: 'butter' } }],
] as const);
const asking = historyOf['awaiting-approval'];
const waiting = () => {
  const order = reached(asking);
  if (order?.status !== 'awaiting-approval') throw new Error('the example waits');
  return order;
};
const line = (need: string, gtin: typeof milk, quantity: number): ChangeLine => ({ needId: needOf(need), gtin, quantity });
const wish = (...lines: ChangeLine[]) => requote({ order: waiting(), lines, allowed, shop, now: soon });
const quoteIn = (requoted: Requoted) => {
  if (requoted.kind === 'refused') throw new Error(requoted.reason);
  return requoted.quote;
};
const chg = (id: string) => changeIdSchema.parse(`chg_${id}`);
const command = (next = quoteIn(wish(line('milk', milk, 3))), more: object = {}) =>
  ({ type: 'requote', changeId: chg('a'), memberId: anna, seenHash: quote.hash, quote: next, now: soon, ...more }) satisfies OrderCommand;
const fact = (next: typeof quote, more: object = {}) =>
  ({
    type: 'order.requoted',
    data: { householdId, orderId, retailerId: frischhof, changeId: chg('a'), memberId: anna, previousHash: quote.hash, quote: next, expiresAt, ...more },
  }) as const;

describe('a wish', () => {
  it('costs what the shop asks now, line by line, with the lines that nobody named as they were', () => {
    const { lineItems, deliveryFee, total } = quoteIn(wish(line('milk', oatMilk, 3)));
    expect(lineItems.map(({ gtin, quantity, lineTotal }) => [gtin, quantity, lineTotal.amountMinor])).toEqual([
      [oatMilk, 3, 597],
      [butter, 1, 218],
    ]);
    expect([deliveryFee.amountMinor, total.amountMinor]).toEqual([290, 1_105]);
  });

  it.each<[string, ChangeLine[], string]>([
    ['another need', [line('coffee', milk, 1)], 'unknown-need'],
    ['one need twice', [line('milk', milk, 1), line('milk', oatMilk, 1)], 'named-twice'],
    ['a product that is not allowed for it', [line('butter', milk, 1)], 'not-allowed'],
    ['a product that nobody offers', [line('milk', gtinOf(9), 1)], 'not-allowed'],
    ['nothing', [line('milk', milk, 0), line('butter', butter, 0)], 'nothing-left'],
  ])('for %s is refused', (_, lines, reason) => expect(wish(...lines)).toMatchObject({ kind: 'refused', reason }));

  it('for what the shop has sold out, or below its smallest order, is refused with the need', () => {
    const sold = { ...shop, offers: offers.map((offer) => ({ ...offer, available: offer.gtin !== butter })) };
    expect(requote({ order: waiting(), lines: [line('milk', milk, 1)], allowed, shop: sold, now: soon })).toMatchObject({
      reason: 'not-offered',
      needId: needOf('butter'),
    });
    const large = { ...shop, terms: { ...terms, minimumOrder: euros(10_000) } };
    expect(requote({ order: waiting(), lines: [], allowed, shop: large, now: soon })).toMatchObject({ reason: 'below-minimum-order' });
  });

  it('sums up to the cent and keeps the number of packs, whatever is wished for', () => {
    const wished = fc.record({
      milk: fc.integer({ min: 0, max: 99 }),
      butter: fc.integer({ min: 1, max: 99 }),
      oat: fc.boolean(),
      price: fc.integer({ min: 1, max: 9_999 }),
    });
    fc.assert(
      fc.property(wished, ({ milk: packs, butter: blocks, oat, price }) => {
        const dear = { ...shop, offers: offers.map((offer) => ({ ...offer, price: euros(price) })) };
        const made = requote({
          order: waiting(),
          lines: [line('milk', oat ? oatMilk : milk, packs), line('butter', butter, blocks)],
          allowed,
          shop: dear,
          now: soon,
        });
        const next = quoteIn(made);
        expect(isSound(next)).toBe(true);
        expect(next.lineItems.map(({ quantity }) => quantity)).toEqual([packs, blocks].filter((quantity) => quantity > 0));
        expect(next.subtotal.amountMinor).toBe((packs + blocks) * price);
        expect(next.deliveryFee.amountMinor).toBe((packs + blocks) * price >= 2_500 ? 0 : 290);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a change', () => {
  it('goes on waiting with the new quote, and only its hash is approved', () => {
    const next = quoteIn(wish(line('milk', milk, 3)));
    given(asking).when(command(next)).then(fact(next));
    const changed = given([...asking, fact(next)]);
    expect(changed.order).toMatchObject({ status: 'awaiting-approval', quote: next, changes: [{ changeId: 'chg_a', quoteHash: quote.hash }] });
    changed.when({ type: 'approve', by: byAnna, quoteHash: quote.hash, now: soon }).thenRejected('quote-changed');
    const yes = { type: 'order.approved', data: { ...facts.approved.data, quoteHash: next.hash, total: next.total } } as const;
    changed.when({ type: 'approve', by: byAnna, quoteHash: next.hash, now: soon }).then(yes);
    expect(reached([...asking, fact(next), yes])).toMatchObject({ status: 'approved', changes: [{ changeId: 'chg_a' }] });
  });

  it('sent twice is one, also after the order was approved', () => {
    const next = quoteIn(wish(line('milk', milk, 3)));
    const yes = { type: 'order.approved', data: { ...facts.approved.data, quoteHash: next.hash, total: next.total } } as const;
    given([...asking, fact(next)])
      .when(command(next))
      .thenIgnored('already-changed');
    given([...asking, fact(next), yes])
      .when(command(next))
      .thenIgnored('already-changed');
  });

  it.each<[string, object, string]>([
    ['of another quote than was seen', { seenHash: 'a'.repeat(64) }, 'quote-changed'],
    ['after the time to answer', { now: expiresAt }, 'approval-expired'],
    ['to another shop', { quote: seal({ ...quote, retailerId: retailerIdSchema.parse('rt_other') }) }, 'quote-of-another-shop'],
    ['to a quote that does not add up', { quote: { ...quote, total: euros(1) } }, 'quote-unsound'],
    [
      'to a need it was not proposed for',
      { quote: seal({ ...quote, lineItems: quote.lineItems.map((one) => ({ ...one, needId: needOf('x') })) }) },
      'foreign-need',
    ],
  ])('%s is refused', (_, more, reason) => given(asking).when(command(undefined, more)).thenRejected(reason));

  it('comes to an end', () => {
    const many = Array.from({ length: CHANGES_MAX }, (_, index) => fact(quote, { changeId: chg(`n${String(index)}`) }));
    given([...asking, ...many])
      .when(command(quote))
      .thenRejected('too-many-changes');
  });

  it('gives no more time than there was, and less where the new prices end sooner', () => {
    const sooner = seal({ ...quote, validUntil: soon });
    given(asking)
      .when(command(sooner, { now: facts.asked.data.expiresAt }))
      .thenRejected('approval-expired');
    const earlier = seal({ ...quote, validUntil: expiresAt });
    const order = given(asking).when(command(earlier)).then(fact(earlier, { expiresAt }));
    expect(orderDueAt(order)).toBe(expiresAt);
    const short = seal({ ...quote, validUntil: quoteEndsAt });
    given(asking).when(command(short)).then(fact(short, { expiresAt }));
  });

  it('that takes a line out declines that need alone, and it may come back', () => {
    const without = quoteIn(wish(line('butter', butter, 0)));
    const order = given(asking).when(command(without)).then(fact(without));
    expect(order.dropped).toEqual([{ needId: needOf('butter'), supplyId: supplyOf('butter') }]);
    const views = viewsForSupplies(order, 4);
    expect([views.get(supplyOf('butter'))?.standing, views.get(supplyOf('milk'))?.standing]).toEqual(['declined', 'asking']);
    const back = quoteIn(requote({ order, lines: [line('butter', butter, 2)], allowed, shop, now: soon }));
    expect(back.lineItems.map(({ needId }) => needId)).toEqual([needOf('milk'), needOf('butter')]);
    const again = reached([...asking, fact(without), fact(back, { changeId: chg('b'), previousHash: without.hash })]);
    expect(again && [again.dropped, needsOf(again)]).toEqual([[], needsOf(waiting())]);
  });
});

describe('the alternatives', () => {
  it('are the allowed products that the shop offers, with what the same goods cost now', () => {
    const dearer = {
      ...shop,
      offers: offers.map((offer) => (offer.gtin === milk ? { ...offer, price: euros(139), withdrawal: 'perishable' as const } : offer)),
    };
    const { needs, now, quoteHash } = alternativesOf({ order: waiting(), allowed, shop: dearer, now: soon });
    expect(needs.map(({ needId, line: held, choices }) => [needId, held, choices.map(({ gtin, unitPrice }) => [gtin, unitPrice.amountMinor])])).toEqual([
      [
        needOf('milk'),
        { gtin: milk, quantity: 2 },
        [
          [milk, 139],
          [oatMilk, 199],
        ],
      ],
      [needOf('butter'), { gtin: butter, quantity: 1 }, [[butter, 218]]],
    ]);
    expect(needs[0]?.choices[0]?.withdrawal).toBe('perishable');
    expect([quoteHash, now?.total.amountMinor, now?.lineItems[0]?.withdrawal]).toEqual([quote.hash, quote.total.amountMinor + 20, 'perishable']);
  });

  it('are none at a shop that takes no orders', () => {
    const { needs, now } = alternativesOf({ order: waiting(), allowed, shop: undefined, now: soon });
    expect([needs.flatMap(({ choices }) => choices), now]).toEqual([[], undefined]);
  });
});
