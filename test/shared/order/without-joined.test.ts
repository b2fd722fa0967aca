/** What came along is left out before anybody is asked, and nothing else is. */
import { describe, expect, it } from 'vitest';
import { chooseMandate } from '../../../shared/order/mandate/mandate.ts';
import { decideSpend, emptySpend } from '../../../shared/order/mandate/spend.ts';
import { whatIf } from '../../../shared/order/mandate/what-if.ts';
import { carryOut } from '../../../shared/order/order.ts';
import { viewsForSupplies } from '../../../shared/order/order-for-supply.ts';
import type { Order } from '../../../shared/order/order-state.ts';
import { quoteFor, type Wanted } from '../../../shared/order/quote.ts';
import { decisionRecordSchema, recompute, recordDecision, recordProposal } from '../../../shared/order/record.ts';
import { inWords } from '../../../shared/order/record-in-words.ts';
import { withoutJoined } from '../../../shared/order/without-joined.ts';
import { euros } from '../../../shared/values.ts';
import * as at from './order-examples.ts';

const joined = { saves: euros(290), ownOrderAt: at.muchLater };
const alongWith = (more: Partial<Wanted> = {}): Wanted =>
  at.wantedOf({ needId: at.needOf('butter'), supplyId: at.supplyOf('butter'), products: [{ gtin: at.butter }], joined, ...more });
const offers = [at.offerOf(), at.offerOf({ gtin: at.butter, sku: 'FH-butter', title: 'Butter', price: euros(218) })];

/** Two packs of milk at 1.29 €, two of butter at 2.18 €, delivery 2.90 €. */
function proposed(wanted: readonly Wanted[], terms = at.terms) {
  const shop = { retailerId: at.frischhof, terms, offers };
  const { quote } = quoteFor({ ...shop, wanted, now: at.proposedAt });
  if (quote === undefined) throw new Error('the shop sells it');
  const { record } = { record: recordProposal({ at: at.proposedAt, needs: [], wanted, considered: [shop], quote }) };
  const about = { orderId: at.orderId, householdId: at.householdId, retailerId: at.frischhof };
  const outcome = carryOut(undefined, { type: 'propose', ...about, round: 1, quote }, at.proposedAt);
  if (outcome.kind !== 'changed') throw new Error(outcome.reason);
  return { record, quote, order: outcome.state };
}
const trimmedOf = ({ record, quote }: ReturnType<typeof proposed>) => {
  const trimmed = withoutJoined(record, quote);
  if (trimmed === undefined) throw new Error('something came along');
  return trimmed;
};
const bought = (order: Order, trimmed: Parameters<typeof carryOut>[1] & { type: 'approve' }) => carryOut(order, trimmed, at.soon);

describe('without what came along', () => {
  it('there is a quote of what is low, from the same offers', () => {
    const { quote, without } = trimmedOf(proposed([at.wantedOf(), alongWith()]));
    expect([quote.lineItems.map(({ supplyId }) => supplyId), quote.total, without]).toEqual([[at.supplyOf('milk')], euros(548), [at.needOf('butter')]]);
  });
  it('there is none where nothing came along, or where the shop would find it too little', () => {
    const plain = proposed([at.wantedOf()]);
    expect(withoutJoined(plain.record, plain.quote)).toBeUndefined();
    const small = proposed([at.wantedOf(), alongWith()], { ...at.terms, minimumOrder: euros(600) });
    expect(withoutJoined(small.record, small.quote)).toBeUndefined();
  });
  it('what lifts it over the smallest order stays as long as it is needed', () => {
    const oats = alongWith({ needId: at.needOf('oats'), supplyId: at.supplyOf('oats'), products: [{ gtin: at.milk }] });
    const lifting = alongWith({ joined: { ...joined, lifts: 'minimum-order' } });
    const { without } = trimmedOf(proposed([at.wantedOf(), lifting, oats], { ...at.terms, minimumOrder: euros(600) }));
    expect(without).toEqual([at.needOf('oats')]);
  });
});

