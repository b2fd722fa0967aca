/** Of which product line the goods are that an event is about: the supply knows, and of an order its first line's. */
import type { EventEnvelope } from '../../shared/events.ts';
import { productLineSchema } from '../../shared/journey/words.ts';
import type { HouseholdId, OrderId, SupplyId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { load } from '../runtime/store.ts';

/** Undefined where an event is about no goods, or where they are gone. */
export async function productLineOf({ data }: EventEnvelope): Promise<string | undefined> {
  if (!('householdId' in data) || data.householdId === undefined) return undefined;
  const { householdId } = data;
  if ('supplyId' in data) return lineOfSupply(householdId, data.supplyId);
  if ('quote' in data) return lineOfSupply(householdId, data.quote.lineItems[0]?.supplyId);
  return 'orderId' in data && data.orderId !== undefined ? lineOfOrder(householdId, data.orderId) : undefined;
}

async function lineOfOrder(householdId: HouseholdId, orderId: OrderId): Promise<string | undefined> {
  const order = await load(kinds.order, keys.order(householdId, orderId));
  return lineOfSupply(householdId, order?.state.order.quote.lineItems[0]?.supplyId);
}

async function lineOfSupply(householdId: HouseholdId, supplyId: SupplyId | undefined): Promise<string | undefined> {
  if (supplyId === undefined) return undefined;
  const line = (await load(kinds.supply, keys.supply(householdId, supplyId)))?.state.productLine;
  // Older supplies were named freely.
  return line !== undefined && productLineSchema.safeParse(line).success ? line : undefined;
}
