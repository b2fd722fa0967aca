/** What is new in all that a shop has said by now, against what the order has told so far: the facts that lead from the one to the other. */
import type { LineItem } from '../event-parts.ts';
import type { EventData, EventOf } from '../events.ts';
import { unreachable } from '../values.ts';
import type { Folded, Standing } from './folded.ts';
import { linesAsOrdered, packsInstead, type LineProgress, type PacksField } from './line-progress.ts';
import type { OrderStatus, SentOrder } from './order-state.ts';

export const STANDING: Record<SentOrder['status'], Standing> = {
  placing: 'unanswered',
  placed: 'unanswered',
  accepted: 'accepted',
  shipped: 'shipped',
  delivered: 'delivered',
  rejected: 'rejected',
  cancelled: 'cancelled',
} satisfies Partial<Record<OrderStatus, Standing>>;

type OrderEvents = EventOf<'order'>[];

export function newsOf(order: SentOrder, folded: Folded): OrderEvents {
  const about = aboutOf(order);
  // Whoever answers has the order, even if our own call has not come back yet.
  const placed: OrderEvents = order.status === 'placing' ? [{ type: 'order.placed', data: { ...about, messageId: order.placement.messageId } }] : [];
  const changed = changeTold(order, folded);
  const part = partTold(order, folded);
  // A change of a whole order accepts the rest of it, and a part that has come was shipped: saying both would say one thing twice.
  const isImplied = (changed.length > 0 && folded.standing === 'accepted') || (part.length > 0 && folded.standing === 'shipped');
  const isSame = folded.standing === STANDING[order.status] && !(folded.standing === 'delivered' && cameOtherwise(order, folded));
  const moved = isImplied || isSame ? [] : standingTold(order, folded);
  return [...placed, ...paymentTold(order, folded), ...moved, ...changed, ...laterTold(order, folded), ...part, ...backTold(order, folded)];
}

const aboutOf = ({ householdId, orderId, retailerId }: SentOrder): EventData<'order.expired'> => ({ householdId, orderId, retailerId });
const isLive = ({ standing }: Folded): boolean => standing === 'accepted' || standing === 'shipped';

/** An order that comes back to life starts from what was ordered. */
const saidBefore = ({ status, quote, progress }: SentOrder): readonly LineProgress[] =>
  status === 'rejected' || status === 'cancelled' ? linesAsOrdered(quote) : progress.lines;

const differs = (before: readonly LineProgress[], after: readonly LineProgress[], field: PacksField): boolean =>
  after.some((line, index) => (line[field] ?? 0) !== (before[index]?.[field] ?? 0) || packsInstead(line, field) !== packsInstead(before[index], field));

const cameOtherwise = ({ progress }: SentOrder, { lines, total }: Folded): boolean =>
  total?.amountMinor !== progress.total?.amountMinor || differs(progress.lines, lines, 'fulfilled');

function changeTold(order: SentOrder, folded: Folded): OrderEvents {
  if (!isLive(folded) || !differs(saidBefore(order), folded.lines, 'current')) return [];
  const reason = folded.changeReason ?? 'changed by the shop';
  return [{ type: 'order.changed', data: { ...aboutOf(order), lines: linesTold(order, folded.lines, 'current'), reason } }];
}

function partTold(order: SentOrder, folded: Folded): OrderEvents {
  if (folded.partAt === undefined || folded.standing === 'delivered' || !cameOtherwise(order, folded)) return [];
  const data = { ...aboutOf(order), lines: linesTold(order, folded.lines, 'fulfilled'), total: folded.total ?? order.quote.total };
  return [{ type: 'order.part-delivered', data }];
}

