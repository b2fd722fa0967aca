/** An order is what its events say, and its decision can be computed again. */
import { evolveOrder } from '../../../../shared/order/evolve-order.ts';
import type { Order } from '../../../../shared/order/order-state.ts';
import { recompute } from '../../../../shared/order/record.ts';
import type { Facts, OrderItem } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { isOrderEvent } from '../order-story.ts';

export function eventsTellStatus({ orders, now }: Facts): Finding[] {
  return orders.flatMap((item): Finding[] => {
    const { order } = item.state;
    const told = statusTold(item);
    if (told === order.status) return [];
    const at = item.events.at(-1)?.time ?? now;
    return [{ rule: 'order-contradicts-events', subject: order.orderId, at, expected: `${told}, by its events`, actual: order.status }];
  });
}

function statusTold({ events }: OrderItem): string {
  try {
    const folded = events.filter(isOrderEvent).reduce<Order | undefined>((order, event) => evolveOrder(order, event, event.time), undefined);
    return folded?.status ?? 'never proposed';
  } catch (error) {
    return `impossible (${error instanceof Error ? error.message : String(error)})`;
  }
}

export const decisionsRecompute = ({ orders }: Facts): Finding[] =>
  orders.flatMap(({ state: { order, record } }): Finding[] => {
    const { differences } = recompute(record);
    if (differences.length === 0) return [];
    const at = record.decision?.at ?? record.proposal.at;
    return [
      { rule: 'decision-not-recomputable', subject: order.orderId, at, expected: 'the same to the last bit', actual: differences.join('; ').slice(0, 500) },
    ];
  });
