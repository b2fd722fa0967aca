import { describe, expect, it } from 'vitest';
import { addMoney, euros, instantSchema, messageIdSchema } from '../../../shared/values.ts';
import { foldAnswers } from '../../../shared/order/fold-answers.ts';
import { ANSWERS_MAX, answerSchema, type Answer, type Answers } from '../../../shared/order/response.ts';
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
  heardAt,
  historyOf,
  milk,
  needOf,
  quote,
  rejects,
  seal,
  ships,
  supplyOf,
} from './order-examples.ts';
import { given, hear, stored } from './order-specification.ts';

const about = { householdId: facts.proposed.data.householdId, orderId: facts.proposed.data.orderId, retailerId: facts.proposed.data.retailerId };
const changedTo = (milkPacks: number, butterPacks = 1) => ({
  type: 'order.changed' as const,
  data: {
    ...about,
    reason: 'out of stock',
    lines: [
      { supplyId: supplyOf('milk'), gtin: milk, packs: milkPacks, quantity: { amount: milkPacks * 1_000, unit: 'ml' as const } },
      { supplyId: supplyOf('butter'), gtin: butter, packs: butterPacks, quantity: { amount: butterPacks * 250, unit: 'g' as const } },
    ],
  },
});
const heard = (...said: Answer[]): Answers => Object.fromEntries(said.map((one) => [hear(one).messageId, { answer: one, receivedAt: heardAt }]));
const placed = historyOf.placed;

describe('what the shop says, one after the other', () => {
  it('is accepted, shipped and delivered', () => {
    given(placed)
      .when(hear(accepts(1)))
      .then(facts.accepted);
    given([...placed, facts.accepted], accepts(1))
      .when(hear(ships(2)))
      .then(facts.shipped);
    const order = given([...placed, facts.accepted, facts.shipped], accepts(1), ships(2))
      .when(hear(delivers(3)))
      .then(facts.delivered);
    expect(order).toMatchObject({ status: 'delivered', progress: { total: euros(766), tracking: 'T1', deliveryAt } });
  });
  it('is changed: a change accepts the rest, so it is told alone', () => {
    const order = given(placed)
      .when(hear(changes(1, [milk, 1])))
      .then(changedTo(1));
    expect(order).toMatchObject({
      status: 'accepted',
      progress: {
        deliveryAt,
        lines: [
          { ordered: 2, current: 1, fulfilled: 0 },
          { ordered: 1, current: 1, fulfilled: 0 },
        ],
      },
    });
  });
  it('is rejected or cancelled with the reason', () => {
    expect(
      given(placed)
        .when(hear(rejects(1)))
        .then(facts.rejected),
    ).toMatchObject({ status: 'rejected', reason: 'sold out' });
    given([...placed, facts.accepted], accepts(1))
      .when(hear(cancels(2)))
      .then(facts.cancelled);
  });
  it('is told again when the lines change again, and not when they stay', () => {
    const once = given([...placed, changedTo(1)], changes(1, [milk, 1]));
    once.when(hear(changes(2, [milk, 1]))).then();
    once.when(hear(changes(2, [milk, 0]))).then(changedTo(0));
  });
});

describe('what comes out of order', () => {
  it('delivers what was never said to be accepted', () => {
    const order = given(placed)
      .when(hear(delivers(3)))
      .then(facts.delivered);
    expect(stored(order, hear(accepts(1)))).toMatchObject({ status: 'delivered', progress: { deliveryAt, total: euros(766) } });
  });
  it('is noted without a word when it is older than what is known', () => {
    given([...placed, facts.shipped], ships(2))
      .when(hear(accepts(1)))
      .then();
  });
  it('answers before our own call has come back', () => {
    const order = given(historyOf.placing)
      .when(hear(accepts(1)))
      .then(facts.placed, facts.accepted);
    expect(order.status).toBe('accepted');
    given([...historyOf.placing, facts.placed, facts.accepted], accepts(1))
      .when({ type: 'confirmPlaced', messageId: facts.placed.data.messageId })
      .thenIgnored('already-placed');
  });
  it('takes no rejection back: what was refused is bought elsewhere, and who goes on is told so', () => {
    const rejected = given([...placed, facts.rejected], rejects(2));
    rejected.when(hear(accepts(1))).then();
    const { orderId, householdId, retailerId } = facts.rejected.data;
    const as = (step: 'accepted' | 'shipped') => ({ type: 'order.taken-after-refusal', data: { orderId, householdId, retailerId, as: step } }) as const;
    expect(rejected.when(hear(accepts(3))).then(as('accepted'))).toMatchObject({
      status: 'rejected',
      progress: { problems: ['order.accepted 3: after-refusal'] },
    });
    // Once for each step.
    given([...placed, facts.rejected], rejects(2), accepts(3))
      .when(hear(changes(4, [milk, 1])))
      .then();
    given([...placed, facts.rejected], rejects(2), accepts(3))
      .when(hear(ships(4)))
      .then(as('shipped'));
  });
  it('counts what comes after a refusal, and owes nothing for it', () => {
    const order = given([...placed, facts.rejected], rejects(1), accepts(2)).when(hear(delivers(3)));
    expect(order.decision).toMatchObject({
      events: [
        { type: 'order.delivered', data: { total: euros(0) } },
        { type: 'order.taken-after-refusal', data: { as: 'delivered' } },
      ],
    });
  });
  it('lets what was delivered stay delivered', () => {
    const delivered = given([...placed, facts.delivered], delivers(2));
    const order = delivered.when(hear(cancels(3))).then();
    expect(order).toMatchObject({ status: 'delivered', progress: { problems: ['order.cancelled 3: after-delivery'] } });
  });
  it('hears the same message once', () => {
    given([...placed, facts.accepted], accepts(1))
      .when(hear(accepts(1)))
      .thenIgnored('already-answered');
  });
});