/** Every line of the quote, in its order; without a day nothing of it comes later. */
function laterTold(order: SentOrder, folded: Folded): OrderEvents {
  const before = saidBefore(order);
  const isNew = folded.lines.some(({ backOrdered: now }, index) => {
    const then = before[index]?.backOrdered;
    return now?.packs !== then?.packs || now?.expectedAt !== then?.expectedAt;
  });
  if (!isLive(folded) || !isNew) return [];
  const lines = order.quote.lineItems.map(({ supplyId, gtin }, index) => {
    const { backOrdered, reason } = folded.lines[index] ?? {};
    return { supplyId, gtin, packs: backOrdered?.packs ?? 0, ...(backOrdered && { expectedAt: backOrdered.expectedAt }), ...(reason && { reason }) };
  });
  return [{ type: 'order.back-ordered', data: { ...aboutOf(order), lines } }];
}

function backTold(order: SentOrder, { lines, refunded }: Folded): OrderEvents {
  const about = aboutOf(order);
  const { progress } = order;
  const returned: OrderEvents = differs(progress.lines, lines, 'returned')
    ? [{ type: 'order.returned', data: { ...about, lines: linesTold(order, lines, 'returned') } }]
    : [];
  const isPaidBack = refunded !== undefined && refunded.total.amountMinor !== (progress.refunded?.total.amountMinor ?? 0);
  return isPaidBack ? [...returned, { type: 'order.refunded', data: { ...about, total: refunded.total, lines: [...refunded.lines] } }] : returned;
}

function paymentTold(order: SentOrder, { payment }: Folded): OrderEvents {
  const before = order.progress.payment;
  if (payment === undefined || (before?.declinedAt === payment.declinedAt && before.retryBefore === payment.retryBefore)) return [];
  const { reason, retryBefore } = payment;
  return [{ type: 'order.payment-declined', data: { ...aboutOf(order), reason, ...(retryBefore !== undefined && { retryBefore }) } }];
}

function standingTold(order: SentOrder, folded: Folded): OrderEvents {
  const { standing, deliveryAt, tracking, total, endReason, partAt } = folded;
  const about = aboutOf(order);
  switch (standing) {
    case 'unanswered':
      return [];
    case 'accepted':
      return [{ type: 'order.accepted', data: { ...about, ...(deliveryAt !== undefined && { deliveryAt }) } }];
    case 'shipped':
      return [{ type: 'order.shipped', data: { ...about, ...(tracking !== undefined && { tracking }) } }];
    case 'delivered': {
      const lines = linesTold(order, folded.lines, 'fulfilled');
      const why = partAt !== undefined && endReason !== undefined ? { reason: endReason } : {};
      return [{ type: 'order.delivered', data: { ...about, lines, total: total ?? order.quote.total, ...why } }];
    }
    case 'rejected':
      return [{ type: 'order.rejected', data: { ...about, reason: endReason ?? 'rejected by the shop' } }];
    case 'cancelled':
      return [{ type: 'order.cancelled', data: { ...about, reason: endReason ?? 'cancelled by the shop' } }];
    default:
      return unreachable(standing);
  }
}

/** Every line of the quote, in its order, and after them what comes instead. */
function linesTold(order: SentOrder, lines: readonly LineProgress[], field: PacksField): EventData<'order.changed'>['lines'] {
  const told = ({ supplyId, gtin, pack }: Pick<LineItem, 'supplyId' | 'gtin' | 'pack'>, packs: number) => ({
    ...{ supplyId, gtin, packs, quantity: { amount: amountOf(pack.amount, packs), unit: pack.unit } },
  });
  const instead = order.quote.lineItems.flatMap(({ supplyId }, index) => {
    const substitute = lines[index]?.substitute;
    return substitute ? [told({ supplyId, ...substitute }, packsInstead(lines[index], field))] : [];
  });
  const own = order.quote.lineItems.map((item, index) => {
    const { reason } = lines[index] ?? {};
    return { ...told(item, lines[index]?.[field] ?? 0), ...(field === 'current' && reason !== undefined && { reason }) };
  });
  return [...own, ...instead].slice(0, LINES_TOLD_MAX);
}
/** As many as the event can hold. */
const LINES_TOLD_MAX = 50;

/** Base units in a number of packs, to a thousandth like every stored amount. */
export const amountOf = (packAmount: number, packs: number): number => Math.round(packAmount * packs * 1_000) / 1_000;
