import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { domainEventSchema, type EventOf } from '../../../shared/events.ts';
import { carryOut, decideOrder, type OrderCommand } from '../../../shared/order/order.ts';
import { evolveOrder } from '../../../shared/order/evolve-order.ts';
import { isTerminal, orderSchema, type Order } from '../../../shared/order/order-state.ts';
import { foldAnswers } from '../../../shared/order/fold-answers.ts';
import type { Answer } from '../../../shared/order/response.ts';
import { messageIdSchema } from '../../../shared/values.ts';
import {
  acceptBefore,
  accepts,
  anna,
  butter,
  byAnna,
  byMandate,
  cancels,
  changes,
  delivers,
  expiresAt,
  frischhof,
  gtinOf,
  heardAt,
  historyOf,
  householdId,
  messageId,
  milk,
  muchLater,
  orderId,
  proposedAt,
  quote,
  quoteEndsAt,
  rejects,
  ships,
  soon,
} from './order-examples.ts';
import { reached } from './order-specification.ts';

const sequence = fc.integer({ min: 1, max: 6 });
const packs = fc.integer({ min: 0, max: 3 });
const anyAnswer: fc.Arbitrary<Answer> = fc.oneof(
  sequence.map(accepts),
  sequence.map(rejects),
  sequence.map(cancels),
  sequence.map(ships),
  fc.tuple(sequence, packs, packs).map(([at, milkPacks, butterPacks]) => changes(at, [milk, milkPacks], [butter, butterPacks])),
  sequence.map((at) => changes(at, [gtinOf(7), 1])),
  fc.tuple(sequence, fc.constantFrom(500, 766, 767), packs, packs).map(([at, total, milkPacks, butterPacks]) => delivers(at, total, milkPacks, butterPacks)),
);
/** Distinct messages: the place in the list is the id, so that equal numbers and equal content occur under different ids. */
const anyAnswers = fc
  .array(anyAnswer, { minLength: 1, maxLength: 10 })
  .map((said) =>
    said.map((answer, index): OrderCommand => ({ type: 'answer', messageId: messageIdSchema.parse(`msg_${index}`), answer, receivedAt: heardAt })),
  );

function run(commands: readonly OrderCommand[], from: Order | undefined): { order: Order | undefined; told: EventOf<'order'>[] } {
  let order = from;
  const told: EventOf<'order'>[] = [];
  for (const command of commands) {
    const outcome = carryOut(order, command, proposedAt);
    if (outcome.kind !== 'changed') continue;
    order = outcome.state;
    told.push(...outcome.events);
  }
  return { order, told };
}

describe("a shop's answers", () => {
  it('end in the same order for every order of arrival and any duplicates', () => {
    fc.assert(
      fc.property(
        anyAnswers.chain((answers) =>
          fc.tuple(
            fc.constant(answers),
            fc.shuffledSubarray(answers, { minLength: answers.length }),
            fc.array(fc.constantFrom(...answers), { maxLength: 5 }),
            fc.nat({ max: answers.length }),
          ),
        ),
        ([answers, shuffled, repeats, confirmedAfter]) => {
          const confirm: OrderCommand = { type: 'confirmPlaced', messageId };
          const arrivals = [...shuffled.slice(0, confirmedAfter), confirm, ...shuffled.slice(confirmedAfter), ...repeats];
          const plain = run([confirm, ...answers], reached(historyOf.placing)).order;
          expect(run(arrivals, reached(historyOf.placing)).order).toEqual(plain);
        },
      ),
      { numRuns: 250 },
    );
  });

  it('leave the order where all of them together stand', () => {
    const status = { unanswered: 'placed', accepted: 'accepted', shipped: 'shipped', delivered: 'delivered', rejected: 'rejected', cancelled: 'cancelled' };
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { order } = run(answers, reached(historyOf.placed));
        if (!order || !('answers' in order)) throw new Error('a placed order stays a sent one');
        const folded = foldAnswers(order.quote, order.answers);
        expect(order.status).toBe(status[folded.standing]);
        expect(order.progress.lines).toEqual(folded.lines);
      }),
      { numRuns: 250 },
    );
  });

  it('are told so that the facts alone lead to the same status and, while goods are to come, to the same lines', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { order, told } = run(answers, reached(historyOf.placed));
        const replayed = [...historyOf.placed, ...told].reduce<Order | undefined>((state, event) => evolveOrder(state, event, proposedAt), undefined);
        expect(replayed?.status).toBe(order?.status);
        const current = (state: Order | undefined) => (state && 'progress' in state ? state.progress.lines.map((line) => line.current) : []);
        const fulfilled = (state: Order | undefined) => (state && 'progress' in state ? state.progress.lines.map((line) => line.fulfilled) : []);
        if (order?.status === 'accepted' || order?.status === 'shipped') expect(current(replayed)).toEqual(current(order));
        if (order?.status === 'delivered') expect(fulfilled(replayed)).toEqual(fulfilled(order));
      }),
      { numRuns: 250 },
    );
  });

  it('never move more packs than were ordered, nor charge above the quote', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { order } = run(answers, reached(historyOf.placing));
        if (!order || !('progress' in order)) throw new Error('a placing order stays a sent one');
        for (const { ordered, current, fulfilled } of order.progress.lines) {
          expect(current).toBeLessThanOrEqual(ordered);
          expect(fulfilled).toBeLessThanOrEqual(ordered);
        }
        expect(order.progress.total?.amountMinor ?? 0).toBeLessThanOrEqual(quote.total.amountMinor);
      }),
    );
  });
});

