/** Our tables and the shop's own ledger tell of the same orders, with the same content. */
import { addDuration, duration } from '../../../../shared/values.ts';
import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { hasHappened, momentOf } from '../order-story.ts';

/** What a shop of somebody's own has done with an order stands in no ledger of ours. */
export function ordersAtShop({ orders, shopsInRun, shopOrders, now }: Facts): Finding[] {
  const taken = new Set(shopOrders.map(({ retailerId, orderId }) => `${retailerId}/${orderId}`));
  return orders.flatMap((item): Finding[] => {
    const { orderId, retailerId } = item.state.order;
    if (!shopsInRun.includes(retailerId) || !hasHappened(item, 'order.placed') || taken.has(`${retailerId}/${orderId}`)) return [];
    const at = momentOf(item, 'order.placed') ?? now;
    return [{ rule: 'order-missing', subject: orderId, at, expected: `in the ledger of ${retailerId}`, actual: 'placed with us, unknown to the shop' }];
  });
}

/** A shop that took an order and went down before it could say so is asked until it answers: that takes a day or two. */
const STILL_ASKED = duration(-3, 'days');

export function ordersAtHome({ orders, shopOrders, faultsOn, now }: Facts): Finding[] {
  const ours = new Map<string, Facts['orders'][number]>(orders.map((item) => [item.state.order.orderId, item]));
  return shopOrders.flatMap((shopOrder): Finding[] => {
    const { orderId, at, retailerId } = shopOrder;
    const item = ours.get(orderId);
    const about = { subject: orderId, at };
    if (item === undefined) return [{ rule: 'order-missing', ...about, expected: 'an order of ours', actual: `only ${retailerId} knows it` }];
    if (!hasHappened(item, 'order.placed')) {
      const isStillAsked = faultsOn.length > 0 && item.state.order.status === 'placing' && at > addDuration(now, STILL_ASKED);
      if (isStillAsked) return [];
      return [
        { rule: 'order-missing', ...about, expected: 'placed', actual: `${retailerId} took it; with us it was never placed (${item.state.order.status})` },
      ];
    }
    const [told, agreed] = [contentOf(shopOrder), agreedContent(item)];
    return told === agreed ? [] : [{ rule: 'order-differs', ...about, expected: agreed, actual: told }];
  });
}

const contentOf = ({ lines, totalMinor }: Pick<Facts['shopOrders'][number], 'lines' | 'totalMinor'>): string =>
  `${lines.map(({ gtin, quantity, unitPriceMinor }) => `${quantity} × ${gtin} at ${unitPriceMinor}`).join(', ')}, ${totalMinor} cents in all`;

const agreedContent = ({ state }: Facts['orders'][number]): string => {
  const { lineItems, total } = state.order.quote;
  return contentOf({
    lines: lineItems.map(({ gtin, quantity, unitPrice }) => ({ gtin, quantity, unitPriceMinor: unitPrice.amountMinor })),
    totalMinor: total.amountMinor,
  });
};
