/** An order's item holds the order and the record of its decision, and both change in one write. */
import type { DomainEvent } from '../../shared/events.ts';
import { carryOut, type OrderCommand } from '../../shared/order/order.ts';
import type { Order } from '../../shared/order/order-state.ts';
import type { DecisionRecord } from '../../shared/order/record.ts';
import { householdIdSchema, orderIdSchema, rejected, type HouseholdId, type Instant, type OrderId, type Outcome } from '../../shared/values.ts';
import { keys, kinds, type Key, type StoredOrder } from './aggregates.ts';
import { change, type Change } from './store.ts';

/** @param note what the record keeps of this decision; only written when the order changed */
export function commandOrder(
  about: { householdId: HouseholdId; orderId: OrderId },
  command: OrderCommand,
  at: Instant,
  note: (record: DecisionRecord, order: Order) => DecisionRecord = (record) => record,
): Promise<Change<StoredOrder>> {
  return change(kinds.order, keys.order(about.householdId, about.orderId), (stored): Outcome<StoredOrder, DomainEvent> => {
    if (stored === undefined) return rejected('unknown-order');
    const outcome = carryOut(stored.order, command, at);
    if (outcome.kind !== 'changed') return outcome;
    return { kind: 'changed', state: { order: outcome.state, record: note(stored.record, stored.order) }, events: outcome.events };
  });
}

/** `HH#hh_…` and `ORDER#ord_…`, as a due message names them. */
export const orderKeyParts = ({ pk, sk }: Key): { householdId: HouseholdId; orderId: OrderId } => ({
  householdId: householdIdSchema.parse(pk.slice('HH#'.length)),
  orderId: orderIdSchema.parse(sk.slice('ORDER#'.length)),
});
