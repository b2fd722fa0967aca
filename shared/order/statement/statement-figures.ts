/** The figures of money and errands. Each function says what it counts; a person who doubts it opens the orders behind it. */
import type { LineItem } from '../../event-parts.ts';
import { euros, localDate, type Instant, type Money, type OrderId, type SupplyId } from '../../values.ts';
import { isSent } from '../answer-order.ts';
import type { Order } from '../order-state.ts';
import { backFor, owedMinor, paidByProduct } from '../perk/paid-for.ts';
import { packsByProduct } from '../line-progress.ts';
import { promiseKept } from '../promise-kept.ts';
import { costOf, deliveryOf, isBought, itemOf, momentOf, titleOf, type StatementItem, type StatementOrder, type StatementTime } from './statement-order.ts';

/** Goods that went back, or were thrown away. */
export interface Returned {
  readonly orderId: OrderId;
  readonly at: Instant;
  readonly lines: readonly { readonly gtin: string; readonly packs: number }[];
}
export interface Spoiled {
  readonly supplyId: SupplyId;
  readonly at: Instant;
  /** In base units. */
  readonly amount: number;
}

/** What a delivery brought on top of enough. */
export interface Overstocked extends Spoiled {
  readonly orderId: OrderId;
}

/** Orders approved in this month that did not end without goods: what was charged, or, while they are on their way, what was agreed. */
export function spentInMonth(orders: readonly StatementOrder[], { isIn }: StatementTime): StatementItem[] {
  return orders.flatMap(({ order }) => {
    const approval = 'approval' in order ? order.approval : undefined;
    if (approval === undefined || !isBought(order) || !isIn(approval.at)) return [];
    const by = approval.by.kind === 'mandate' ? approval.by.mandateId : approval.by.memberId;
    return [itemOf(order, { at: approval.at, amount: costOf(order), because: order.status === 'delivered' ? 'charged' : 'on-the-way', by })];
  });
}

/** Days of this month on which goods came that the house had asked for by itself: nobody had to notice, and nobody had to go. One for each day. */
export function errandsSaved(orders: readonly StatementOrder[], { isIn, timeZone }: StatementTime): StatementItem[] {
  const days = new Map<string, StatementItem>();
  for (const stated of orders) {
    const delivery = deliveryOf(stated);
    const own = delivery?.lines.filter(({ needId }) => stated.record.proposal.needs.some((need) => need.needId === needId)) ?? [];
    if (delivery === undefined || own.length === 0 || !isIn(delivery.at)) continue;
    const day = localDate(delivery.at, timeZone);
    if (!days.has(day)) days.set(day, itemOf(stated.order, { at: delivery.at, because: 'brought', title: titleOf(own) }));
  }
  return [...days.values()];
}

/** Deliveries of this month on a later day than the shop had promised, or without some of the packs: at most one entry for each, the packs at their price. */
export function promisesBroken(orders: readonly StatementOrder[], { isIn, timeZone }: StatementTime): StatementItem[] {
  return orders.flatMap(({ order }) => {
    const kept = promiseKept(order, timeZone);
    if (kept === undefined || !isIn(kept.deliveredAt)) return [];
    const missing = kept.lines.map((line) => line.missing);
    const short = order.quote.lineItems.filter((_, index) => (missing[index] ?? 0) > 0);
    if (short.length === 0 && kept.daysLate === 0) return [];
    const worth = order.quote.lineItems.reduce((sum, { unitPrice }, index) => sum + unitPrice.amountMinor * (missing[index] ?? 0), 0);
    const what = short.length === 0 ? ({ because: 'came-late' } as const) : ({ because: 'came-short', title: titleOf(short) } as const);
    return [itemOf(order, { at: kept.deliveredAt, amount: euros(worth), ...what })];
  });
}

