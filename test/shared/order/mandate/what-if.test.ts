/** The slider of the why page: with nothing moved it is the record to the last bit, and what is moved moves the decision the right way. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { chooseMandate } from '../../../../shared/order/mandate/mandate.ts';
import { cheapestQuote, quotePerRetailer } from '../../../../shared/order/quote.ts';
import { decisionRecordSchema, recompute, recordDecision, recordProposal, type DecisionRecord } from '../../../../shared/order/record.ts';
import { decideSpend, emptySpend } from '../../../../shared/order/mandate/spend.ts';
import { whatIf } from '../../../../shared/order/mandate/what-if.ts';
import { snapshot } from '../../../../shared/supply/snapshot.ts';
import { euros, retailerIdSchema } from '../../../../shared/values.ts';
import { milk as milkSupply } from '../../supply/milk.ts';
import { frischhof, grantOf, householdId, offerOf, proposedAt, soon, terms, timeZone, wantedOf } from '../order-examples.ts';

interface House {
  readonly onHand: number;
  readonly meanDays: number;
  readonly price: number;
  readonly otherPrice: number;
  readonly perOrderMax: number;
}
const houses = fc.record<House>({
  onHand: fc.integer({ min: 0, max: 1_500 }),
  meanDays: fc.integer({ min: 5, max: 60 }).map((tenths) => tenths / 10),
  price: fc.integer({ min: 20, max: 400 }),
  otherPrice: fc.integer({ min: 20, max: 400 }),
  perOrderMax: fc.integer({ min: 300, max: 4_000 }),
});

/** As the functions make it: what the supply knows, the shops' baskets, the mandates. */
function recordOf({ onHand, meanDays, price, otherPrice, perOrderMax }: House): DecisionRecord | undefined {
  const supply = milkSupply({ onHand, leadTime: { meanDays, sdDays: 0.3 } });
  const known = snapshot(supply, proposedAt);
  const amount = Math.round((known.orderUpTo - known.position) * 1_000) / 1_000;
  if (amount <= 0 || known.position > known.reorderPoint) return undefined;
  const wanted = [wantedOf({ amount: { amount, unit: 'ml' }, supplyId: supply.supplyId })];
  const other = retailerIdSchema.parse('rt_other');
  const considered = [
    { retailerId: frischhof, terms, offers: [offerOf({ price: euros(price) })] },
    { retailerId: other, terms, offers: [offerOf({ retailerId: other, price: euros(otherPrice) })] },
  ];
  const quote = cheapestQuote(quotePerRetailer(considered, wanted, proposedAt));
  const granted = decideSpend(emptySpend(householdId), { type: 'grant', mandate: grantOf({ perOrderMax: euros(perOrderMax) }) });
  if (quote === undefined || granted.kind !== 'changed') throw new Error('the example is served');
  const needs = [{ needId: wantedOf().needId, supplyId: supply.supplyId, snapshot: known }];
  const proposal = recordProposal({ at: proposedAt, needs, wanted, considered, quote });
  const choice = chooseMandate(Object.values(granted.state.mandates), granted.state, quote, soon, timeZone, proposal.proposal.needs);
  return decisionRecordSchema.parse(JSON.parse(JSON.stringify(recordDecision(proposal, granted.state, choice, soon, timeZone))));
}

const ofEvery = (check: (record: DecisionRecord, house: House) => void) =>
  fc.assert(
    fc.property(houses, (house) => {
      const record = recordOf(house);
      if (record !== undefined) check(record, house);
    }),
    { numRuns: 150 },
  );

describe('with nothing supposed', () => {
  test('it is the record, and so it is with every recorded value put in again', () => {
    let seen = 0;
    ofEvery((record, { meanDays, perOrderMax }) => {
      seen += 1;
      expect(recompute(record).differences).toEqual([]);
      expect(whatIf(record).isAsRecorded).toBe(true);
      expect(whatIf(record, { leadTimeDays: meanDays, pricePercent: 100, perOrderMaxMinor: perOrderMax })).toMatchObject({
        isAsRecorded: true,
        quote: { hash: record.proposal.quoteHash },
      });
    });
    expect(seen).toBeGreaterThan(40);
  });
});

describe('what is moved', () => {
  test('a longer lead time never reorders later nor orders less; a higher price never costs less', () => {
    ofEvery((record, { meanDays }) => {
      const [as, longer, dearer] = [whatIf(record), whatIf(record, { leadTimeDays: meanDays + 2 }), whatIf(record, { pricePercent: 120 })];
      expect(longer.needs[0]?.snapshot.reorderPoint).toBeGreaterThanOrEqual(as.needs[0]?.snapshot.reorderPoint ?? Infinity);
      expect(longer.quote?.lineItems[0]?.quantity).toBeGreaterThanOrEqual(as.quote?.lineItems[0]?.quantity ?? Infinity);
      expect(dearer.quote?.subtotal.amountMinor).toBeGreaterThanOrEqual(as.quote?.subtotal.amountMinor ?? Infinity);
    });
  });

  test('a cap covers exactly what it reaches', () => {
    ofEvery((record) => {
      const total = whatIf(record).quote?.total.amountMinor ?? 0;
      const failed = (cap: number) => whatIf(record, { perOrderMaxMinor: cap }).choice?.tried[0]?.rules.find(({ rule }) => rule === 'per-order-cap')?.passed;
      expect([failed(total), failed(total - 1)]).toEqual([true, false]);
    });
  });

  it('a much shorter lead time would not have ordered yet', () => {
    const record = recordOf({ onHand: 1_500, meanDays: 4, price: 129, otherPrice: 150, perOrderMax: 2_000 });
    if (record === undefined) throw new Error('expected milk that is low');
    const sooner = whatIf(record, { leadTimeDays: 0.2 });
    expect(sooner).toMatchObject({ needs: [{ isLow: false }], quotes: [], isAsRecorded: false });
    expect(sooner).not.toHaveProperty('quote');
  });

  it('another price may choose another shop', () => {
    const record = recordOf({ onHand: 200, meanDays: 1.2, price: 129, otherPrice: 130, perOrderMax: 2_000 });
    if (record === undefined) throw new Error('expected milk that is low');
    expect(whatIf(record).quote?.retailerId).toBe(frischhof);
    expect(whatIf(record, { pricePercent: 100 }).quotes).toHaveLength(2);
    expect(whatIf(record, { pricePercent: 101 }).isAsRecorded).toBe(false);
  });
});
