/**
 * Every limit of every mandate, recomputed from the orders themselves: at each approval by a mandate, what else it had approved by then.
 * SPEND names the limits; what it has counted is not believed.
 */
import type { Mandate } from '../../../../shared/order/mandate/mandate.ts';
import { addDuration, duration, localMonth, type Instant } from '../../../../shared/values.ts';
import type { Facts, OrderItem } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { agreedBeyondMinor, approvalOf, cameToNothingAt, costMinor, momentOf, timeZoneOf } from '../order-story.ts';

interface Bought {
  readonly orderId: string;
  /** When its money was reserved: that decides its month. */
  readonly at: Instant;
  readonly month: string;
  readonly agreedMinor: number;
  readonly chargedMinor: number;
  readonly deliveredAt: Instant | undefined;
  readonly endedAt: Instant | undefined;
}

export function capsKept(facts: Facts): Finding[] {
  return facts.spends.flatMap(({ state }) =>
    Object.values(state.mandates).flatMap((mandate) => {
      const timeZone = timeZoneOf(facts.households, mandate.householdId);
      const bought = facts.orders.flatMap((item) => boughtUnder(item, mandate, timeZone)).sort((a, b) => (a.at < b.at ? -1 : 1));
      return bought.flatMap((order) => capsPassed(order, bought, mandate));
    }),
  );
}

function boughtUnder(item: OrderItem, mandate: Mandate, timeZone: string): Bought[] {
  const { order, record } = item.state;
  const approved = approvalOf(item);
  if (order.householdId !== mandate.householdId || approved?.by.kind !== 'mandate' || approved.by.mandateId !== mandate.mandateId) return [];
  const at = record.decision?.at ?? approved.at;
  return [
    {
      ...{
        orderId: order.orderId,
        at,
        month: localMonth(at, timeZone),
        agreedMinor: approved.total.amountMinor,
        chargedMinor: costMinor(item) - agreedBeyondMinor(item),
      },
      ...{ deliveredAt: momentOf(item, 'order.delivered'), endedAt: cameToNothingAt(item) },
    },
  ];
}

/** What an order counts for at a moment: nothing once it has come to nothing, what was charged once that is known. */
function countsFor({ endedAt, deliveredAt, agreedMinor, chargedMinor }: Bought, at: Instant): number {
  if (endedAt !== undefined && endedAt <= at) return 0;
  return deliveredAt !== undefined && deliveredAt <= at ? chargedMinor : agreedMinor;
}

function capsPassed(order: Bought, bought: readonly Bought[], { mandateId, perOrderMax, perMonthMax, ordersPerWeekMax }: Mandate): Finding[] {
  const { orderId: subject, at, month } = order;
  const until = bought.filter((other) => other.at <= at);
  const inMonth = until.filter((other) => other.month === month).reduce((sum, other) => sum + countsFor(other, at), 0);
  const weekAgo = addDuration(at, duration(-7, 'days'));
  const inWeek = until.filter((other) => other.at > weekAgo && !(other.endedAt !== undefined && other.endedAt <= at)).length;
  const most = Math.max(order.agreedMinor, order.chargedMinor);
  const passed = (expected: string, actual: string): Finding => ({ rule: 'cap-passed', subject, at, expected: `${mandateId}: ${expected}`, actual });
  return [
    ...(most > perOrderMax.amountMinor ? [passed(`at most ${perOrderMax.amountMinor} cents per order`, `${most} cents`)] : []),
    ...(inMonth > perMonthMax.amountMinor ? [passed(`at most ${perMonthMax.amountMinor} cents in ${month}`, `${inMonth} cents with this order`)] : []),
    ...(inWeek > ordersPerWeekMax ? [passed(`at most ${ordersPerWeekMax} orders in seven days`, `${inWeek} with this one`)] : []),
  ];
}
