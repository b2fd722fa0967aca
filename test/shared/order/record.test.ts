import { describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import { chooseMandate } from '../../../shared/order/mandate/mandate.ts';
import type { Order } from '../../../shared/order/order-state.ts';
import { quoteFor } from '../../../shared/order/quote.ts';
import { approvalEvidenceSchema, decisionRecordSchema, recompute, recordApproval, recordDecision, recordProposal } from '../../../shared/order/record.ts';
import { inWords } from '../../../shared/order/record-in-words.ts';
import { decideSpend, emptySpend } from '../../../shared/order/mandate/spend.ts';
import { isOrderButtonText } from '../../../shared/order/order-button.ts';
import { euros, retailerIdSchema } from '../../../shared/values.ts';
import { snapshot } from '../../../shared/supply/snapshot.ts';
import { milk } from '../supply/milk.ts';
import { byAnna, facts, frischhof, gtinOf, grantOf, historyOf, householdId, offerOf, proposedAt, soon, terms, timeZone, wantedOf } from './order-examples.ts';
import { given, reached } from './order-specification.ts';

const wanted = [wantedOf()];
const dearShop = { retailerId: retailerIdSchema.parse('rt_dear'), terms, offers: [offerOf({ price: euros(300) })] };
const considered = [{ retailerId: frischhof, terms, offers: [offerOf(), offerOf({ gtin: gtinOf(8), sku: 'unwanted' })] }, dearShop];
const { quote } = quoteFor({ retailerId: frischhof, terms, offers: [offerOf()], wanted, now: proposedAt });
if (!quote) throw new Error('the example is served');

const granting = decideSpend(emptySpend(householdId), { type: 'grant', mandate: grantOf({ perOrderMax: euros(500) }) });
if (granting.kind !== 'changed') throw new Error('the example is granted');
const spend = granting.state;
const proposal = recordProposal({
  at: proposedAt,
  needs: [{ needId: wantedOf().needId, supplyId: wantedOf().supplyId, snapshot: snapshot(milk(), proposedAt) }],
  wanted,
  considered,
  quote,
});
const choice = chooseMandate(Object.values(spend.mandates), spend, quote, soon, timeZone, proposal.proposal.needs);
const decided = recordDecision(proposal, spend, choice, soon, timeZone);
const evidence = approvalEvidenceSchema.parse({ wordingVersion: '2026-03', buttonText: 'zahlungspflichtig bestellen', language: 'de', quoteHash: quote.hash });
const approved = recordApproval(decided, byAnna, soon, evidence);

describe('the decision record', () => {
  it('survives the store and computes to the same decision', () => {
    for (const record of [proposal, decided, approved]) {
      expect(recompute(decisionRecordSchema.parse(JSON.parse(JSON.stringify(record))))).toEqual({
        snapshotsEqual: true,
        quoteEqual: true,
        rulesEqual: true,
        differences: [],
      });
    }
  });
  it('keeps only offers that could have served', () => expect(proposal.proposal.considered[0]?.offers.map(({ sku }) => sku)).toEqual(['FH-1001']));
  it('shows another price than the recorded one', () => {
    const shops = considered.map((shop) => ({ ...shop, offers: shop.offers.map((offer) => ({ ...offer, price: euros(130) })) }));
    const { quoteEqual, differences } = recompute({ ...approved, proposal: { ...approved.proposal, considered: shops } });
    expect(quoteEqual).toBe(false);
    expect(differences[0]).toMatch(/^quote: recorded [0-9a-f]{64}, computed [0-9a-f]{64}$/);
  });
  it('shows a need that was reckoned otherwise', () => {
    const [need] = proposal.proposal.needs;
    if (!need) throw new Error('the example has a need');
    const needs = [{ ...need, snapshot: { ...need.snapshot, reorderPoint: need.snapshot.reorderPoint + 1 } }];
    expect(recompute({ ...proposal, proposal: { ...proposal.proposal, needs } })).toMatchObject({
      snapshotsEqual: false,
      quoteEqual: true,
      differences: ['snapshot of sup_milk: computed otherwise than recorded'],
    });
  });
  it('takes nothing for a snapshot that is none', () => {
    const broken = {
      at: proposedAt,
      wanted,
      considered,
      quote,
      needs: [{ needId: wantedOf().needId, supplyId: wantedOf().supplyId, snapshot: { onHand: 4 } }],
    };
    expect(() => recordProposal(broken)).toThrow(ZodError);
  });
  it('shows a cheaper shop that should have been chosen', () => {
    const cheap = { ...dearShop, offers: [offerOf({ price: euros(1) })] };
    expect(recompute({ ...decided, proposal: { ...decided.proposal, considered: [...considered, cheap] } }).quoteEqual).toBe(false);
  });
  it('shows rules that were applied otherwise', () => {
    const { decision } = decided;
    if (!decision) throw new Error('the example is decided');
    const raised = decision.mandates.map((mandate) => ({ ...mandate, perOrderMax: euros(900) }));
    expect(recompute({ ...decided, decision: { ...decision, mandates: raised } })).toEqual({
      snapshotsEqual: true,
      quoteEqual: true,
      rulesEqual: false,
      differences: ['outcome: recorded asked, computed man_kitchen', 'rules of man_kitchen: computed otherwise than recorded'],
    });
    expect(recompute({ ...decided, decision: { ...decision, mandates: [] } }).rulesEqual).toBe(false);
  });
  it('shows an approval of another quote', () => {
    const other = recordApproval(decided, byAnna, soon, { ...evidence, quoteHash: 'a'.repeat(64) });
    expect(recompute(other).differences).toEqual([`approval: was given to the quote ${'a'.repeat(64)}`]);
  });
});

describe('in words', () => {
  const told = (record: typeof decided, events = historyOf['awaiting-approval']) => {
    const state: Order | undefined = reached(events.map((event) => (event.type === 'order.proposed' ? { ...event, data: { ...event.data, quote } } : event)));
    if (!state) throw new Error('there are events');
    return inWords(record, state);
  };
  it('tells price, lines, shops, rules, the person and where it stands', () => {
    const lines = told(approved, historyOf.declined);
    expect(lines).toContain(
      '2 × Fresh milk 3.5 % (4000000000013) at 1.29 € make 2.58 €, for need_milk of sup_milk.'.replace('4000000000013', String(quote.lineItems[0]?.gtin)),
    );
    expect(lines.find((line) => line.startsWith('sup_milk had '))).toMatch(
      /^sup_milk had [\d.]+ ml on hand, [\d.]+ in the pantry and 0 on order; it reorders at [\d.]+ up to/,
    );
    expect(lines).toContain('rt_dear serves 1 of 1 needs for 8.90 €.');
    expect(lines).toContain('  failed per-order-cap: expected at most 5.00 € per order; found 5.48 €.');
    expect(lines).toContain(
      `mem_anna pressed “zahlungspflichtig bestellen” (wording 2026-03, de) on ${soon}, having seen the quote ${quote.hash.slice(0, 12)}.`,
    );
    expect(lines.at(-1)).toBe('The order was declined: enough milk.');
  });
  it('says that nothing has been decided, or that there is no mandate', () => {
    expect(told(proposal, [facts.proposed])).toContain('Nobody and nothing has decided about it yet.');
    const none = recordDecision(proposal, emptySpend(householdId), chooseMandate([], spend, quote, soon, timeZone), soon, timeZone);
    expect(told(none)).toContain('The household has no mandate.');
    expect(given([facts.proposed]).order?.status).toBe('proposed');
  });
});

describe('the words on the button', () => {
  it('are exactly those that the law allows', () => {
    expect(isOrderButtonText('de', 'zahlungspflichtig bestellen')).toBe(true);
    expect(isOrderButtonText('en', 'order with obligation to pay')).toBe(true);
    for (const text of ['Bestellen', 'zahlungspflichtig bestellen!', ' kaufen', 'weiter', 'order with obligation to pay']) {
      expect(isOrderButtonText('de', text)).toBe(false);
    }
  });
  it('are part of the evidence', () => expect(approvalEvidenceSchema.safeParse({ ...evidence, buttonText: 'OK' }).success).toBe(false));
});
