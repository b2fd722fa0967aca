import { describe, expect, it } from 'vitest';
import type { EventOf } from '../../../shared/events.ts';
import { seenBySpend, viewsForSupplies } from '../../../shared/order/order-for-supply.ts';
import type { Order, OrderStatus } from '../../../shared/order/order-state.ts';
import { orderForSupplySchema } from '../../../shared/supply/follow-order.ts';
import { euros } from '../../../shared/values.ts';
import { changes, delivers, facts, heardAt, historyOf, mandateId, milk, needOf, orderId, proposedAt, quote, seal, supplyOf } from './order-examples.ts';
import { given, hear, reached, stored } from './order-specification.ts';

const order = (events: readonly EventOf<'order'>[]): Order => {
  const state = reached(events);
  if (!state) throw new Error('there are events');
  return state;
};
const milkOf = (state: Order) => orderForSupplySchema.parse(viewsForSupplies(state, 7).get(supplyOf('milk')));

/** What Anna's two litres of milk look like in every status. */
const expected: Record<OrderStatus, [standing: string, outstanding: number, received: number]> = {
  proposed: ['proposed', 0, 0],
  'awaiting-approval': ['asking', 0, 0],
  approved: ['on-order', 2_000, 0],
  placing: ['on-order', 2_000, 0],
  placed: ['on-order', 2_000, 0],
  accepted: ['on-order', 2_000, 0],
  shipped: ['on-order', 2_000, 0],
  delivered: ['received', 0, 2_000],
  rejected: ['nothing', 0, 0],
  cancelled: ['nothing', 0, 0],
  declined: ['declined', 0, 0],
  expired: ['expired', 0, 0],
  withdrawn: ['declined', 0, 0],
};

describe('an order as its supplies see it', () => {
  it.each(Object.entries(expected))('when it is %s', (status, [standing, outstanding, received]) => {
    const view = milkOf(order(historyOf[status as OrderStatus]));
    expect(view).toMatchObject({ orderId, orderVersion: 7, needId: needOf('milk'), standing, outstanding, received });
  });
  it('tells each supply of its own lines', () => {
    expect([...viewsForSupplies(order(historyOf.approved), 1)].map(([id, { outstanding }]) => [id, outstanding])).toEqual([
      ['sup_milk', 2_000],
      ['sup_butter', 250],
    ]);
  });
  it('expects only what the shop still promises', () => {
    expect(milkOf(stored(order(historyOf.placed), hear(changes(1, [milk, 1]))))).toMatchObject({ standing: 'on-order', outstanding: 1_000 });
  });
  it('books what was handed over, and when: from approval to delivery is the lead time', () => {
    const partial = given(historyOf.placed).when(hear(delivers(1, 600, 1, 1))).decision;
    expect(partial.kind).toBe('events');
    const view = milkOf(stored(order(historyOf.placed), hear(delivers(1, 600, 1, 1))));
    expect(view).toMatchObject({ standing: 'received', outstanding: 0, received: 1_000, approvedAt: proposedAt });
    expect(view.receivedAt).toBeDefined();
    expect(view.receivedAt?.localeCompare(heardAt)).toBeLessThanOrEqual(0);
  });
  it('comes to nothing, not to a silence, when it was approved and could not be placed', () => {
    expect(milkOf(order([...historyOf.approved, facts.expired])).standing).toBe('nothing');
  });
  it('sums two lines of one supply', () => {
    const [line] = quote.lineItems;
    if (!line) throw new Error('the example has lines');
    const doubled = seal({ ...quote, lineItems: [line, line], subtotal: euros(516), total: euros(806) });
    const proposed = { ...facts.proposed, data: { ...facts.proposed.data, quote: doubled } };
    expect(milkOf(order([proposed, facts.approved])).outstanding).toBe(4_000);
  });
});

describe('an order as SPEND sees it', () => {
  it('names the mandate that approved it, and the charge once it is known', () => {
    const byMandate = [facts.proposed, facts.approvedByMandate, facts.placing, facts.placed];
    expect(seenBySpend(order(byMandate))).toEqual({ standing: 'on-order', mandateId });
    expect(seenBySpend(stored(order(byMandate), hear(delivers(1, 700))))).toEqual({ standing: 'received', mandateId, total: euros(700) });
  });
  it('names none where a person approved', () => expect(seenBySpend(order(historyOf.delivered))).toEqual({ standing: 'received', total: quote.total }));
  it('names none where nobody did', () => expect(seenBySpend(order(historyOf.declined))).toEqual({ standing: 'declined' }));
});
