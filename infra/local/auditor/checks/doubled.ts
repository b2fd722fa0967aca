/** Nothing is bought twice: one live order for one need, one order for one id, one parcel for one order. */
import type { Instant } from '../../../../shared/values.ts';
import type { Facts, OrderItem } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { byProposal, cameToNothingAt } from '../order-story.ts';

interface Life {
  readonly orderId: string;
  readonly from: Instant;
  /** Undefined: it brought goods or may still bring them, so nobody else may ever bring them for the same need. */
  readonly until: Instant | undefined;
}

export function ordersForNeeds({ orders }: Facts): Finding[] {
  const livesOfNeed = new Map<string, Life[]>();
  for (const item of [...orders].sort(byProposal)) {
    const { order } = item.state;
    const life = { orderId: order.orderId, from: order.proposedAt, until: cameToNothingAt(item) };
    for (const needId of new Set(order.quote.lineItems.map((line) => line.needId))) livesOfNeed.set(needId, [...(livesOfNeed.get(needId) ?? []), life]);
  }
  return [...livesOfNeed].flatMap(([needId, lives]) =>
    lives.flatMap((life, index): Finding[] => {
      const rival = lives.slice(0, index).find(({ until }) => until === undefined || until > life.from);
      if (rival === undefined) return [];
      return [{ ...doubled(life.orderId, life.from), expected: `one live order for ${needId}`, actual: `${rival.orderId} is for it too` }];
    }),
  );
}

const doubled = (subject: string, at: Instant) => ({ rule: 'order-doubled', subject, at });

export function orderIdsUnique({ orders, shopOrders, handovers }: Facts): Finding[] {
  return [
    ...repeated(orders, ({ state }) => state.order.orderId).map((item: OrderItem) => ({
      ...doubled(item.state.order.orderId, item.state.order.proposedAt),
      ...{ expected: 'one order with this id', actual: `${item.key} has it as well` },
    })),
    ...repeated(shopOrders, ({ orderId }) => orderId).map(({ orderId, at, retailerId }) => ({
      ...doubled(orderId, at),
      ...{ expected: 'taken once', actual: `${retailerId} took it for new once more` },
    })),
    ...repeated(handovers, ({ orderId, part }) => `${orderId}/${part ?? ''}`).map(({ orderId, at, account }) => ({
      ...doubled(orderId, at),
      ...{ expected: 'one parcel', actual: `one more stands before the door of ${account}` },
    })),
  ];
}

/** All but the first of those with the same name. */
function repeated<Thing>(things: readonly Thing[], nameOf: (thing: Thing) => string): Thing[] {
  const seen = new Set<string>();
  return things.filter((thing) => {
    const name = nameOf(thing);
    const isRepeat = seen.has(name);
    seen.add(name);
    return isRepeat;
  });
}
