/** Every order in which a shop's answers can arrive, with repeats and echoes: the order, its supply and the mandate's books end alike. */
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../shared/digest.ts';
import type { EventOf } from '../../../shared/events.ts';
import { decideSpend, emptySpend, type Spend } from '../../../shared/order/mandate/spend.ts';
import { carryOut, type OrderCommand } from '../../../shared/order/order.ts';
import { seenBySpend, viewsForSupplies } from '../../../shared/order/order-for-supply.ts';
import { evolveOrder } from '../../../shared/order/evolve-order.ts';
import { orderSchema, type Order } from '../../../shared/order/order-state.ts';
import type { Answer } from '../../../shared/order/response.ts';
import { followOrder } from '../../../shared/supply/follow-order.ts';
import { stockAt } from '../../../shared/supply/stock.ts';
import type { Supply } from '../../../shared/supply/supply.ts';
import { messageIdSchema } from '../../../shared/values.ts';
import { cellarMilk } from '../supply/milk.ts';
import {
  accepts,
  answer,
  butter,
  cancels,
  changes,
  deliveryAt,
  delivers,
  facts,
  gtinOf,
  grantOf,
  heardAt,
  householdId,
  mandateId,
  milk,
  muchLater,
  orderId,
  quote,
  rejects,
  ships,
  soon,
  supplyOf,
  timeZone,
} from './order-examples.ts';

const placing = [facts.proposed, facts.approvedByMandate, facts.placing];
const start = placing.reduce<Order | undefined>((order, event) => evolveOrder(order, event, soon), undefined);
const booked = [{ type: 'grant', mandate: grantOf() } as const, { type: 'reserve', orderId, mandateId, quote, now: soon, timeZone } as const].reduce<Spend>(
  (spend, command) => {
    const outcome = decideSpend(spend, command);
    return outcome.kind === 'changed' ? outcome.state : spend;
  },
  emptySpend(householdId),
);

interface World {
  readonly order: Order;
  readonly version: number;
  readonly supply: Supply;
  readonly spend: Spend;
  readonly told: readonly EventOf<'order'>[];
}

if (start === undefined) throw new Error('expected an order');
// It makes no need of its own: asked is what stands in the house and on its way.
const supply: Supply = { ...cellarMilk(), settings: { ...cellarMilk().settings, neverBuy: true } };
const beginning: World = { order: start, version: 1, supply, spend: booked, told: [] };

/** What follows from each answer at once, as if every event were worked off before the next one comes. */
function hear(world: World, command: OrderCommand): World {
  const outcome = carryOut(world.order, command, heardAt);
  if (outcome.kind !== 'changed') return world;
  const version = world.version + 1;
  const view = viewsForSupplies(outcome.state, version).get(supplyOf('milk'));
  const followed = view && followOrder(world.supply, view, heardAt);
  const swept = decideSpend(world.spend, { type: 'sweep', orders: { [orderId]: seenBySpend(outcome.state) }, now: muchLater });
  return {
    ...{ order: outcome.state, version, told: [...world.told, ...outcome.events] },
    supply: followed?.kind === 'changed' ? followed.state : world.supply,
    spend: swept.kind === 'changed' ? swept.state : world.spend,
  };
}

/** How it all stands, without how often it was written. */
function standing({ order, supply, spend }: World): string {
  const { onHand, pantry, onOrder, position } = stockAt(supply, heardAt);
  const followed = supply.orders[orderId];
  return canonicalJson({
    order,
    stock: { inHouse: onHand + pantry, onOrder, position },
    followed: { standing: followed?.standing, received: followed?.received, outstanding: followed?.outstanding },
    spend: { open: spend.open, settled: spend.settled },
  });
}

interface Arrived {
  readonly world: World;
  readonly arrivals: readonly OrderCommand[];
}

/** Every order of arrival; those that begin alike share what they begin with. */
function* everyOrderOf(left: readonly OrderCommand[], so: Arrived): Generator<Arrived> {
  if (left.length === 0) yield so;
  for (const [index, next] of left.entries()) {
    const rest = left.filter((_, at) => at !== index);
    yield* everyOrderOf(rest, { world: hear(so.world, next), arrivals: [...so.arrivals, next] });
  }
}

const commandOf = (said: Answer, index: number): OrderCommand => ({
  ...{ type: 'answer', messageId: messageIdSchema.parse(`msg_${String(index)}`), answer: said, receivedAt: heardAt },
});
const part = (sequence: number, milkPacks: number, butterPacks: number, totalMinor: number) =>
  answer('order.delivered', sequence, { ...delivers(sequence, totalMinor, milkPacks, butterPacks).data, complete: false });
