/**
 * Run-outs, by the forecast that stood in the record when the order was proposed: its median says when the stock in the house would have been
 * gone. Nobody watches an empty shelf for us, so both figures are estimates, and each names the moment that it goes by.
 */
import type { LineItem } from '../../event-parts.ts';
import type { Instant, SupplyId } from '../../values.ts';
import { deliveryOf, itemOf, momentOf, titleOf, type StatementItem, type StatementOrder, type StatementTime } from './statement-order.ts';

/** Somebody brought it from elsewhere, so that the shelf was not empty after all. */
export interface BroughtElsewhere {
  readonly supplyId: SupplyId;
  readonly at: Instant;
}

/** A delivery of this month that came before its stock would have been gone, where that moment has passed by now: one for each need. */
export function avoidedRunOuts(orders: readonly StatementOrder[], { isIn, now }: StatementTime): StatementItem[] {
  return needsOf(orders).flatMap(({ stated, line, outAt }) => {
    const delivery = deliveryOf(stated);
    if (delivery === undefined || !isIn(delivery.at) || !delivery.lines.includes(line)) return [];
    if (delivery.at >= outAt || outAt > now) return [];
    return [itemOf(stated.order, { at: delivery.at, because: 'came-in-time', title: titleOf([line]), outAt })];
  });
}

/**
 * A need whose stock was gone in this month before goods came: they came later, or its last order came to nothing. Not when somebody had
 * brought it from elsewhere, or another delivery had.
 */
export function happenedRunOuts(orders: readonly StatementOrder[], elsewhere: readonly BroughtElsewhere[], { isIn, now }: StatementTime): StatementItem[] {
  const arrivals = [...elsewhere, ...orders.flatMap(arrivalsOf)];
  return needsOf(orders).flatMap(({ stated, line, outAt }) => {
    if (!isIn(outAt) || outAt > now) return [];
    const { proposedAt } = stated.order;
    if (arrivals.some(({ supplyId, at }) => supplyId === line.supplyId && at > proposedAt && at <= outAt)) return [];
    const because = missedBy(stated);
    return because === undefined ? [] : [itemOf(stated.order, { at: outAt, because, title: titleOf([line]), outAt })];
  });
}

const arrivalsOf = (stated: StatementOrder): BroughtElsewhere[] => {
  const delivery = deliveryOf(stated);
  return delivery === undefined ? [] : delivery.lines.map(({ supplyId }) => ({ supplyId, at: delivery.at }));
};

/** Why the goods were not there in time; undefined while they may still be. */
function missedBy({ order }: StatementOrder): 'came-too-late' | 'not-ordered' | 'not-delivered' | undefined {
  switch (order.status) {
    case 'delivered':
    case 'approved':
    case 'placing':
    case 'placed':
    case 'accepted':
    case 'shipped':
      return 'came-too-late';
    case 'declined':
    case 'expired':
    case 'withdrawn':
    case 'proposed':
    case 'awaiting-approval':
      return 'not-ordered';
    case 'rejected':
    case 'cancelled':
      return 'not-delivered';
  }
}

interface StatedNeed {
  readonly stated: StatementOrder;
  readonly line: LineItem;
  /** By the median: as likely before as after. */
  readonly outAt: Instant;
}

/** Each need once, in the last order that was made for it. */
function needsOf(orders: readonly StatementOrder[]): StatedNeed[] {
  const last = new Map<string, StatedNeed>();
  for (const stated of [...orders].sort((a, b) => (proposedAt(a) < proposedAt(b) ? -1 : 1))) {
    for (const { needId, snapshot } of stated.record.proposal.needs) {
      const line = stated.order.quote.lineItems.find((one) => one.needId === needId);
      if (line !== undefined) last.set(needId, { stated, line, outAt: snapshot.projectedStockout.median });
    }
  }
  return [...last.values()];
}

const proposedAt = (stated: StatementOrder): Instant => momentOf(stated, 'order.proposed') ?? stated.order.proposedAt;
