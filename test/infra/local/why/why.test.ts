import { describe, expect, it } from 'vitest';
import { findOrder } from '../../../../infra/local/why/find-order.ts';
import { explain } from '../../../../infra/local/why/words.ts';
import { needIdOf } from '../../../../shared/supply/need.ts';
import { snapshot } from '../../../../shared/supply/snapshot.ts';
import { START, milk } from '../../../shared/supply/milk.ts';
import { happyEnd, orderItem } from '../auditor/examples.ts';

const { state } = orderItem(happyEnd);
const item = { pk: 'HH#hh_anna', sk: `ORDER#${state.order.orderId}`, version: 5, events: [], state };

describe('why', () => {
  it('tells the decision and that it comes out the same', () => {
    const { lines, isRecomputed } = explain(findOrder([{ sk: 'BASKET' }, item], state.order.orderId));
    expect(isRecomputed).toBe(true);
    expect(lines.join('\n')).toContain('covers the whole order');
    expect(lines.at(-1)).toBe('recomputed: the same to the last bit');
  });

  it('says what is in the house once', () => {
    const supply = milk();
    const needs = [{ needId: needIdOf(supply), supplyId: supply.supplyId, snapshot: snapshot(supply, START) }];
    const { lines } = explain({ ...state, record: { ...state.record, proposal: { ...state.record.proposal, needs } } });
    const told = (text: string) => lines.filter((line) => line.includes(text)).length;
    expect([told('on hand'), told('in the pantry'), told('per day'), told(needs[0]?.snapshot.projectedStockout.p10 ?? '?')]).toEqual([1, 1, 1, 1]);
  });

  it('says what differs when the record does not give the decision', () => {
    const proposal = { ...state.record.proposal, quoteHash: 'f'.repeat(64) };
    const { lines, isRecomputed } = explain({ ...state, record: { ...state.record, proposal } });
    expect(isRecomputed).toBe(false);
    expect(lines.at(-1)).toContain(`recorded ${'f'.repeat(64)}`);
  });

  it('names the known orders when asked for another', () => {
    expect(() => findOrder([item], 'ord_unknown')).toThrow(`There is no order ord_unknown; the known ones are ${state.order.orderId} (delivered).`);
    expect(() => findOrder([], 'ord_unknown')).toThrow('no order has been made yet');
  });
});