const returned = (sequence: number, packs: number) => answer('order.returned', sequence, { lines: [{ gtin: milk, quantity: packs }] });
const refunded = (sequence: number, totalMinor: number) => answer('order.refunded', sequence, { totalMinor });
const declined = (sequence: number, more: object = {}) => answer('payment.declined', sequence, { reason: 'declined', ...more });
const later = (sequence: number, packs: number) =>
  answer('order.back-ordered', sequence, { lines: [{ gtin: milk, quantity: packs, expectedAt: muchLater }], reason: 'out-of-stock' });
const responds = (sequence: number, response: string, lines: readonly object[]) =>
  answer('order.responded', sequence, { response, lines, ...(response !== 'rejected' && { deliveryAt }) });

const scenarios: Record<string, readonly Answer[]> = {
  'two parts, a back-order, a return and its refund': [
    ...[accepts(1), later(2, 1), ships(3), part(4, 1, 1, 637), delivers(5, 766, 2, 1), returned(6, 1)],
    refunded(7, 129),
  ],
  'a response line by line, a payment that is put right, and the goods': [
    responds(1, 'modified', [
      { response: 'changed', gtin: milk, quantity: 1, reason: 'out-of-stock' },
      { response: 'not-accepted', gtin: butter, reason: 'discontinued' },
    ]),
    ...[
      declined(2, { retryBefore: muchLater }),
      responds(3, 'accepted', [{ response: 'accepted', gtin: butter }]),
      accepts(4),
      ships(5),
      delivers(6, 637, 1, 1),
    ],
  ],
  'a part, and the rest cancelled': [accepts(1), part(2, 1, 0, 419), cancels(3), cancels(3), refunded(4, 290), part(5, 1, 0, 419)],
  'a payment that ends it, and a shop that goes on all the same': [accepts(1), declined(2), declined(2), rejects(3), part(4, 2, 0, 548), cancels(5)],
  'a refusal, a change of mind, a cancel as we asked and goods all the same': [rejects(1), accepts(2), ships(3), delivers(4, 766, 2, 1), cancels(5)],
  contradictions: [rejects(2), accepts(3), changes(4, [milk, 1]), delivers(5, 766, 2, 1), delivers(6, 508, 0, 1), returned(7, 2)],
  'parts that shrink, refunds that shrink, more returned than came': [
    ...[part(1, 2, 1, 766), part(2, 1, 1, 637), refunded(3, 300), refunded(4, 200), returned(5, 1), returned(6, 2)],
  ],
  'a back-order taken back, a rejection line by line': [
    ...[
      later(1, 2),
      later(2, 0),
      responds(3, 'rejected', [{ response: 'not-accepted', gtin: milk, reason: 'unknown-article' }]),
      later(4, 1),
      ships(5),
      cancels(6),
    ],
  ],
};

describe('every order of arrival ends alike', { timeout: 120_000 }, () => {
  it.each(Object.entries(scenarios))('%s', (_, answers) => {
    const commands = answers.map(commandOf);
    const expected = commands.reduce(hear, beginning);
    const state = standing(expected);
    expect(orderSchema.parse(JSON.parse(JSON.stringify(expected.order)))).toEqual(expected.order);
    let count = 0;
    const differing = new Set<string>();
    for (const { world, arrivals } of everyOrderOf(commands, { world: beginning, arrivals: [] })) {
      count += 1;
      if (standing(world) !== state) differing.add(arrivals.map((command) => ('answer' in command ? command.answer.data.sequence : 0)).join());
      // Each of them once more changes nothing at all.
      if (arrivals.some((command) => hear(world, command) !== world)) differing.add('a repeat');
    }
    expect(count).toBe(answers.reduce((product, __, index) => product * (index + 1), 1));
    expect([...differing].slice(0, 3)).toEqual([]);
  });

  it('tells facts that lead to where the order stands', () => {
    for (const answers of Object.values(scenarios)) {
      for (const { world } of everyOrderOf(answers.slice(0, 5).map(commandOf), { world: beginning, arrivals: [] })) {
        const { order, told } = world;
        const replayed = [...placing, ...told].reduce<Order | undefined>((state, event) => evolveOrder(state, event, heardAt), undefined);
        if (!replayed || !('progress' in replayed) || !('progress' in order)) throw new Error('expected an order that was sent');
        const came = ({ progress }: typeof replayed) => progress.lines.map(({ fulfilled, returned: back = 0 }) => [fulfilled, back]);
        expect([replayed.status, came(replayed)]).toEqual([order.status, came(order)]);
        expect(replayed.progress.refunded?.total).toEqual(order.progress.refunded?.total);
      }
    }
  });
});

