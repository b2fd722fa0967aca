import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chargeOf, feeOf, objectionTo, orderSchema, refundOf as shopRefund } from '../../../../retailer-sim/order.ts';
import type { Quote } from '../../../../shared/event-parts.ts';
import { decideAnswer } from '../../../../shared/order/answer-order.ts';
import { foldAnswers } from '../../../../shared/order/fold-answers.ts';
import { carryOut } from '../../../../shared/order/order.ts';
import { evolveOrder } from '../../../../shared/order/evolve-order.ts';
import type { Order } from '../../../../shared/order/order-state.ts';
import { summedPerks } from '../../../../shared/order/perk/apply-perks.ts';
import { feePaid, lineDiscounts, owedMinor } from '../../../../shared/order/perk/paid-for.ts';
import { isSound, quoteFor } from '../../../../shared/order/quote.ts';
import { refundOf } from '../../../../shared/order/refund.ts';
import { orderPlacedMessage } from '../../../../shared/retailer/messages.ts';
import type { Perk } from '../../../../shared/retailer/perk.ts';
import { euros } from '../../../../shared/values.ts';
import {
  acceptBefore,
  answer,
  facts,
  frischhof,
  gtinOf,
  needOf,
  offerOf,
  orderId,
  proposedAt as now,
  soon,
  supplyOf,
  terms,
  wantedOf,
} from '../order-examples.ts';
import { hear } from '../order-specification.ts';

const gtins = [801, 802, 803, 804].map(gtinOf);
const funder = fc.constantFrom('retailer', 'brand');
const minor = (max: number) => fc.integer({ min: 1, max }).map(euros);
const perk = fc.oneof(
  fc.record({ perkId: fc.constant('off'), kind: fc.constant('voucher'), fundedBy: funder, amount: minor(3_000), from: minor(2_000) }),
  fc.record({ perkId: fc.constant('door'), kind: fc.constant('free-delivery'), fundedBy: funder, from: minor(1_500) }),
  fc.record({ perkId: fc.constant('two'), kind: fc.constant('buy-one-get-one'), fundedBy: funder, gtins: fc.subarray(gtins, { minLength: 1 }) }),
) as fc.Arbitrary<Perk>;

/** A basket of up to four products, with some perks that a shop of ours has published. */
const basket = fc
  .record({
    lines: fc.array(fc.record({ cents: fc.integer({ min: 1, max: 999 }), packs: fc.integer({ min: 1, max: 7 }) }), { minLength: 1, maxLength: 4 }),
    perks: fc.uniqueArray(perk, { maxLength: 5, selector: ({ perkId, fundedBy }) => `${perkId} ${fundedBy}` }),
    fee: fc.constantFrom(0, 190, 390),
    freeFrom: fc.constantFrom(1_000, 9_000),
  })
  .map(({ lines, perks, fee, freeFrom }) => {
    const offers = lines.map(({ cents }, index) => offerOf({ gtin: gtins[index] ?? gtinOf(1), sku: `s${String(index)}`, price: euros(cents) }));
    const wanted = lines.map(({ packs }, index) =>
      wantedOf({
        ...{ needId: needOf(`n${String(index)}`), supplyId: supplyOf(`n${String(index)}`), products: [{ gtin: gtins[index] ?? gtinOf(1) }] },
        ...{ amount: { amount: 1_000 * packs, unit: 'ml' }, packsMax: 99 },
      }),
    );
    const shop = { retailerId: frischhof, terms: { ...terms, deliveryFee: euros(fee), freeDeliveryFrom: euros(freeFrom) }, offers };
    const quoteWith = (some: readonly Perk[]): Quote => {
      const { quote } = quoteFor({ ...shop, perks: some, wanted, now });
      if (quote === undefined) throw new Error('expected a quote');
      return quote;
    };
    return { quote: quoteWith(perks), perks, quoteWith, terms: shop.terms };
  });
const sentOrder = (quote: Quote): Order => {
  const proposed = evolveOrder(undefined, { ...facts.proposed, data: { ...facts.proposed.data, quote } }, now);
  return [facts.approved, facts.placing, facts.placed, facts.accepted].reduce<Order>((order, event) => evolveOrder(order, event, now), proposed);
};
const delivered = (quote: Quote, packs: readonly number[], totalMinor: number, sequence = 2) =>
  answer('order.delivered', sequence, { lines: quote.lineItems.map(({ gtin }, index) => ({ gtin, quantity: packs[index] ?? 0 })), totalMinor });
