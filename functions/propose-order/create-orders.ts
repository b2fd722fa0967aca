/** The second step: plans become orders, if they are not there yet. A crash between the steps is finished by the next run. */
import type { LineItem } from '../../shared/event-parts.ts';
import { carryOut } from '../../shared/order/order.ts';
import { quoteFor, type Wanted } from '../../shared/order/quote.ts';
import { recordProposal, type Considered } from '../../shared/order/record.ts';
import { decideBasket, newBasket, unfinishedPlans, type BasketCommand, type Plan } from '../../shared/supply/basket.ts';
import { buyingRules } from '../../shared/supply/buying-rules.ts';
import { snapshot } from '../../shared/supply/snapshot.ts';
import { ignored, type HouseholdId, type Instant, type OrderId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { correlated } from '../runtime/correlation.ts';
import { logger } from '../runtime/log.ts';
import { change, createOnce, load } from '../runtime/store.ts';
import { offersOf } from './shops.ts';

export async function createPlannedOrders(householdId: HouseholdId, now: Instant): Promise<void> {
  const basket = (await load(kinds.basket, keys.basket(householdId)))?.state ?? newBasket(householdId);
  const created: OrderId[] = [];
  for (const plan of unfinishedPlans(basket)) {
    if (await correlated({ id: plan.lines[0]?.needId }, () => createOrder(householdId, plan, now))) created.push(plan.orderId);
    else await tell(householdId, { type: 'give-back', orderId: plan.orderId, now });
  }
  if (created.length > 0) await tell(householdId, { type: 'plans-created', orderIds: created });
}

const tell = (householdId: HouseholdId, command: BasketCommand) =>
  change(kinds.basket, keys.basket(householdId), (basket) => decideBasket(basket ?? newBasket(householdId), command));

/** False when the shop no longer offers what was planned: the needs go back and are planned anew. */
async function createOrder(householdId: HouseholdId, plan: Plan, now: Instant): Promise<boolean> {
  const shop = await offersOf(plan.retailerId, { householdId, gtins: plan.lines.map(({ gtin }) => gtin), now });
  const { wanted, needs } = await proposalInputs(householdId, plan, shop, now);
  const { quote } = shop === undefined ? {} : quoteFor({ ...shop, wanted, now });
  const { orderId, retailerId, round } = plan;
  const result = await change(kinds.order, keys.order(householdId, orderId), (stored) => {
    if (stored !== undefined) return ignored('already-proposed');
    if (quote === undefined || shop === undefined || quote.lineItems.length < plan.lines.length) return ignored('no-longer-offered');
    const outcome = carryOut(undefined, { type: 'propose', orderId, householdId, retailerId, round, quote }, now);
    if (outcome.kind !== 'changed') return outcome;
    const record = recordProposal({ at: now, needs, wanted, considered: [shop], quote, waiting: plan.waiting });
    return { ...outcome, state: { order: outcome.state, record } };
  });
  if (result.kind !== 'changed') logger.info('a planned order was not created', { orderId, reason: result.reason });
  const isThere = result.kind === 'changed' || result.stored !== undefined;
  // Somebody may ask for it by its number long before a shop is told.
  if (isThere) await createOnce(kinds.orderOwner, keys.orderOwner(orderId), { orderId, householdId });
  return isThere;
}

/** The plan's packs, as amounts of the very product that was planned. */
async function proposalInputs(householdId: HouseholdId, plan: Plan, shop: Considered | undefined, now: Instant) {
  const household = (await load(kinds.household, keys.household(householdId)))?.state;
  const wanted: Wanted[] = [];
  const needs: { needId: LineItem['needId']; supplyId: LineItem['supplyId']; snapshot: unknown }[] = [];
  for (const { needId, supplyId, gtin, quantity, joined, stockedUp } of plan.lines) {
    const supply = (await load(kinds.supply, keys.supply(householdId, supplyId)))?.state;
    const pack = shop?.offers.find((offer) => offer.gtin === gtin)?.pack;
    // Somebody may have said *never* since it was planned.
    if (supply === undefined || supply.settings.neverBuy || pack === undefined) continue;
    const amount = { amount: pack.amount * quantity, unit: pack.unit };
    const reasons = { ...(joined && { joined }), ...(stockedUp && { stockedUp }) };
    wanted.push({ needId, supplyId, products: [{ gtin }], amount, packsMax: quantity, ...buyingRules(supply, household), ...reasons });
    needs.push({ needId, supplyId, snapshot: snapshot(supply, now) });
  }
  return { wanted, needs };
}
