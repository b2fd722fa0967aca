/** Facts by hand: Anna's order of milk and butter, approved by her mandate, delivered and restocked; each test breaks one thing. */
import type { Facts, Item, OrderItem } from '../../../../infra/local/auditor/facts.ts';
import { noLife } from '../../../../infra/local/auditor/life-ledger.ts';
import { envelop, type EventOf } from '../../../../shared/events.ts';
import { touchpointOf } from '../../../../shared/journey/touchpoint.ts';
import { chooseMandate, grantMandate } from '../../../../shared/order/mandate/mandate.ts';
import { evolveOrder } from '../../../../shared/order/evolve-order.ts';
import type { Order } from '../../../../shared/order/order-state.ts';
import { quoteFor } from '../../../../shared/order/quote.ts';
import { recordDecision, recordProposal } from '../../../../shared/order/record.ts';
import { emptySpend, type Spend } from '../../../../shared/order/mandate/spend.ts';
import type { Instant } from '../../../../shared/values.ts';
import * as order from '../../../shared/order/order-examples.ts';

export const startsAt = order.instant('2026-03-02T05:00:00.000Z');
export const now = order.instant('2026-03-09T05:00:00.000Z');
export const shopId = order.frischhof;

const wanted = [order.wantedOf()];
const shop = { retailerId: shopId, terms: order.terms, offers: [order.offerOf()] };
const found = quoteFor({ ...shop, wanted, now: order.proposedAt }).quote;
if (found === undefined) throw new Error('the example shop offers milk');
export const quote = found;

const granted = grantMandate(order.grantOf());
if (granted.kind !== 'changed') throw new Error('the example mandate is granted');
export const mandate = granted.state;
export const spendState: Spend = { ...emptySpend(order.householdId), mandates: { [mandate.mandateId]: mandate } };

const about = { householdId: order.householdId, orderId: order.orderId, retailerId: shopId };
const [line] = quote.lineItems;
if (line === undefined) throw new Error('the example quote has a line');
const milkSupplyId = line.supplyId;
export const lines = [{ supplyId: line.supplyId, gtin: line.gtin, packs: line.quantity, quantity: { amount: 2_000, unit: 'ml' } }] as const;

export const approvedByMandate: EventOf<'order'> = {
  type: 'order.approved',
  data: { ...about, by: { kind: 'mandate', mandateId: mandate.mandateId }, quoteHash: quote.hash, total: quote.total },
};
export const proposed: EventOf<'order'> = { type: 'order.proposed', data: { ...about, round: 1, quote } };
export const placed: readonly EventOf<'order'>[] = [order.facts.placing, order.facts.placed];
export const delivered: EventOf<'order'> = { type: 'order.delivered', data: { ...about, lines: [...lines], total: quote.total } };
export const declined: EventOf<'order'> = order.facts.declined;
export const happyEnd: readonly EventOf<'order'>[] = [proposed, approvedByMandate, ...placed, delivered];

const HOUR = 3_600_000;
export const later = (instant: Instant, hours: number): Instant => order.instant(new Date(Date.parse(instant) + hours * HOUR).toISOString());

/** An order's item whose facts happened an hour after each other. */
export function orderItem(events: readonly EventOf<'order'>[], at: { orderId?: string; from?: Instant } = {}): OrderItem {
  const { orderId = order.orderId, from = order.proposedAt } = at;
  const key = `HH#${order.householdId}/ORDER#${orderId}`;
  const named = events.map((event) => ({ ...event, data: { ...event.data, orderId } }) as EventOf<'order'>);
  const kept = named.flatMap((event, index) => envelop([event], { aggregate: key, version: index + 1, time: later(from, index) }));
  const state = named.reduce<Order | undefined>((before, event, index) => evolveOrder(before, event, later(from, index)), undefined);
  if (state === undefined) throw new Error('an order begins with its proposal');
  const choice = chooseMandate([mandate], spendState, quote, order.soon, order.timeZone);
  const record = recordDecision(
    recordProposal({ at: order.proposedAt, needs: [], wanted, considered: [shop], quote }),
    spendState,
    choice,
    order.soon,
    order.timeZone,
  );
  return { key, version: events.length, events: kept, state: { order: state, record } };
}

const touchpointsFor = (items: readonly Pick<OrderItem, 'events'>[]): Facts['touchpoints'] =>
  items
    .flatMap(({ events }) => events)
    .flatMap((event) => {
      const touchpoint = touchpointOf(event, event.time);
      return touchpoint === undefined ? [] : [{ key: `TP/${touchpoint.touchpointId}`, version: 1, events: [], state: touchpoint }];
    });

const itemOf = <State>(key: string, state: State): Item<State> => ({ key, version: 1, events: [], state });

export function factsOf(orders: readonly OrderItem[], changes: Partial<Facts> = {}): Facts {
  const ours = orders.filter(({ events }) => events.some(({ type }) => type === 'order.placed'));
  const done = ours.filter(({ state }) => state.order.status === 'delivered');
  const restocked = done.map(({ state }) => ({
    type: 'supply.restocked' as const,
    data: { householdId: order.householdId, supplyId: milkSupplyId, orderId: state.order.orderId, unit: 'ml' as const, amount: 2_000 },
  }));
  const restockEvents = envelop(restocked, { aggregate: 'HH#hh_anna/SUPPLY#sup_milk', version: 9, time: now });
  const supply: Item<unknown> = { key: 'HH#hh_anna/SUPPLY#sup_milk', version: 9, events: restockEvents, state: undefined };
  return {
    ...{
      startsAt,
      now,
      readingGraceHours: 1,
      isAnsweredByHand: false,
      life: noLife,
      faultsOn: [],
      shopsInRun: [shopId],
      readings: [],
      outcomes: [],
      answers: [],
      faults: [],
    },
    shopOrders: ours.map(({ state }) => ({
      ...{ retailerId: shopId, at: order.soon, orderId: state.order.orderId, totalMinor: quote.total.amountMinor },
      lines: quote.lineItems.map(({ gtin, quantity, unitPrice }) => ({ gtin, quantity, unitPriceMinor: unitPrice.amountMinor })),
    })),
    shopMessages: done.map(({ state }) => ({
      ...{ retailerId: shopId, at: order.deliveryAt, messageId: `msg_${state.order.orderId}`, type: 'order.delivered' },
      ...{ orderId: state.order.orderId, taken: true, totalMinor: quote.total.amountMinor },
    })),
    handovers: done.map(({ state }) => ({
      ...{ account: 'acc-anna', at: order.deliveryAt, orderId: state.order.orderId },
      lines: lines.map(({ gtin, packs }) => ({ gtin, packs })),
    })),
    ...{ households: [], supplies: [], baskets: [], deliveries: [], unreadable: [], deadLetters: [] },
    spends: [itemOf('HH#hh_anna/SPEND', spendState)],
    orders,
    touchpoints: touchpointsFor([...orders, supply]),
    items: [...orders, supply],
    ...changes,
  };
}
