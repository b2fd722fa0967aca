/** What was handed over is in our books, order by order and supply by supply, with its amount. */
import { viewsForSupplies } from '../../../../shared/order/order-for-supply.ts';
import type { SupplyId } from '../../../../shared/values.ts';
import type { Facts, OrderItem } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { keptEvents } from '../kept-events.ts';
import { momentOf } from '../order-story.ts';

/** The shop said so, and we answered that we had it: then the order is delivered, with as many packs as stood before the door. */
export function deliveriesNoted({ orders, shopMessages, handovers }: Facts): Finding[] {
  const ordersById = new Map<string, OrderItem>(orders.map((item) => [item.state.order.orderId, item]));
  return shopMessages
    .filter(({ type, taken, isPart }) => type === 'order.delivered' && taken && isPart !== true)
    .flatMap(({ orderId, at }): Finding[] => {
      const order = ordersById.get(orderId)?.state.order;
      const about = { subject: orderId, at };
      if (order?.status !== 'delivered') {
        return [{ rule: 'delivery-not-noted', ...about, expected: 'delivered', actual: order === undefined ? 'no order of ours' : `it is ${order.status}` }];
      }
      const packs = (lines: readonly { gtin: string; packs: number }[]): string =>
        summed(lines)
          .filter((line) => line.packs > 0)
          .map((line) => `${line.packs} × ${line.gtin}`)
          .sort()
          .join(', ');
      const there = packs(handovers.filter((handover) => handover.orderId === orderId).flatMap(({ lines }) => lines));
      const noted = packs(
        order.quote.lineItems.flatMap(({ gtin }, index) => {
          const line = order.progress.lines[index];
          // What the driver took back again stands before no door.
          const instead = line?.substitute ? [{ gtin: line.substitute.gtin, packs: line.substitute.fulfilled - (line.substitute.returned ?? 0) }] : [];
          return [{ gtin, packs: (line?.fulfilled ?? 0) - (line?.returned ?? 0) }, ...instead];
        }),
      );
      return there === noted ? [] : [{ rule: 'delivery-differs', ...about, expected: `${there} at the door`, actual: noted === '' ? 'nothing noted' : noted }];
    });
}

/** In whatever lines and parts a product came. */
function summed(lines: readonly { gtin: string; packs: number }[]): { gtin: string; packs: number }[] {
  const packs = new Map<string, number>();
  for (const line of lines) packs.set(line.gtin, (packs.get(line.gtin) ?? 0) + line.packs);
  return [...packs].map(([gtin, count]) => ({ gtin, packs: count }));
}

export function deliveriesRestocked(facts: Facts): Finding[] {
  const restocked = restockedAmounts(facts);
  return facts.orders.flatMap((item) => {
    const { order } = item.state;
    if (order.status !== 'delivered') return [];
    return [...viewsForSupplies(order, item.version)].flatMap(([supplyId, { received }]): Finding[] => {
      const amounts = restocked(order.orderId, supplyId);
      if (received === 0 || amounts.includes(received) || amounts.includes('some')) return [];
      return [
        {
          ...{ rule: 'delivery-not-restocked', subject: `${order.orderId} ${supplyId}`, at: momentOf(item, 'order.delivered') ?? facts.now },
          ...{ expected: `${received} received`, actual: amounts.length === 0 ? 'the supply knows nothing of it' : `${amounts.join(', ')} received` },
        },
      ];
    });
  });
}

/**
 * A supply names its last orders, its events the facts of a day, and the journey all of them without the amount: the oldest deliveries
 * are proved by their touchpoint alone (`some`), and only where nothing that tells an amount is left.
 */
function restockedAmounts({ supplies, items, touchpoints }: Facts) {
  const told = new Map<string, number>();
  for (const event of keptEvents(items)) {
    if (event.type !== 'supply.restocked') continue;
    const name = `${event.data.orderId}/${event.data.supplyId}`;
    told.set(name, Math.round(((told.get(name) ?? 0) + event.data.amount) * 1_000) / 1_000);
  }
  const journey = new Set(
    touchpoints.filter(({ state }) => state.type === 'supply.restocked').map(({ state }) => `${state.orderId ?? ''}/${state.supplyId ?? ''}`),
  );
  const byId = new Map(supplies.map(({ state }) => [state.supplyId, state]));
  return (orderId: OrderItem['state']['order']['orderId'], supplyId: SupplyId): (number | 'some')[] => {
    const name = `${orderId}/${supplyId}`;
    const amounts = [byId.get(supplyId)?.orders[orderId]?.received, told.get(name)].filter((amount) => amount !== undefined);
    return amounts.length === 0 && journey.has(name) ? ['some'] : amounts;
  };
}
