/** Orders as they would be proposed today: older lines have no category yet, their supplies know it. */
import type { Supply } from '../supply/supply.ts';
import type { PastOrder } from './mandate/mandate-preview.ts';
import type { Order } from './order-state.ts';

export function withCategories(orders: readonly Order[], supplies: readonly Pick<Supply, 'supplyId' | 'productLine'>[]): PastOrder[] {
  const lineOf = new Map<string, string>(supplies.map(({ supplyId, productLine }) => [supplyId, productLine]));
  return orders.map(({ orderId, quote, proposedAt, status }) => ({
    ...{ orderId, proposedAt, declined: status === 'declined' },
    quote: {
      ...quote,
      lineItems: quote.lineItems.map((line) => {
        const category = line.category ?? lineOf.get(line.supplyId);
        return { ...line, ...(category !== undefined && { category }) };
      }),
    },
  }));
}