/** Bought and then not wanted: cancelled or taken back by a person, returned by withdrawal, spoiled, or delivered on top of enough. */
export function regretted(
  orders: readonly StatementOrder[],
  { returned, spoiled, overstocked = [] }: { returned: readonly Returned[]; spoiled: readonly Spoiled[]; overstocked?: readonly Overstocked[] },
  { isIn }: StatementTime,
): StatementItem[] {
  const undone = orders.flatMap((stated) => {
    const { order } = stated;
    const byPerson = order.status === 'cancelled' ? order.cancelRequest !== undefined : order.status === 'withdrawn' && order.approval !== undefined;
    const at = momentOf(stated, order.status === 'cancelled' ? 'order.cancelled' : 'order.withdrawn');
    if (!byPerson || at === undefined || !isIn(at)) return [];
    return [itemOf(order, { at, amount: order.quote.total, because: order.status === 'cancelled' ? 'cancelled' : 'taken-back' })];
  });
  return [
    ...undone,
    ...returned.filter(({ at }) => isIn(at)).flatMap(returnedItem(orders)),
    ...spoiled.filter(({ at }) => isIn(at)).flatMap(spoiledItem(orders)),
    ...overstocked.filter(({ at }) => isIn(at)).flatMap(overstockedItem(orders)),
  ];
}

const returnedItem =
  (orders: readonly StatementOrder[]) =>
  ({ orderId, at, lines }: Returned): StatementItem[] => {
    const order = orders.find((stated) => stated.order.orderId === orderId)?.order;
    if (order === undefined) return [];
    const back = order.quote.lineItems.flatMap((line) => {
      const packs = lines.find(({ gtin }) => gtin === line.gtin)?.packs ?? 0;
      return packs > 0 ? [{ ...line, minor: paidFor(order, line, packs) }] : [];
    });
    const amount = euros(back.reduce((sum, { minor }) => sum + minor, 0));
    return [itemOf(order, { at, amount, because: 'returned', title: titleOf(back) })];
  };

/** What perks took off counts as not paid. */
function paidFor(order: Order, { gtin, unitPrice }: LineItem, packs: number): number {
  const came = isSent(order) ? (packsByProduct(order.quote, order.progress.lines, 'fulfilled').get(gtin) ?? 0) : 0;
  if (!isSent(order) || came < packs) return unitPrice.amountMinor * packs;
  return backFor(paidByProduct(order.quote, order.progress.lines).get(gtin) ?? 0, packs, came);
}

/** At the price of the last delivery before; goods that we never delivered have no price here. */
const spoiledItem =
  (orders: readonly StatementOrder[]) =>
  ({ supplyId, at, amount }: Spoiled): StatementItem[] => {
    const last = orders
      .flatMap((stated) => {
        const delivery = deliveryOf(stated);
        const line = delivery?.lines.find((one) => one.supplyId === supplyId);
        return delivery === undefined || line === undefined || delivery.at > at ? [] : [{ order: stated.order, line, at: delivery.at }];
      })
      .sort((a, b) => (a.at < b.at ? 1 : -1))[0];
    if (last === undefined) return [];
    const { unitPrice, pack } = last.line;
    return [itemOf(last.order, { at, amount: euros(Math.round((unitPrice.amountMinor * amount) / pack.amount)), because: 'spoiled', title: last.line.title })];
  };

/** At the price of the very order that brought it on top of enough. */
const overstockedItem =
  (orders: readonly StatementOrder[]) =>
  ({ orderId, supplyId, at, amount }: Overstocked): StatementItem[] => {
    const order = orders.find((stated) => stated.order.orderId === orderId)?.order;
    const line = order?.quote.lineItems.find((one) => one.supplyId === supplyId);
    if (order === undefined || line === undefined) return [];
    const value = euros(Math.round((line.unitPrice.amountMinor * amount) / line.pack.amount));
    return [itemOf(order, { at, amount: value, because: 'overstocked', title: line.title })];
  };

