/** Nobody pays more than was agreed to, and no money is held for what is over. */
import { isTerminal } from '../../../../shared/order/order-state.ts';
import { QUOTE_VALID_MAX } from '../../../../shared/order/quote.ts';
import { addDuration } from '../../../../shared/values.ts';
import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { agreedBeyondMinor, costMinor } from '../order-story.ts';

export function chargedAsQuoted({ orders, shopMessages, now }: Facts): Finding[] {
  return orders.flatMap((item): Finding[] => {
    const { order } = item.state;
    // With what a person has agreed to pay more for something else.
    const quoted = order.quote.total.amountMinor + agreedBeyondMinor(item);
    const bills = shopMessages.filter(({ orderId, type }) => orderId === order.orderId && type === 'order.delivered');
    const charged = [
      { by: 'in our tables', minor: costMinor(item), at: item.events.at(-1)?.time ?? now },
      ...bills.map(({ retailerId, totalMinor, at }) => ({ by: `by ${retailerId}`, minor: totalMinor ?? 0, at })),
    ];
    return charged
      .filter(({ minor }) => minor > quoted)
      .map(({ by, minor, at }) => ({
        ...{ rule: 'charged-above-quote', subject: order.orderId, at },
        ...{ expected: `at most ${quoted} cents`, actual: `${minor} cents ${by}` },
      }));
  });
}

/** From the lines themselves: no total is above what goods and delivery cost less what the perks save, and no perk saves more than there is to pay. */
export function totalsLessPerks({ orders, now }: Facts): Finding[] {
  return orders.flatMap((item): Finding[] => {
    const { orderId, quote } = item.state.order;
    const goods = quote.lineItems.reduce((sum, { unitPrice, quantity }) => sum + unitPrice.amountMinor * quantity, 0);
    const off = (quote.perks ?? []).reduce((sum, { saves }) => sum + saves.amountMinor, 0);
    const most = goods + quote.deliveryFee.amountMinor - off;
    if (quote.total.amountMinor <= most) return [];
    const at = item.events.at(-1)?.time ?? now;
    return [{ rule: 'total-above-perks', subject: orderId, at, expected: `at most ${most} cents`, actual: `${quote.total.amountMinor} cents quoted` }];
  });
}

export function noMoneyHeld({ spends, orders, now }: Facts): Finding[] {
  const ordersById = new Map<string, Facts['orders'][number]>(orders.map((item) => [item.state.order.orderId, item]));
  return spends.flatMap(({ key, state }) =>
    Object.entries(state.open).flatMap(([orderId, { amount, reservedAt }]): Finding[] => {
      const item = ordersById.get(orderId);
      const held = { rule: 'money-held', subject: `${key} ${orderId}`, expected: 'released or settled' };
      const of = `${amount.amountMinor} cents`;
      if (item === undefined) {
        if (now < addDuration(reservedAt, QUOTE_VALID_MAX)) return [];
        return [{ ...held, at: reservedAt, actual: `${of} for an order that does not exist` }];
      }
      const { status } = item.state.order;
      return isTerminal[status] ? [{ ...held, at: item.events.at(-1)?.time ?? reservedAt, actual: `${of} for an order that is ${status}` }] : [];
    }),
  );
}