const moment = fc.constantFrom(proposedAt, soon, acceptBefore, expiresAt, quoteEndsAt, muchLater);
const anyCommand: fc.Arbitrary<OrderCommand> = fc.oneof(
  fc.constant<OrderCommand>({ type: 'propose', orderId, householdId, retailerId: frischhof, round: 1, quote }),
  fc.constant<OrderCommand>({ type: 'requestApproval', expiresAt, rulesFailed: [], quoteHash: quote.hash }),
  fc.tuple(fc.constantFrom(byAnna, byMandate), moment).map(([by, now]): OrderCommand => ({ type: 'approve', by, quoteHash: quote.hash, now })),
  fc.constant<OrderCommand>({ type: 'decline', memberId: anna, reason: 'no' }),
  fc.constant<OrderCommand>({ type: 'withdraw', memberId: anna, reason: 'no' }),
  moment.map((now): OrderCommand => ({ type: 'expire', now })),
  moment.map((now): OrderCommand => ({ type: 'place', messageId, acceptBefore, now })),
  fc.constant<OrderCommand>({ type: 'confirmPlaced', messageId }),
  moment.map((now): OrderCommand => ({ type: 'lapse', reason: 'unknown there', now })),
  {
    weight: 20,
    arbitrary: fc
      .tuple(anyAnswer, fc.nat({ max: 40 }))
      .map(([answer, id]): OrderCommand => ({ type: 'answer', messageId: messageIdSchema.parse(`msg_${id}`), answer, receivedAt: heardAt })),
  },
);
/** Commands in the order of business first, so that long lives are reached, with anything in between. */
const anyLife = fc
  .tuple(fc.array(anyCommand, { maxLength: 1 }), fc.array(anyCommand, { maxLength: 1 }), fc.array(anyCommand, { minLength: 5, maxLength: 60, size: 'max' }))
  .map(([early, middle, late]): OrderCommand[] => [
    { type: 'propose', orderId, householdId, retailerId: frischhof, round: 1, quote },
    ...early,
    { type: 'approve', by: byAnna, quoteHash: quote.hash, now: soon },
    ...middle,
    { type: 'place', messageId, acceptBefore, now: soon },
    ...late,
  ]);

describe('any life of an order', () => {
  it('never throws, can be stored at each step and tells only facts of the catalogue, at most 64', () => {
    fc.assert(
      fc.property(anyLife, (commands) => {
        let order: Order | undefined;
        const told: EventOf<'order'>[] = [];
        for (const command of commands) {
          const outcome = carryOut(order, command, proposedAt);
          if (outcome.kind !== 'changed') continue;
          order = orderSchema.parse(outcome.state);
          for (const event of outcome.events) told.push(domainEventSchema.parse(event) as EventOf<'order'>);
        }
        expect(told.length).toBeLessThanOrEqual(64);
      }),
      { numRuns: 60 },
    );
  });

  it('changes nothing when a command comes twice', () => {
    fc.assert(
      fc.property(anyLife, (commands) => {
        let order: Order | undefined;
        for (const command of commands) {
          const outcome = carryOut(order, command, proposedAt);
          if (outcome.kind !== 'changed') continue;
          order = outcome.state;
          expect(decideOrder(order, command).kind).not.toBe('events');
        }
      }),
      { numRuns: 150 },
    );
  });

  it('ends once: after an end only answers of the shop may still move it, and none that we or a person ended', () => {
    fc.assert(
      fc.property(anyLife, (commands) => {
        let order: Order | undefined;
        for (const command of commands) {
          const ended = order && isTerminal[order.status] ? order : undefined;
          const outcome = carryOut(order, command, proposedAt);
          if (outcome.kind !== 'changed') continue;
          order = outcome.state;
          if (!ended) continue;
          expect(command.type).toBe('answer');
          expect(['delivered', 'rejected', 'cancelled']).toContain(ended.status);
          if (ended.status === 'delivered') expect(order.status).toBe('delivered');
        }
      }),
      { numRuns: 150 },
    );
  });

  it('ends at last, whatever happened, when every deadline has passed and the shop was asked', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 30 }), (commands) => {
        const { order } = run([...commands, { type: 'expire', now: muchLater }, { type: 'lapse', reason: 'unknown there', now: muchLater }], undefined);
        if (order) expect(isTerminal[order.status] || order.status === 'accepted' || order.status === 'shipped').toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
