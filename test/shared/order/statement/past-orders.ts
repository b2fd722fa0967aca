/** Orders of the past with their records, as a statement finds them. */
import { addDuration, duration, euros, needIdSchema, orderIdSchema, type Instant } from '../../../../shared/values.ts';
import type { Quote } from '../../../../shared/event-parts.ts';
import type { EventOf } from '../../../../shared/events.ts';
import { evolveOrder } from '../../../../shared/order/evolve-order.ts';
import type { Order } from '../../../../shared/order/order-state.ts';
import { recordProposal } from '../../../../shared/order/record.ts';
import { statementOf, statementSchema, type StatementInputs } from '../../../../shared/order/statement/statement.ts';
import type { StatementOrder } from '../../../../shared/order/statement/statement-order.ts';
import { snapshot } from '../../../../shared/supply/snapshot.ts';
import type { RuleResult } from '../../../../shared/event-parts.ts';
import { milk as supplyOfMilk } from '../../supply/milk.ts';
import { facts, frischhof, instant, proposedAt, quote, timeZone } from '../order-examples.ts';

export const TERMS = { deliveryFee: euros(290), freeDeliveryFrom: euros(4_000), minimumOrder: euros(0), leadTimeDays: 1.2 };

export interface Told {
  readonly name?: string;
  readonly events: readonly EventOf<'order'>[];
  readonly at?: Instant;
  readonly deliveredAt?: Instant;
  /** When the stock of each line would have been gone. */
  readonly outAt?: Instant;
  readonly failed?: readonly string[];
}

/** An order of the past with its record; the events follow each other by an hour, the delivery comes when it is said. */
export function told({ name = '1', events, at = proposedAt, deliveredAt, outAt = addDuration(at, duration(5, 'days')), failed }: Told): StatementOrder {
  const orderId = orderIdSchema.parse(`ord_${name}`);
  const lineItems = quote.lineItems.map((line) => ({ ...line, needId: needIdSchema.parse(`${line.needId}-${name}`) }));
  const own: Quote = { ...quote, lineItems };
  let order: Order | undefined;
  const times = events.map((event, index) => (event.type === 'order.delivered' && deliveredAt ? deliveredAt : addDuration(at, duration(index, 'hours'))));
  events.forEach((event, index) => {
    const data = { ...event.data, orderId, ...('quote' in event.data && { quote: own }) };
    order = evolveOrder(order, { ...event, data } as EventOf<'order'>, times[index] ?? at);
  });
  if (order === undefined) throw new Error('expected an order');
  const needs = lineItems.map(({ needId, supplyId }) => ({
    needId,
    supplyId,
    snapshot: { ...snapshot(supplyOfMilk(), at), projectedStockout: { p10: at, median: outAt, p90: outAt } },
  }));
  const proposal = recordProposal({ at, needs, wanted: [], considered: [{ retailerId: frischhof, terms: TERMS, offers: [] }], quote: own }).proposal;
  const rulesFailed: RuleResult[] = (failed ?? []).map((rule) => ({ rule, passed: false, expected: '', actual: '' }));
  const decision = failed && {
    at,
    timeZone,
    mandates: [],
    spend: { open: {}, settled: {}, recentApprovals: {} },
    tried: [],
    outcome: { kind: 'asked' as const, rulesFailed },
  };
  return { order, record: { proposal, ...(decision && { decision }) }, events: events.map(({ type }, index) => ({ type, time: times[index] ?? at })) };
}

export const { proposed, asked, approved, approvedByMandate, placing, placed, accepted, shipped, delivered, declined, expired, withdrawn } = facts;
export const sent = [proposed, approvedByMandate, placing, placed, accepted, shipped];
export const whole = [...sent, delivered];
export const later = instant('2026-04-20T08:00:00.000Z');
export const march = (orders: readonly StatementOrder[], more: Partial<StatementInputs> = {}) =>
  statementSchema.parse(statementOf({ month: '2026-03', orders, timeZone, now: later, ...more }));
export const brief = ({ count, sum, items }: { count: number; sum: { amountMinor: number }; items: readonly { because: string }[] }) => [
  count,
  sum.amountMinor,
  items.map(({ because }) => because),
];
