/** A need whose order has ended is free again. */
import { isTerminal } from '../../../../shared/order/order-state.ts';
import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';

export function basketsFreed({ baskets, orders, now }: Facts): Finding[] {
  const byId = new Map<string, Facts['orders'][number]>(orders.map((item) => [item.state.order.orderId, item]));
  return baskets.flatMap(({ key, state }) => {
    const held = [
      ...Object.entries(state.needs).flatMap(([needId, { orderId }]) => (orderId === undefined ? [] : [{ what: needId, orderId }])),
      ...state.plans.filter(({ retryAt }) => retryAt === undefined).map(({ orderId }) => ({ what: 'a plan', orderId })),
    ];
    return held.flatMap(({ what, orderId }): Finding[] => {
      const item = byId.get(orderId);
      // A plan whose order is still to be created has a moment of its own at which that is tried again.
      if (item === undefined || !isTerminal[item.state.order.status]) return [];
      return [
        {
          ...{ rule: 'basket-holds-ended', subject: `${key} ${what}`, at: item.events.at(-1)?.time ?? now },
          ...{ expected: 'free', actual: `held by ${orderId}, which is ${item.state.order.status}` },
        },
      ];
    });
  });
}
