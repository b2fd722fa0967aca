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

/** Nobody knows whether the shop has it, and its time to take it is over: people may stop waiting. */
export const mayOrderElsewhere = (order: Order): boolean => (order.status === 'placing' || order.status === 'placed') && order.stuck?.because === 'not-taken';

/** Why a cancel cannot be asked for; undefined when it can. */
export function cancelProblem(order: Order): string | undefined {
  if (!('placement' in order)) return isTerminal[order.status] ? `already-${order.status}` : 'not-placed-yet';
  if (order.cancelRequest !== undefined) return order.cancelRequest.refused === undefined ? 'already-requested' : 'refused-by-shop';
  return order.status === 'shipped' || isTerminal[order.status] ? `already-${order.status}` : undefined;
}

export function decideCancel(order: Order, { memberId, reason }: RequestCancelCommand): Decision<EventOf<'order'>> {
  if (reason === 'order-elsewhere') return orderElsewhere(order, memberId);
  const problem = cancelProblem(order);
  if (problem === 'already-requested') return ignored(problem);
  if (problem !== undefined) return rejected(problem);
  const { householdId, orderId, retailerId } = order;
  return { kind: 'events', events: [{ type: 'order.cancel-requested', data: { householdId, orderId, retailerId, memberId, reason } }] };
}

/**
 * The order ends here without the shop's word: it may not take it any more, and is told so, for it may have it without our knowing. Also after an
 * ordinary wish to cancel, which such a shop has not answered.
 */
function orderElsewhere(order: Order, memberId: MemberId): Decision<EventOf<'order'>> {
  if (order.status === 'cancelled' && order.cancelRequest?.reason === 'order-elsewhere') return ignored('already-requested');
  if (!mayOrderElsewhere(order)) return rejected('not-stuck');
  const { householdId, orderId, retailerId } = order;
  const about = { householdId, orderId, retailerId };
  return {
    kind: 'events',
    events: [
      { type: 'order.cancel-requested', data: { ...about, memberId, reason: 'order-elsewhere' } },
      { type: 'order.cancelled', data: { ...about, reason: 'the shop could not be reached in time' } },
    ],
  };
}