describe('what a shop may not say', () => {
  const refused = (said: Answer, reason: string) => given(placed).when(hear(said)).thenRejected(reason);
  it('charges more than the quote', () => refused(delivers(1, 767), 'above-quote'));
  it('brings what nobody ordered', () => refused(changes(1, [gtinOf(9), 1]), 'foreign-gtin'));
  it('brings more than was ordered', () => {
    refused(changes(1, [milk, 3]), 'more-than-ordered');
    refused(delivers(1, 766, 3), 'more-than-ordered');
  });
  it('brings more than was ordered, spread over two mentions', () => refused(changes(1, [milk, 1], [milk, 2]), 'more-than-ordered'));
  it('answers about another order', () => {
    const foreign = answerSchema.parse({ ...accepts(1), data: { ...accepts(1).data, orderId: 'ord_2' } });
    given(placed).when(hear(foreign)).thenRejected('foreign-order');
  });
  it('talks without end', () => {
    const many = Array.from({ length: ANSWERS_MAX }, (_, index) => accepts(index + 1));
    given([...placed, facts.accepted], ...many)
      .when(hear(ships(99)))
      .thenRejected('too-many-answers');
    given([...placed, facts.accepted], ...many.slice(1))
      .when(hear(ships(99)))
      .then(facts.shipped);
  });
  it('is refused when a member is unknown or missing', () => {
    expect(answerSchema.safeParse({ ...accepts(1), extra: 1 }).success).toBe(false);
    expect(answerSchema.safeParse({ ...accepts(1), data: { ...accepts(1).data, total: 1 } }).success).toBe(false);
    expect(() => answer('order.rejected', 1)).toThrow();
    expect(() => answer('order.accepted', 0, { deliveryAt })).toThrow();
  });
});

describe('all answers together', () => {
  it('come to nothing when there are none', () =>
    expect(foldAnswers(quote, {})).toEqual({
      standing: 'unanswered',
      lines: [
        { ordered: 2, current: 2, fulfilled: 0 },
        { ordered: 1, current: 1, fulfilled: 0 },
      ],
      problems: [],
    }));

  it('let equal numbers be decided by the message id', () => {
    const said = (id: string, one: Answer) => [messageIdSchema.parse(id), { answer: one, receivedAt: heardAt }] as const;
    expect(foldAnswers(quote, Object.fromEntries([said('b', rejects(1)), said('a', accepts(1))])).standing).toBe('rejected');
    expect(foldAnswers(quote, Object.fromEntries([said('a', rejects(1)), said('b', accepts(1))])).takenAfterRefusal).toBe('accepted');
    expect(foldAnswers(quote, Object.fromEntries([said('b', rejects(1)), said('a', accepts(1))])).takenAfterRefusal).toBeUndefined();
  });

  it('keep changed lines when the shop accepts afterwards', () =>
    expect(foldAnswers(quote, heard(changes(1, [milk, 1]), accepts(2))).lines[0]).toEqual({ ordered: 2, current: 1, fulfilled: 0 }));

  it('show a charge above what the delivered packs cost', () => {
    const partial = foldAnswers(quote, heard(delivers(1, 766, 1, 1)));
    // One milk (1.29), one butter (2.18) and the delivery (2.90) are 6.37.
    expect(partial).toMatchObject({ standing: 'delivered', total: euros(766), problems: ['charged 766 cents, delivered for 637'] });
    expect(foldAnswers(quote, heard(delivers(1, 637, 1, 1))).problems).toEqual([]);
  });

  it('believe the time of delivery that the shop says, but none in the future', () => {
    const late = delivers(1);
    expect(foldAnswers(quote, heard(late)).deliveredAt).toBe(late.timestamp);
    const future = { ...late, timestamp: instantSchema.parse('2027-01-01T00:00:00.000Z') };
    expect(foldAnswers(quote, heard(future)).deliveredAt).toBe(heardAt);
  });

  it('fill the lines of one product from the first one on', () => {
    const [first] = quote.lineItems;
    if (!first) throw new Error('the example has lines');
    const second = { ...first, needId: needOf('cellar'), supplyId: supplyOf('cellar'), quantity: 1, lineTotal: first.unitPrice };
    const twice = seal({
      ...quote,
      lineItems: [first, second],
      subtotal: addMoney(first.lineTotal, second.lineTotal),
      total: euros(387 + 290),
    });
    const lines = foldAnswers(twice, heard(answer('order.delivered', 1, { lines: [{ gtin: milk, quantity: 2 }], totalMinor: 500 }))).lines;
    expect(lines.map(({ fulfilled }) => fulfilled)).toEqual([2, 0]);
    expect(foldAnswers(twice, heard(changes(1, [milk, 2], [milk, 1]))).lines.map(({ current }) => current)).toEqual([2, 1]);
    expect(foldAnswers(twice, heard(changes(1, [milk, 3]))).lines.map(({ current }) => current)).toEqual([2, 1]);
  });
});
