/** `given(facts).when(command).then(facts)`: how an order is specified. */
import { expect } from 'vitest';
import type { EventOf } from '../../../shared/events.ts';
import { noteAnswer, isSent } from '../../../shared/order/answer-order.ts';
import { carryOut, decideOrder, type OrderCommand } from '../../../shared/order/order.ts';
import { evolveOrder } from '../../../shared/order/evolve-order.ts';
import { orderSchema, type Order } from '../../../shared/order/order-state.ts';
import type { Answer } from '../../../shared/order/response.ts';
import { messageIdSchema } from '../../../shared/values.ts';
import { heardAt, proposedAt } from './order-examples.ts';

type OrderEvent = EventOf<'order'>;

export const reached = (events: readonly OrderEvent[]): Order | undefined =>
  events.reduce<Order | undefined>((order, event) => evolveOrder(order, event, proposedAt), undefined);

/** @param answers what the shop has said so far, if that matters beside the facts told about it */
export function given(events: readonly OrderEvent[], ...answers: readonly Answer[]) {
  const order = answers.reduce<Order | undefined>((state, answer) => (state && isSent(state) ? noteAnswer(state, hear(answer)) : state), reached(events));
  return {
    order,
    when: (command: OrderCommand) => {
      const decision = decideOrder(order, command);
      return {
        decision,
        then: (...expected: readonly OrderEvent[]) => {
          expect(decision).toEqual({ kind: 'events', events: expected });
          return stored(order, command);
        },
        thenIgnored: (reason: string) => expect(decision).toEqual({ kind: 'ignored', reason }),
        thenRejected: (reason: string) => expect(decision).toEqual({ kind: 'rejected', reason }),
      };
    },
  };
}

/** The order as it would stand in the store afterwards. */
export function stored(order: Order | undefined, command: OrderCommand): Order {
  const outcome = carryOut(order, command, proposedAt);
  if (outcome.kind !== 'changed') throw new Error(`expected a change, not ${outcome.kind} ${outcome.reason}`);
  return orderSchema.parse(JSON.parse(JSON.stringify(outcome.state)));
}

/** A shop's answer as a command, with an id of its own for each distinct content. */
export const hear = (answer: Answer): Extract<OrderCommand, { type: 'answer' }> => ({
  type: 'answer',
  messageId: messageIdSchema.parse(`msg_${answer.type.slice(6)}-${String(answer.data.sequence)}`),
  answer,
  receivedAt: heardAt,
});
