import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carryOut, type OrderCommand } from '../../../shared/order/order.ts';
import { evolveOrder } from '../../../shared/order/evolve-order.ts';
import { orderSchema, type Order } from '../../../shared/order/order-state.ts';
import { viewsForSupplies } from '../../../shared/order/order-for-supply.ts';
import { ruledOut } from '../../../shared/order/substitution-rules.ts';
import { agreedTotal, questionHash } from '../../../shared/order/substitution.ts';
import { addDuration, duration, gtinSchema, messageIdSchema, questionIdSchema } from '../../../shared/values.ts';
import { anna, answer, changes, heardAt, historyOf, milk, orderId, quote, supplyOf } from './order-examples.ts';

const oat = gtinSchema.parse('4012345678901');
const questionId = questionIdSchema.parse('q-1');
const answerBefore = addDuration(heardAt, duration(2, 'hours'));
const offered = { gtin: oat, sku: 'OAT', title: 'Oat drink', pack: { amount: 500, unit: 'ml' as const }, unitPriceMinor: 120, tags: [] };
const asks = (sequence: number, over: object = {}) =>
  answer('order.substitution-offered', sequence, { questionId, gtin: milk, offered, quantity: 2, answerBefore, ...over });
const delivers = (sequence: number, ...lines: [string, number][]) =>
  answer('order.delivered', sequence, { lines: lines.map(([gtin, quantity]) => ({ gtin, quantity })), totalMinor: 240 + 218 + 290 });

const accepted = historyOf.accepted.reduce<Order | undefined>((order, event) => evolveOrder(order, event, heardAt), undefined);
if (accepted === undefined) throw new Error('expected an order');
const heard = (said: ReturnType<typeof answer>, id: string): OrderCommand => ({
  type: 'answer',
  messageId: messageIdSchema.parse(id),
  answer: said,
  receivedAt: heardAt,
});
const { unitPriceMinor: _, ...product } = offered;
const hash = questionHash(orderId, quote, {
  questionId,
  gtin: milk,
  offered: { ...product, unitPrice: { amountMinor: 120, currency: 'EUR' } },
  quantity: 2,
  answerBefore,
});
const yes = (over: object = {}): OrderCommand => ({
  type: 'answerSubstitution',
  questionId,
  accepted: true,
  by: { kind: 'person', memberId: anna },
  hash,
  now: heardAt,
  ...over,
});

function run(order: Order, commands: readonly OrderCommand[]): Order {
  return commands.reduce<Order>((state, command) => {
    const outcome = carryOut(state, command, heardAt);
    return outcome.kind === 'changed' ? outcome.state : state;
  }, order);
}
const decide = (order: Order, command: OrderCommand) => {
  const outcome = carryOut(order, command, heardAt);
  return outcome.kind === 'changed' ? outcome.events.map(({ type }) => type) : `${outcome.kind}: ${outcome.reason}`;
};