describe('what it comes to', () => {
  const end = (name: keyof typeof scenarios) => (scenarios[name] ?? []).map(commandOf).reduce(hear, beginning);

  it('counts what is in the house, and charges the mandate what was charged', () => {
    const { order, supply, spend } = end('two parts, a back-order, a return and its refund');
    expect(order).toMatchObject({
      status: 'delivered',
      progress: { lines: [{ fulfilled: 2, returned: 1 }, { fulfilled: 1 }], refunded: { total: { amountMinor: 129 } } },
    });
    expect(stockAt(supply, heardAt)).toMatchObject({ onOrder: 0 });
    // One of two litres went back.
    expect(stockAt(supply, heardAt).position - stockAt(beginning.supply, heardAt).position).toBe(1_000);
    expect(spend).toMatchObject({ open: {}, settled: { [mandateId]: { '2026-03': { amountMinor: 766 } } } });
  });

  it('ends what has partly come with what has come, and says why the rest does not', () => {
    const { order, told } = end('a part, and the rest cancelled');
    expect(order).toMatchObject({
      status: 'delivered',
      progress: {
        lines: [
          { current: 1, fulfilled: 1 },
          { current: 0, fulfilled: 0 },
        ],
        total: { amountMinor: 419 },
      },
    });
    expect(told.filter(({ type }) => type === 'order.delivered')).toMatchObject([{ data: { reason: 'van broke down' } }]);
  });

  it('keeps what is back-ordered on its way', () => {
    const { order, supply } = [accepts(1), later(2, 1), part(3, 1, 1, 637)].map(commandOf).reduce(hear, beginning);
    expect(order).toMatchObject({
      status: 'shipped',
      progress: { lines: [{ current: 2, fulfilled: 1, backOrdered: { packs: 1, expectedAt: muchLater } }, {}] },
    });
    expect(supply.orders[orderId]).toMatchObject({ standing: 'on-order', outstanding: 1_000, received: 1_000 });
  });

  it('is complete once all that was promised has come, whether the shop says so or not', () => {
    expect([accepts(1), part(2, 2, 1, 766)].map(commandOf).reduce(hear, beginning).order.status).toBe('delivered');
  });

  it('ends with a declined payment, of which the household is told first', () => {
    const { order, told, spend } = [accepts(1), declined(2)].map(commandOf).reduce(hear, beginning);
    expect(order).toMatchObject({ status: 'cancelled', reason: 'payment declined', progress: { payment: { reason: 'declined' } } });
    expect(told.slice(-2).map(({ type }) => type)).toEqual(['order.payment-declined', 'order.cancelled']);
    expect(Object.keys(spend.open)).toEqual([]);
    const waiting = [accepts(1), declined(2, { retryBefore: muchLater })].map(commandOf).reduce(hear, beginning);
    expect(waiting.order).toMatchObject({ status: 'accepted', progress: { payment: { retryBefore: muchLater } } });
    expect(hear(waiting, commandOf(ships(3), 9)).order).toMatchObject({ status: 'shipped', progress: { problems: [] } });
    expect(hear(waiting, commandOf(ships(3), 9)).order).not.toHaveProperty('progress.payment');
  });
});

describe('what may not be said', () => {
  const refusal = (said: Answer) => {
    const outcome = carryOut(beginning.order, commandOf(said, 1), heardAt);
    return outcome.kind === 'rejected' ? outcome.reason : outcome.kind;
  };
  it.each<[string, Answer]>([
    ['above-quote', part(1, 1, 0, 767)],
    ['above-quote', refunded(1, 767)],
    ['lines-above-total', answer('order.refunded', 1, { totalMinor: 100, lines: [{ gtin: milk, amountMinor: 129 }] })],
    ['foreign-gtin', answer('order.refunded', 1, { totalMinor: 100, lines: [{ gtin: gtinOf(9), amountMinor: 100 }] })],
    ['more-than-ordered', returned(1, 3)],
    ['more-than-ordered', later(1, 3)],
    ['more-than-ordered', responds(1, 'modified', [{ response: 'changed', gtin: milk, quantity: 3, reason: 'other' }])],
    ['foreign-gtin', responds(1, 'accepted', [{ response: 'accepted', gtin: gtinOf(9) }])],
  ])('%s', (reason, said) => expect(refusal(said)).toBe(reason));

  it.each<[string, string, readonly object[]]>([
    ['a line that is not accepted in an order that is', 'accepted', [{ response: 'not-accepted', gtin: milk, reason: 'other' }]],
    ['a line that comes in an order that is rejected', 'rejected', [{ response: 'accepted', gtin: milk }]],
    ['nothing modified', 'modified', [{ response: 'accepted', gtin: milk }]],
    ['no reason', 'modified', [{ response: 'changed', gtin: milk, quantity: 1 }]],
  ])('refuses %s', (_, response, lines) => expect(() => responds(1, response, lines)).toThrow());
});
