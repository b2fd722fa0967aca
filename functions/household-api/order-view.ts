/** What the app shows of an order, and how a person's decision about it is carried out and answered. */
import { z } from 'zod';
import { askedBecause, askedBecauseSchema } from '../../shared/order/asked-because.ts';
import type { OrderCommand } from '../../shared/order/order.ts';
import { orderActionSchema, orderActions } from '../../shared/order/order-actions.ts';
import { orderSchema, type Order } from '../../shared/order/order-state.ts';
import { decisionRecordSchema, type DecisionRecord } from '../../shared/order/record.ts';
import { retailerIdSchema, type HouseholdId, type Instant, type OrderId, type RetailerId } from '../../shared/values.ts';
import { findRetailerName } from '../notify-household/retailer-name.ts';
import type { StoredOrder } from '../runtime/aggregates.ts';
import { commandOrder } from '../runtime/order.ts';
import type { Change } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';

const shopSchema = z.object({ retailerId: retailerIdSchema, name: z.string() });

/** An order, who sells it, what may be done about it, and why it was proposed. */
export const orderViewSchema = z.object({
  order: orderSchema,
  shop: shopSchema,
  actions: z.array(orderActionSchema),
  record: decisionRecordSchema,
  /** Why a person is asked although there is a mandate. */
  askedBecause: askedBecauseSchema.optional(),
  /** All that were compared for it, by name. */
  shops: z.array(shopSchema),
});
export const orderRowSchema = orderViewSchema.omit({ record: true, shops: true, askedBecause: true });

/** Each shop is looked up once. */
export async function rowsOf(orders: readonly StoredOrder[]): Promise<z.infer<typeof orderRowSchema>[]> {
  const retailerIds = [...new Set(orders.map(({ order }) => order.retailerId))];
  const names = new Map(await Promise.all(retailerIds.map(async (retailerId) => [retailerId, await findRetailerName(retailerId)] as const)));
  return orders.map(({ order }) => rowWith(order, names.get(order.retailerId) ?? order.retailerId));
}

const rowWith = (order: Order, name: string) =>
  orderRowSchema.parse({ order, shop: { retailerId: order.retailerId, name }, actions: [...orderActions[order.status]] });
export const rowOf = async ({ order }: StoredOrder) => rowWith(order, await findRetailerName(order.retailerId));
export async function viewOf(stored: StoredOrder): Promise<z.infer<typeof orderViewSchema>> {
  const { order, record } = stored;
  const shops = await Promise.all(record.proposal.considered.map(shopOf));
  return orderViewSchema.parse({ ...(await rowOf(stored)), record, askedBecause: askedBecause(record, order.quote), shops });
}
const shopOf = async ({ retailerId }: { retailerId: RetailerId }) => ({ retailerId, name: await findRetailerName(retailerId) });

interface About {
  readonly householdId: HouseholdId;
  readonly orderId: OrderId;
}

/** @param note what the record keeps of it, when it changes anything */
export async function decided(about: About, command: OrderCommand, at: Instant, note?: (record: DecisionRecord) => DecisionRecord) {
  return viewOf(await orRefuse(await commandOrder(about, command, at, note)));
}

/** A repeat answers as the first time did; what may not be says why, with the order as it is. */
export async function orRefuse(result: Change<StoredOrder>): Promise<StoredOrder> {
  if (result.kind === 'changed') return result.state;
  if (result.stored === undefined) throw notFound('order');
  if (result.kind === 'ignored') return result.stored.state;
  const { state } = result.stored;
  throw new VisibleError(409, result.reason, `the order is ${state.order.status}; refused: ${result.reason}`, { current: await rowOf(state) });
}
