import { describe, expect, it } from 'vitest';
import { acceptBefore, approvalExpiresAt, lookAgain, orderDueAt } from '../../../shared/order/order-due.ts';
import { evolveOrder } from '../../../shared/order/evolve-order.ts';
import type { Order, OrderStatus } from '../../../shared/order/order-state.ts';
import { addDuration, duration, durationBetween, type Instant } from '../../../shared/values.ts';
import * as examples from './order-examples.ts';
import { reached } from './order-specification.ts';

const { proposedAt, expiresAt, deliveryAt, muchLater, quote, quoteEndsAt, historyOf, facts } = examples;
const order = (status: OrderStatus): Order => {
  const state = reached(historyOf[status]);
  if (!state) throw new Error('there are events');
  return state;
};
const afterMinutes = (from: Instant, minutes: number) => addDuration(from, duration(minutes, 'minutes'));

/** When it is first looked after, and after how many minutes again. */
const expected: Record<OrderStatus, [Instant | undefined, number]> = {
  proposed: [afterMinutes(proposedAt, 15), 15],
  'awaiting-approval': [expiresAt, 15],
  approved: [afterMinutes(proposedAt, 15), 15],
  placing: [afterMinutes(proposedAt, 30), 30],
  placed: [afterMinutes(proposedAt, 30), 30],
  accepted: [addDuration(deliveryAt, duration(2, 'days')), 24 * 60],
  shipped: [addDuration(deliveryAt, duration(2, 'days')), 24 * 60],
  delivered: [undefined, 0],
  rejected: [undefined, 0],
  cancelled: [undefined, 0],
  declined: [undefined, 0],
  expired: [undefined, 0],
  withdrawn: [undefined, 0],
};

describe('an order is looked after', () => {
  it.each(Object.entries(expected))('when it is %s', (status, [first, minutes]) => {
    const state = order(status as OrderStatus);
    expect(orderDueAt(state)).toBe(first);
    expect(orderDueAt(lookAgain(state, muchLater))).toBe(first && afterMinutes(muchLater, minutes));
  });
  it('from the lead time on where no delivery was promised', () => {
    const shipped = evolveOrder(order('placed'), facts.shipped, muchLater);
    // 1.2 days of lead time and 2 days of grace from the placing.
    expect(orderDueAt(shipped)).toBe(addDuration(proposedAt, duration(3.2, 'days')));
  });
  it('anew after each fact', () => {
    const late = lookAgain(order('placed'), muchLater);
    expect(orderDueAt(evolveOrder(late, facts.accepted, muchLater))).toBe(addDuration(deliveryAt, duration(2, 'days')));
  });
});

describe('a shop that says nothing', () => {
  const looks = (until: Instant): number[] => {
    const minutes: number[] = [];
    for (let state = order('placed'); ;) {
      const due = orderDueAt(state);
      if (due === undefined || due > until) return minutes;
      minutes.push(Math.round(durationBetween(proposedAt, due) / 60_000));
      state = lookAgain(state, due);
    }
  };
  it('is asked after half an hour, then less and less often, at its last moment, and every half hour from then on', () => {
    const last = durationBetween(proposedAt, examples.acceptBefore) / 60_000;
    expect(looks(afterMinutes(examples.acceptBefore, 60))).toEqual([30, 60, 120, 240, 480, 840, 1_200, last, last + 30, last + 60]);
  });
});

describe('windows', () => {
  it('stay within the quote and a day', () => {
    const lateInTheQuote = addDuration(quoteEndsAt, duration(-1, 'hours'));
    for (const windowOf of [approvalExpiresAt, acceptBefore]) {
      expect(windowOf(quote, proposedAt)).toBe(addDuration(proposedAt, duration(24, 'hours')));
      expect(windowOf(quote, lateInTheQuote)).toBe(quoteEndsAt);
    }
  });
});