/** How many packs of each line, at most what was ordered. */
const some = (quote: Quote, shares: readonly number[]): number[] => quote.lineItems.map(({ quantity }, index) => Math.round(quantity * (shares[index] ?? 1)));
const shares = fc.array(
  fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10),
  { minLength: 4, maxLength: 4 },
);

it('a quote with perks is sound, above nothing, and no dearer than without any of them', () => {
  fc.assert(
    fc.property(basket, ({ quote, perks, quoteWith }) => {
      expect(isSound(quote)).toBe(true);
      for (const left of [[], ...perks.map((one) => perks.filter((other) => other !== one))]) {
        expect(quote.total.amountMinor).toBeLessThanOrEqual(quoteWith(left).total.amountMinor);
        expect(quote.lineItems).toEqual(quoteWith(left).lineItems);
      }
      expect(quoteWith([...perks].reverse())).toEqual(quote);
      expect((quote.perks ?? []).filter(({ kind }) => kind === 'voucher').length).toBeLessThanOrEqual(1);
    }),
  );
});

it('the shares of all lines and the delivery come to what all perks save, and none is more than its line', () => {
  fc.assert(
    fc.property(basket, ({ quote }) => {
      const discounts = lineDiscounts(quote);
      const paid = quote.lineItems.map(({ lineTotal }, index) => lineTotal.amountMinor - (discounts[index] ?? 0));
      expect(Math.min(...paid, ...discounts, feePaid(quote))).toBeGreaterThanOrEqual(0);
      expect(paid.reduce((sum, cents) => sum + cents, feePaid(quote))).toBe(quote.total.amountMinor);
      expect(summedPerks(quote).reduce((sum, { saves }) => sum + saves.amountMinor, quote.total.amountMinor)).toBe(
        quote.subtotal.amountMinor + quote.deliveryFee.amountMinor,
      );
    }),
  );
});

it('what came is charged its share and no cent more; whatever is charged beyond that is owed back', () => {
  fc.assert(
    fc.property(basket, shares, fc.integer({ min: 0, max: 500 }), ({ quote }, parts, beyond) => {
      const packs = some(quote, parts);
      const lines = quote.lineItems.map(({ quantity }, index) => ({ ordered: quantity, current: quantity, fulfilled: packs[index] ?? 0 }));
      const owed = owedMinor(quote, lines);
      expect(owed).toBeLessThanOrEqual(quote.total.amountMinor);
      const charged = Math.min(owed + beyond, quote.total.amountMinor);
      const outcome = carryOut(sentOrder(quote), hear(delivered(quote, packs, charged)), soon);
      if (outcome.kind !== 'changed' || outcome.state.status !== 'delivered') throw new Error('expected a delivery');
      expect(outcome.state.progress.problems.length).toBe(charged > owed ? 1 : 0);
      expect(refundOf(outcome.state, [])?.expected.amountMinor ?? 0).toBe(charged - owed);
      expect(decideAnswer(sentOrder(quote), hear(delivered(quote, packs, quote.total.amountMinor + 1)))).toEqual({ kind: 'rejected', reason: 'above-quote' });
    }),
  );
});

it('what goes back brings back what was paid for it: never more in all, and all of it with the last pack', () => {
  fc.assert(
    fc.property(basket, shares, shares, ({ quote }, parts, back) => {
      const packs = some(quote, parts);
      const lines = quote.lineItems.map(({ quantity }, index) => ({ ordered: quantity, current: quantity, fulfilled: packs[index] ?? 0 }));
      const charged = owedMinor(quote, lines);
      const progress = { lines, total: euros(charged), deliveredAt: soon, problems: [] };
      const withdrawn = (of: readonly number[], part: number) => ({
        ...{ part, at: soon },
        lines: quote.lineItems.map(({ gtin }, index) => ({ gtin, packs: of[index] ?? 0 })).filter((line) => line.packs > 0),
      });
      const first = packs.map((count, index) => Math.round(count * (back[index] ?? 0)));
      const rest = packs.map((count, index) => count - (first[index] ?? 0));
      const someBack = refundOf({ quote, progress }, [withdrawn(first, 1)])?.expected.amountMinor ?? 0;
      const allBack = refundOf({ quote, progress }, [withdrawn(first, 1), withdrawn(rest, 2)]);
      expect(someBack).toBeLessThanOrEqual(charged);
      if (packs.some((count) => count > 0)) expect(allBack?.expected.amountMinor ?? 0).toBe(charged);
      const sum = allBack?.owed.reduce((total, { amount }) => total + amount.amountMinor, 0) ?? 0;
      expect(sum).toBeLessThanOrEqual(charged);
    }),
  );
});

