/** A household's facts → what is shown of it now. */
import type { StoredOrder } from '../../../functions/runtime/aggregates.ts';
import { spentMinor } from '../../../shared/order/mandate/mandate.ts';
import type { Order, OrderIn } from '../../../shared/order/order-state.ts';
import { isTerminal } from '../../../shared/order/order-state.ts';
import { summedPerks } from '../../../shared/order/perk/apply-perks.ts';
import { unitPrice } from '../../../shared/order/unit-price.ts';
import type { Spend } from '../../../shared/order/mandate/spend.ts';
import { supplyOverview } from '../../../shared/supply/overview.ts';
import type { Supply } from '../../../shared/supply/supply.ts';
import { isMember, mayApprove } from '../../../shared/household/household.ts';
import { daysBetween, euros, localMonth, type Instant, type RetailerId } from '../../../shared/values.ts';
import type { HouseholdFacts } from './household.ts';
import type { Bilingual, HouseholdView, OpenOrder, SupplyCard } from './snapshot.ts';
import { WHOLE } from '../../../shared/journey/fold/count.ts';
import { phaseReason } from '../../../shared/journey/phase/phase-wording.ts';
import { becauseOf } from '../../../shared/journey/standing/standing.ts';
import { moneyText, NO_TOTAL, ruleReason, touchpointSentence } from './words.ts';

const ORDERS_MAX = 8;
const TOUCHPOINTS_MAX = 15;

export type ShopName = (retailerId: RetailerId) => string;

export function householdView(facts: HouseholdFacts, now: Instant, shopName: ShopName): HouseholdView {
  const { household, members, supplies, standing } = facts;
  const orders = facts.orders.map(({ order }) => order).sort((a, b) => (a.proposedAt < b.proposedAt ? 1 : -1));
  const mandate = mandateView(facts.spend, now, household.timeZone);
  return {
    householdId: household.householdId,
    name: household.name,
    timeZone: household.timeZone,
    approvers: members.filter((member) => isMember(member) && mayApprove(member)).map(({ memberId }) => memberId),
    supplies: supplies.map((supply) => supplyCard(supply, now, { orders, shopName })),
    openOrders: facts.orders.flatMap((stored) => openOrder(stored, shopName) ?? []),
    orders: orders.slice(0, ORDERS_MAX).map((order) => orderLine(order, shopName)),
    ...(mandate !== undefined && { mandate }),
    journey: {
      touchpoints: facts.touchpointsTotal,
      latest: latestTouchpoints(facts, orders),
      phases:
        standing?.phases.map(({ phase, line, since, reason }) => ({
          name: line === WHOLE ? phase : `${phase} · ${line}`,
          since,
          because: phaseReason(reason, 'en'),
        })) ?? [],
      segments: standing?.segments.map((note) => ({ name: note.segment, since: note.since, because: becauseOf(note) })) ?? [],
    },
  };
}

const approvedBy = (order: Order) => ('approval' in order && order.approval !== undefined ? { approvedBy: order.approval.by.kind } : {});
const goodsOf = ({ quote }: Order): string => quote.lineItems.map(({ quantity, title }) => `${quantity} × ${title}`).join(', ');

function supplyCard(supply: Supply, now: Instant, { orders, shopName }: { orders: readonly Order[]; shopName: ShopName }): SupplyCard {
  const { supplyId, name, unit, inHouse, onOrder, reorderPoint, orderUpTo, perDay, leadTimeDays, isLow, projectedStockout } = supplyOverview(supply, now);
  const [order] = orders.filter(({ status, quote }) => !isTerminal[status] && quote.lineItems.some((line) => line.supplyId === supplyId));
  const days = (at: Instant): number => Math.max(0, daysBetween(now, at));
  return {
    ...{ supplyId, name, unit, inHouse, onOrder, reorderPoint, orderUpTo, perDay, leadTimeDays, isLow },
    daysLeft: { p10: days(projectedStockout.p10), median: days(projectedStockout.median), p90: days(projectedStockout.p90) },
    ...(order !== undefined && {
      order: { orderId: order.orderId, status: order.status, shop: shopName(order.retailerId), total: order.quote.total, ...approvedBy(order) },
    }),
  };
}

const orderLine = (order: Order, shopName: ShopName) => ({
  orderId: order.orderId,
  proposedAt: order.proposedAt,
  status: order.status,
  shop: shopName(order.retailerId),
  goods: goodsOf(order),
  total: ('progress' in order ? order.progress.total : undefined) ?? order.quote.total,
  ...approvedBy(order),
});

function openOrder({ order, record }: StoredOrder, shopName: ShopName): OpenOrder | undefined {
  if (order.status !== 'awaiting-approval') return undefined;
  const { quote } = order;
  return {
    orderId: order.orderId,
    quoteHash: quote.hash,
    shop: shopName(order.retailerId),
    lines: quote.lineItems.map(({ title, quantity, unitPrice: price, lineTotal, pack }) => ({
      ...{ title, quantity, unitPrice: price, lineTotal },
      basePrice: unitPrice(price, pack),
    })),
    deliveryFee: quote.deliveryFee,
    ...(quote.perks && { perks: summedPerks(quote) }),
    total: quote.total,
    leadTimeDays: quote.leadTimeDays,
    expiresAt: order.expiresAt,
    reasons: reasonsOf(order, record),
  };
}

function reasonsOf({ quote }: OrderIn<'awaiting-approval'>, { decision }: StoredOrder['record']): Bilingual[] {
  if (decision?.outcome.kind !== 'asked') return [];
  const allowed = new Set(decision.mandates.flatMap(({ gtins }) => gtins));
  const foreign = quote.lineItems.filter(({ gtin }) => !allowed.has(gtin)).map(({ title }) => title);
  return decision.outcome.rulesFailed.map((rule) => ruleReason(rule, foreign.join(', ')));
}

function mandateView(spend: Spend | undefined, now: Instant, timeZone: string): HouseholdView['mandate'] {
  const mandates = Object.values(spend?.mandates ?? {});
  const mandate = mandates.find(({ state }) => state === 'active') ?? mandates.at(-1);
  if (spend === undefined || mandate === undefined) return undefined;
  const { mandateId, state, perMonthMax, perOrderMax, endsAt } = mandate;
  const month = localMonth(now, timeZone);
  return { mandateId, state, month, spent: euros(spentMinor(spend, mandateId, month)), perMonthMax, perOrderMax, endsAt };
}

function latestTouchpoints({ touchpoints, supplies }: HouseholdFacts, orders: readonly Order[]): HouseholdView['journey']['latest'] {
  const supplyNames = new Map(supplies.map(({ supplyId, name }) => [supplyId, name]));
  const orderById = new Map(orders.map((order) => [order.orderId, order]));
  return touchpoints.slice(0, TOUCHPOINTS_MAX).map((touchpoint) => {
    const { touchpointId, at, channel, initiator, phase, supplyId, orderId, value } = touchpoint;
    const order = orderId === undefined ? undefined : orderById.get(orderId);
    const total = value ?? order?.quote.total;
    const names = {
      supply: (supplyId === undefined ? undefined : supplyNames.get(supplyId)) ?? '',
      goods: order === undefined ? '' : goodsOf(order),
      total: total === undefined ? NO_TOTAL : moneyText(total),
    };
    return { touchpointId, at, channel, initiator, phase, sentence: touchpointSentence(touchpoint, names) };
  });
}
