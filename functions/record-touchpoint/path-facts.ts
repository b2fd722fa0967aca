/** What conversion paths reckon from and an event itself does not say: until when an answer makes sense, when the stock is expected to end, who said yes. */
import type { EventEnvelope } from '../../shared/events.ts';
import type { Touchpoint } from '../../shared/journey/touchpoint.ts';
import { lastCall } from '../../shared/supply/reorder/last-call.ts';
import type { HouseholdId, Instant, OrderId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { load } from '../runtime/store.ts';

export async function pathFacts({ type, data, time, correlationid }: EventEnvelope): Promise<Touchpoint['properties']> {
  if (type === 'order.approval-requested') {
    const runsOutAt = await runsOut(data.householdId, data.orderId, time);
    return { expiresAt: data.expiresAt, ...(runsOutAt !== undefined && { runsOutAt }), ...(correlationid !== undefined && { need: correlationid }) };
  }
  if (type === 'supply.low') return { runsOutAt: data.projectedStockoutAt };
  if (type === 'supply.restocked') {
    const by = await approvedBy(data.householdId, data.orderId);
    return by && { by };
  }
  return type === 'form.begun' || type === 'form.finished' ? { form: data.form } : undefined;
}

const orderOf = async (householdId: HouseholdId, orderId: OrderId) => (await load(kinds.order, keys.order(householdId, orderId)))?.state.order;

/** The first of an order's goods to run out, as far as the medians go; at the time of the event, so that a repeat finds about the same. */
async function runsOut(householdId: HouseholdId, orderId: OrderId, at: Instant): Promise<Instant | undefined> {
  const lines = (await orderOf(householdId, orderId))?.quote.lineItems ?? [];
  const supplies = await Promise.all(lines.map(({ supplyId }) => load(kinds.supply, keys.supply(householdId, supplyId))));
  return supplies.flatMap((supply) => (supply === undefined ? [] : [lastCall(supply.state, at).stockoutAt])).sort()[0];
}

async function approvedBy(householdId: HouseholdId, orderId: OrderId): Promise<'person' | 'mandate' | undefined> {
  const order = await orderOf(householdId, orderId);
  return order !== undefined && 'approval' in order ? order.approval?.by.kind : undefined;
}