it('a shop that works it out by itself from our message comes to the same cents', () => {
  fc.assert(
    fc.property(basket, shares, ({ quote, perks, terms: ours }, parts) => {
      const deliverTo = { recipient: 'Anna', street: 'Gasse 1', postalCode: '80331', city: 'München', country: 'DE' as const };
      const body = orderPlacedMessage({ orderId, account: 'acc', quote, acceptBefore, deliverTo, at: now });
      const order = orderSchema.parse((JSON.parse(body) as { data: unknown }).data);
      const catalogue = quote.lineItems.map(({ gtin, sku, title, unitPrice }) => ({
        ...{ gtin, sku, title, pack: { amount: 1, unit: 'l' as const }, priceMinor: unitPrice.amountMinor, vatPercent: 7 },
      }));
      const shopTerms = { deliveryFeeMinor: ours.deliveryFee.amountMinor, freeDeliveryFromMinor: ours.freeDeliveryFrom.amountMinor };
      const published = perks.map(({ tier: _, ...one }) => {
        if (one.kind === 'buy-one-get-one') return { ...one, gtins: [...one.gtins] };
        return one.kind === 'voucher'
          ? { ...one, amountMinor: one.amount.amountMinor, fromMinor: one.from.amountMinor }
          : { ...one, fromMinor: one.from.amountMinor };
      });
      const books = { catalogue, terms: { ...shopTerms, minimumOrderMinor: 0, leadTimeDays: 1 }, perks: published, promotions: [] } as Parameters<
        typeof objectionTo
      >[1];
      expect(objectionTo(order, books, 0)).toBeUndefined();
      if (quote.perks !== undefined) expect(objectionTo(order, { ...books, perks: [] }, 0)).toMatch(/^unknown perk/);
      const packs = some(quote, parts);
      const bill = order.lines.reduce((sum, line, index) => sum + chargeOf(line, packs[index] ?? 0), feeOf(order));
      const lines = quote.lineItems.map(({ quantity }, index) => ({ ordered: quantity, current: quantity, fulfilled: packs[index] ?? 0 }));
      expect(bill).toBe(owedMinor(quote, lines));
      const whole = quote.lineItems.map(({ quantity }) => ({ ordered: quantity, current: quantity, fulfilled: quantity }));
      for (const { gtin } of quote.lineItems) {
        const progress = { lines: whole, total: quote.total, deliveredAt: soon, problems: [] };
        const owedBack = refundOf({ quote, progress }, [{ part: 1, at: soon, lines: [{ gtin, packs: 1 }] }])?.owed.find((one) => one.gtin === gtin);
        expect(shopRefund(order, gtin, 1)).toBe(owedBack?.amount.amountMinor ?? 0);
      }
    }),
  );
});

it('something else in the place of a line keeps its share, and never costs more than was agreed to', () => {
  fc.assert(
    fc.property(basket, fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 7 }), ({ quote }, cents, packs) => {
      const [line] = quote.lineItems;
      if (line === undefined) return;
      const offered = { gtin: gtinOf(899), sku: 'other', title: 'other', pack: line.pack, unitPrice: euros(cents), tags: [] };
      const accepted = { accepted: true, by: { kind: 'person', memberId: facts.declined.data.memberId }, at: now } as const;
      const asked = {
        questionId: 'q1' as never,
        supplyId: line.supplyId,
        gtin: line.gtin,
        offered,
        quantity: packs,
        askedAt: now,
        answerBefore: soon,
        hash: '0'.repeat(64),
      };
      const come = [{ gtin: offered.gtin, quantity: packs }, ...quote.lineItems.slice(1).map(({ gtin, quantity }) => ({ gtin, quantity }))];
      const { unitPrice: _, ...shown } = offered;
      const offer = answer('order.substitution-offered', 1, {
        ...{ questionId: 'q1', gtin: line.gtin, quantity: packs, answerBefore: soon },
        offered: { ...shown, unitPriceMinor: cents, pack: { amount: 1, unit: 'l' } },
      });
      const most = quote.total.amountMinor + Math.max(0, cents * packs - line.lineTotal.amountMinor);
      const said = (totalMinor: number) => ({
        msg_1: { answer: offer, receivedAt: now },
        msg_2: { answer: answer('order.delivered', 2, { lines: come, totalMinor }), receivedAt: now },
      });
      const folded = foldAnswers(quote, said(0), [{ ...asked, answer: accepted }]);
      const owed = owedMinor(quote, folded.lines);
      expect(owed).toBeLessThanOrEqual(most);
      if (cents * packs >= line.lineTotal.amountMinor) expect(owed).toBe(most);
      expect(foldAnswers(quote, said(owed), [{ ...asked, answer: accepted }]).problems).toEqual([]);
    }),
  );
});