/** For each delivery of several things: the fees of as many orders at the shop's terms of that day, less the fee that was paid. */
export function feesSaved(orders: readonly StatementOrder[], { isIn }: StatementTime): StatementItem[] {
  return orders.flatMap((stated) => {
    const { order, record } = stated;
    const delivery = deliveryOf(stated);
    const terms = record.proposal.considered.find(({ retailerId }) => retailerId === order.retailerId)?.terms;
    if (delivery === undefined || terms === undefined || delivery.lines.length < 2 || !isIn(delivery.at)) return [];
    const feeOf = ({ lineTotal }: LineItem): number => (lineTotal.amountMinor >= terms.freeDeliveryFrom.amountMinor ? 0 : terms.deliveryFee.amountMinor);
    const saved = delivery.lines.reduce((sum, line) => sum + feeOf(line), 0) - order.quote.deliveryFee.amountMinor;
    const because = delivery.lines.some(({ joined }) => joined !== undefined) ? 'came-along' : 'bundled';
    return saved <= 0 ? [] : [itemOf(order, { at: delivery.at, amount: euros(saved), because })];
  });
}

/** Of each delivery what perks took off: the worth of what came at the shop's prices with its delivery, less what that costs after perks. */
export function perksSaved(orders: readonly StatementOrder[], { isIn }: StatementTime): StatementItem[] {
  return orders.flatMap((stated) => {
    const { order } = stated;
    const delivery = deliveryOf(stated);
    if (order.quote.perks === undefined || !isSent(order) || delivery === undefined || !isIn(delivery.at)) return [];
    const { perks: _, ...bare } = order.quote;
    const saved = owedMinor(bare, order.progress.lines) - owedMinor(order.quote, order.progress.lines);
    const [kind, ...others] = [...new Set(order.quote.perks.map((perk) => perk.kind))];
    return saved <= 0
      ? []
      : [itemOf(order, { at: delivery.at, amount: euros(saved), because: kind === undefined || others.length > 0 ? 'several-perks' : kind })];
  });
}

/** Proposed, and ended in this month without anybody buying it: declined, not answered, too dear for the mandates, or stopped. Not what was bought in a later order. */
export function notBought(orders: readonly StatementOrder[], { isIn }: StatementTime): StatementItem[] {
  const boughtNeeds = new Set<string>(orders.flatMap(({ order }) => (isBought(order) ? order.quote.lineItems.map(({ needId }) => needId) : [])));
  return orders.flatMap((stated) => {
    const { order } = stated;
    const at = endedUnbought(stated);
    if (at === undefined || !isIn(at) || order.quote.lineItems.every(({ needId }) => boughtNeeds.has(needId))) return [];
    return [itemOf(order, { at, amount: order.quote.total, because: reasonOf(stated) })];
  });
}

function endedUnbought(stated: StatementOrder): Instant | undefined {
  const { order } = stated;
  if (order.status === 'declined') return momentOf(stated, 'order.declined');
  if (order.status === 'expired') return momentOf(stated, 'order.expired');
  return order.status === 'withdrawn' && order.approval === undefined ? momentOf(stated, 'order.withdrawn') : undefined;
}

/** A stop or a cap was why anybody was asked at all; else what became of the question. */
function reasonOf({ order, record }: StatementOrder): StatementItem['because'] {
  const outcome = record.decision?.outcome;
  const failed = outcome?.kind === 'asked' ? outcome.rulesFailed.map(({ rule }) => rule) : [];
  if (failed.includes('not-stopped')) return 'stopped';
  if (saidTooDear(order) || failed.includes('per-order-cap') || failed.includes('per-month-cap')) return 'too-dear';
  return order.status === 'expired' ? 'expired' : 'declined';
}

const saidTooDear = (order: Order): boolean => order.status === 'declined' && order.reason === 'too-dear';

/** What a sum of figures comes to. */
export const sumOf = (items: readonly Pick<StatementItem, 'amount'>[]): Money => euros(items.reduce((sum, { amount }) => sum + amount.amountMinor, 0));