describe('a mandate buys', () => {
  const made = proposed([at.wantedOf(), alongWith()]);
  const trimmed = trimmedOf(made);
  const approve = { type: 'approve', by: at.byMandate, quoteHash: made.quote.hash, now: at.soon, trimmed: trimmed.quote } as const;

  it('what is low; to the rest nobody has said no', () => {
    const outcome = bought(made.order, approve);
    if (outcome.kind !== 'changed') throw new Error(outcome.reason);
    expect(outcome.state).toMatchObject({ status: 'approved', quote: { total: euros(548) }, dropped: [{ needId: at.needOf('butter'), cameAlong: true }] });
    expect(outcome.events).toMatchObject([{ type: 'order.approved', data: { quoteHash: trimmed.quote.hash, total: euros(548) } }]);
    const views = viewsForSupplies(outcome.state, 2);
    expect([views.get(at.supplyOf('milk'))?.standing, views.get(at.supplyOf('butter'))?.standing]).toEqual(['on-order', 'nothing']);
  });
  it('never less of what is low, nothing else, and nothing that a person was asked about', () => {
    const refused = (order: Order, change: object) => bought(order, { ...approve, ...change });
    const other = proposed([at.wantedOf({ amount: { amount: 3_000, unit: 'ml' } }), alongWith()]);
    expect(refused(made.order, { trimmed: trimmedOf(other).quote })).toEqual({ kind: 'rejected', reason: 'trimmed-otherwise' });
    expect(refused(made.order, { trimmed: { ...trimmed.quote, total: euros(1) } })).toEqual({ kind: 'rejected', reason: 'trimmed-otherwise' });
    const withoutMilk = proposed([alongWith({ joined: undefined })]);
    expect(refused(made.order, { trimmed: withoutMilk.quote })).toEqual({ kind: 'rejected', reason: 'trimmed-otherwise' });
    expect(refused(made.order, { by: at.byAnna })).toEqual({ kind: 'rejected', reason: 'trimmed-otherwise' });
  });
  it('and the record gives the same answer again, in words too', () => {
    const granted = decideSpend(emptySpend(at.householdId), { type: 'grant', mandate: at.grantOf({ perOrderMax: euros(600) }) });
    if (granted.kind !== 'changed') throw new Error(granted.reason);
    const choose = (quote: typeof made.quote) => chooseMandate(Object.values(granted.state.mandates), granted.state, quote, at.soon, at.timeZone);
    expect(choose(made.quote).mandateId).toBeUndefined();
    const decided = recordDecision(made.record, granted.state, choose(trimmed.quote), at.soon, at.timeZone, trimmed.without);
    const record = decisionRecordSchema.parse(JSON.parse(JSON.stringify(decided)));
    expect(recompute(record)).toEqual({ snapshotsEqual: true, quoteEqual: true, rulesEqual: true, differences: [] });
    expect(whatIf(record)).toMatchObject({ isAsRecorded: true, quote: { hash: trimmed.quote.hash }, choice: { mandateId: at.mandateId } });
    const outcome = bought(made.order, approve);
    const order = outcome.kind === 'changed' ? outcome.state : made.order;
    expect(inWords(record, order)).toContain('need_butter had come along and was left out, for with it a person would have been asked.');
    // Judged with all of it, the record would not hold.
    expect(recompute({ ...record, decision: record.decision && { ...record.decision, without: undefined } }).rulesEqual).toBe(false);
  });
});

it('money reserved for one of the two is not taken for the other', () => {
  const made = proposed([at.wantedOf(), alongWith()]);
  const granted = decideSpend(emptySpend(at.householdId), { type: 'grant', mandate: at.grantOf() });
  if (granted.kind !== 'changed') throw new Error(granted.reason);
  const reserve = { type: 'reserve', orderId: at.orderId, mandateId: at.mandateId, now: at.soon, timeZone: at.timeZone } as const;
  const first = decideSpend(granted.state, { ...reserve, quote: trimmedOf(made).quote });
  if (first.kind !== 'changed') throw new Error(first.reason);
  expect(decideSpend(first.state, { ...reserve, quote: trimmedOf(made).quote })).toEqual({ kind: 'ignored', reason: 'already-reserved' });
  expect(decideSpend(first.state, { ...reserve, quote: made.quote })).toEqual({ kind: 'rejected', reason: 'reserved-for-another-sum' });
});
