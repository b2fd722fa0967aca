import { describe, expect, it } from 'vitest';
import { voucherOf, voucherSchema } from '../../../../shared/household/erasure.ts';
import { boughtAlone } from '../../../../shared/order/bought-alone.ts';
import { decideSpend, emptySpend } from '../../../../shared/order/mandate/spend.ts';
import { euros, gtinSchema } from '../../../../shared/values.ts';
import { deliveryAt, grantOf, householdId, milk, needOf, orderId, proposedAt, quote, seal, timeZone } from '../order-examples.ts';
import { brief, march, sent, told, delivered } from './past-orders.ts';

const perks = [
  { perkId: 'two-milk', kind: 'buy-one-get-one', fundedBy: 'brand', saves: euros(129), needId: needOf('milk') },
  { perkId: 'off', kind: 'voucher', fundedBy: 'platform', saves: euros(100) },
] as const;
const cheaper = seal({ ...quote, perks: [...perks], total: euros(766 - 229) });

/** The same order with perks, of which so many packs of milk have come. */
function withPerks(milkPacks: number, kept: typeof cheaper.perks = [...perks]) {
  const came = { ...delivered.data, lines: delivered.data.lines.map((line, index) => (index === 0 ? { ...line, packs: milkPacks } : line)) };
  const stated = told({ events: [...sent, { ...delivered, data: came }], deliveredAt: deliveryAt });
  const needId = stated.order.quote.lineItems[0]?.needId;
  const named = kept.map((perk) => ('needId' in perk ? { ...perk, needId } : perk));
  return { ...stated, order: { ...stated.order, quote: { ...stated.order.quote, total: cheaper.total, perks: named } } } as typeof stated;
}

describe('what perks saved', () => {
  it('is counted for what came, by what kind of perk it was', () => {
    expect(brief(march([withPerks(2)]).perksSaved)).toEqual([1, 229, ['several-perks']]);
    // Of the milk's 129 and 37 cents the half, for the one pack that came.
    expect(brief(march([withPerks(1)]).perksSaved)).toEqual([1, 83 + 63, ['several-perks']]);
    expect(brief(march([withPerks(2, [perks[1]])]).perksSaved)).toEqual([1, 100, ['voucher']]);
    expect(march([told({ events: [...sent, delivered], deliveredAt: deliveryAt })]).perksSaved.count).toBe(0);
  });
  it('counts what went back at what was paid for it', () => {
    const stated = withPerks(2);
    const returned = [{ orderId: stated.order.orderId, at: deliveryAt, lines: [{ gtin: milk, packs: 1 }] }];
    // Two packs cost 129 less 37 of the voucher: 92 cents, and one of them 46.
    expect(brief(march([stated], { returned }).regret)).toEqual([1, 46, ['returned']]);
  });
  it('stays in the books with who pays for it, and names no need', () => {
    const voucher = voucherSchema.parse(voucherOf(withPerks(2).order));
    expect(voucher.perks).toEqual(perks.map(({ perkId, kind, fundedBy, saves }) => ({ perkId, kind, fundedBy, saves })));
    expect(JSON.stringify(voucher)).not.toContain('need_');
  });
});

it('a mandate reserves what an order costs after perks', () => {
  const gtins = quote.lineItems.map(({ gtin }) => gtinSchema.parse(gtin));
  const outcome = decideSpend(emptySpend(householdId), { type: 'grant', mandate: grantOf({ gtins, perOrderMax: cheaper.total }) });
  if (outcome.kind !== 'changed') throw new Error('expected a mandate');
  const judge = { spend: outcome.state, figures: new Map(), timeZone, now: proposedAt };
  expect(boughtAlone(judge, orderId, quote)).toBeUndefined();
  expect(boughtAlone(judge, orderId, cheaper)?.open[orderId]?.amount).toEqual(cheaper.total);
});
