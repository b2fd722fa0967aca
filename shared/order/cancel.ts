/** Once a shop may know an order, taking it back is a request: the shop says whether it still can, and whatever it says or does holds. */
import type { CancelReason } from '../event-parts.ts';
import type { EventOf } from '../events.ts';
import { ignored, rejected, type Decision, type MemberId } from '../values.ts';
import { isTerminal, type Order } from './order-state.ts';

export interface RequestCancelCommand {
  readonly type: 'requestCancel';
  readonly memberId: MemberId;
  readonly reason: CancelReason;
}

/** Why a cancel cannot be asked for; undefined when it can. */
export function cancelProblem(order: Order): string | undefined {
  if (!('placement' in order)) return isTerminal[order.status] ? `already-${order.status}` : 'not-placed-yet';
  if (order.cancelRequest !== undefined) return order.cancelRequest.refused === undefined ? 'already-requested' : 'refused-by-shop';
  return order.status === 'shipped' || isTerminal[order.status] ? `already-${order.status}` : undefined;
}

export function decideCancel(order: Order, { memberId, reason }: RequestCancelCommand): Decision<EventOf<'order'>> {
  const problem = cancelProblem(order);
  if (problem === 'already-requested') return ignored(problem);
  if (problem !== undefined) return rejected(problem);
  const { householdId, orderId, retailerId } = order;
  return { kind: 'events', events: [{ type: 'order.cancel-requested', data: { householdId, orderId, retailerId, memberId, reason } }] };
}
