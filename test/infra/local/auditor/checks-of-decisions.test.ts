import { describe, expect, it } from 'vitest';
import { findingsIn } from '../../../../infra/local/auditor/checks/checks.ts';
import type { Facts } from '../../../../infra/local/auditor/facts.ts';
import * as anna from '../../../shared/order/order-examples.ts';
import { approvedByMandate, declined, factsOf, happyEnd, later, orderItem, proposed } from './examples.ts';

const rulesIn = (facts: Facts): string[] => [...new Set(findingsIn(facts).map(({ rule }) => rule))].sort();
const happy = orderItem(happyEnd);
const good = factsOf([happy]);

describe('a decision that the record does not bear out is seen', () => {
  it('decision-not-recomputable', () => {
    const { proposal } = happy.state.record;
    const record = { ...happy.state.record, proposal: { ...proposal, quoteHash: 'f'.repeat(64) } };
    expect(rulesIn({ ...good, orders: [{ ...happy, state: { ...happy.state, record } }] })).toEqual(['decision-not-recomputable']);
  });
  it('order-outside-permission: placed although the record says that a person was asked', () => {
    const { decision } = happy.state.record;
    if (!decision) throw new Error('the example is decided');
    const record = { ...happy.state.record, decision: { ...decision, outcome: { kind: 'asked' as const, rulesFailed: [] } } };
    expect(rulesIn({ ...good, orders: [{ ...happy, state: { ...happy.state, record } }] })).toContain('order-outside-permission');
  });
  it('order-outside-permission: a person’s yes without evidence', () => {
    const byAnna = { ...approvedByMandate, data: { ...approvedByMandate.data, by: anna.byAnna } } as typeof approvedByMandate;
    expect(rulesIn(factsOf([orderItem([proposed, byAnna])]))).toEqual(['order-outside-permission']);
  });
  it('decline-ignored: within a day, and more than once', () => {
    const no = orderItem([proposed, declined]);
    const again = orderItem([proposed, declined], { orderId: 'ord_2', from: later(anna.proposedAt, 5) });
    const third = orderItem([proposed], { orderId: 'ord_3', from: later(anna.proposedAt, 80) });
    const patient = orderItem([proposed], { orderId: 'ord_2', from: later(anna.proposedAt, 30) });
    expect(rulesIn(factsOf([no, again]))).toEqual(['decline-ignored']);
    expect(findingsIn(factsOf([no, again, third]))).toHaveLength(2);
    expect(findingsIn(factsOf([no, patient]))).toEqual([]);
  });
});