describe('a question', () => {
  const asked = run(accepted, [heard(asks(2), 'msg_2')]);

  it('has a name that no word of it can leave', () => {
    expect('substitutions' in asked && asked.substitutions?.[0]?.hash).toBe(hash);
  });

  it.each<[string, OrderCommand, string]>([
    ['another question', yes({ questionId: questionIdSchema.parse('q-2') }), 'rejected: unknown-question'],
    ['what was not shown', yes({ hash: '0'.repeat(64) }), 'rejected: question-changed'],
    ['a moment too late', yes({ now: answerBefore }), 'rejected: too-late'],
    ['a rule', yes({ by: { kind: 'rule' } }), 'rejected: only-a-person-says-yes'],
  ])('takes no yes to or by %s', (_what, command, expected) => {
    expect(decide(asked, command)).toBe(expected);
  });

  it('is closed by time no sooner than it said', () => {
    const byTime = { accepted: false, by: { kind: 'time' } };
    expect(decide(asked, yes({ ...byTime, now: addDuration(answerBefore, duration(-1, 'seconds')) }))).toBe('ignored: not-due');
    expect(decide(asked, yes({ ...byTime, now: answerBefore }))).toEqual(['order.substitution-answered']);
  });

  it('raises what may be charged only by what a person agreed to', () => {
    const dearer = run(accepted, [heard(asks(2, { offered: { ...offered, unitPriceMinor: 400 } }), 'msg_2')]);
    const substitutions = 'substitutions' in dearer ? (dearer.substitutions ?? []) : [];
    expect(agreedTotal(quote, substitutions)).toEqual(quote.total);
    const evidence = { wordingVersion: '2026-03', buttonText: 'kaufen', language: 'de' as const };
    expect(decide(dearer, yes({ hash: substitutions[0]?.hash }))).toBe('rejected: needs-order-button');
    const agreed = run(dearer, [yes({ hash: substitutions[0]?.hash, evidence })]);
    expect(agreedTotal(quote, ('substitutions' in agreed && agreed.substitutions) || []).amountMinor).toBe(quote.total.amountMinor + 2 * 400 - 2 * 129);
  });

  it('agreed to puts the other packs on the way and counts them when they come', () => {
    const agreed = run(asked, [yes()]);
    expect(viewsForSupplies(agreed, 9).get(supplyOf('milk'))).toMatchObject({ outstanding: 1_000, received: 0 });
    const delivered = run(agreed, [heard(delivers(3, [oat, 2], [quote.lineItems[1]?.gtin ?? '', 1]), 'msg_3')]);
    expect(viewsForSupplies(delivered, 10).get(supplyOf('milk'))).toMatchObject({ outstanding: 0, received: 1_000 });
    expect('progress' in delivered && delivered.progress.problems).toEqual([]);
  });

  it('leaves the order the same for every order of arrival and any duplicates of what the shop says after the yes', () => {
    const agreed = run(asked, [yes()]);
    const said = [
      heard(asks(2), 'msg_2'),
      heard(changes(3, [milk, 1]), 'msg_3'),
      heard(answer('order.shipped', 4), 'msg_4'),
      heard(delivers(5, [oat, 1], [milk, 1]), 'msg_5'),
    ];
    const inOrder = run(agreed, said);
    fc.assert(
      fc.property(fc.shuffledSubarray([...said, ...said], { minLength: 8 }), (arrivals) => {
        const result = run(agreed, arrivals);
        expect(orderSchema.parse(result)).toEqual(result);
        expect([result.status, 'progress' in result && result.progress.lines]).toEqual([inOrder.status, 'progress' in inOrder && inOrder.progress.lines]);
      }),
    );
  });

  it('answered twice, also otherwise, keeps its first answer', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }), (answers) => {
        const result = run(
          asked,
          answers.map((accepts) => yes({ accepted: accepts })),
        );
        expect('substitutions' in result && result.substitutions?.[0]?.answer?.accepted).toBe(answers[0]);
      }),
    );
  });
});

describe('rules', () => {
  const sameMaker = gtinSchema.parse('4006381333948');
  it.each([
    ['nothing said', {}, oat, [], undefined],
    ['never', { substitute: 'never' as const }, oat, [], 'never'],
    ['same brand, another maker', { substitute: 'same-brand' as const }, oat, [], 'another-brand'],
    ['same brand, the same maker', { substitute: 'same-brand' as const }, sameMaker, [], undefined],
    ['something that is not eaten here', { substitute: 'any-equal' as const, dietNever: ['nuts'] }, oat, ['nuts'], 'diet'],
  ])('%s', (_, rules, gtin, tags, expected) => {
    expect(ruledOut({ gtin: gtinSchema.parse('4006381333931'), offered: { gtin, tags } }, rules)).toBe(expected);
  });
});

it('facts of a cancel keep the status, and the shop’s no is noted once', () => {
  const asked = run(accepted, [{ type: 'requestCancel', memberId: anna, reason: 'other' }]);
  expect([asked.status, decide(asked, { type: 'requestCancel', memberId: anna, reason: 'other' })]).toEqual(['accepted', 'ignored: already-requested']);
  const refused = run(asked, [
    heard(answer('order.cancel-refused', 2, { reason: 'packed' }), 'msg_2'),
    heard(answer('order.cancel-refused', 3, { reason: 'gone' }), 'msg_3'),
  ]);
  expect(refused).toMatchObject({ status: 'accepted', cancelRequest: { refused: { reason: 'packed' } } });
});
