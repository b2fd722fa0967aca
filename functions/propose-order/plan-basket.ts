/** Reads the basket, then all supplies, consistently, and assigns the needs to shops in one write on the basket's version. */
import { agendaOf, gtinsOf, planOrders, type Planned } from '../../shared/order/plan-orders.ts';
import { fatesOf } from '../../shared/order/why-lost.ts';
import { emptySpend } from '../../shared/order/mandate/spend.ts';
import { decideBasket, newBasket, waitingNeeds, type NewNeed } from '../../shared/supply/basket.ts';
import { join } from '../../shared/supply/reorder/join.ts';
import { ignored, type HouseholdId, type Instant } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { logger } from '../runtime/log.ts';
import { change, list, load } from '../runtime/store.ts';
import { noteFates } from './note-fates.ts';
import { offersOfShops } from './shops.ts';

export async function planBasket(householdId: HouseholdId, now: Instant): Promise<void> {
  const basket = (await load(kinds.basket, keys.basket(householdId)))?.state ?? newBasket(householdId);
  if (!waitingNeeds(basket).some(({ need }) => need.dueAt === undefined || need.dueAt <= now)) return;
  const household = (await load(kinds.household, keys.household(householdId)))?.state;
  const supplies = (await list(kinds.supply, keys.household(householdId).pk, 'SUPPLY#')).map(({ state }) => state);
  const agenda = agendaOf(basket, supplies, household, now);
  const spend = (await load(kinds.spend, keys.spend(householdId)))?.state ?? emptySpend(householdId);
  const shops = household === undefined || agenda.wanted.length === 0 ? [] : await offersOfShops(household, gtinsOf(agenda), now);
  const about = { shops, spend, preferences: household?.preferences, timeZone: household?.timeZone ?? 'UTC', now };
  const plan = (others: typeof agenda.others) => planOrders({ agenda: { ...agenda, others }, ...about });
  const first = plan(agenda.others);
  const missed = await bringAlong(householdId, first, now);
  // What has changed meanwhile stays out; that may change who comes along for how much.
  const stayed = new Set(missed.map(({ needId }) => needId));
  const { choices, joined } = missed.length === 0 ? first : plan(agenda.others.filter(({ need }) => isBrought(first, need) && !stayed.has(need.needId)));
  const result = await change(kinds.basket, keys.basket(householdId), (current) =>
    decideBasket(current ?? newBasket(householdId), { type: 'plan', choices, withdrawn: agenda.withdrawn, joined, now }),
  );
  // Another run has planned these needs meanwhile: that is the same work done, not an error.
  if (result.kind === 'rejected') logger.info('the basket was planned by another run', { householdId, reason: result.reason });
  if (result.kind !== 'changed' || household === undefined) return;
  const notAsked = household.shops.map(({ retailerId }) => retailerId).filter((retailerId) => !shops.some((shop) => shop.retailerId === retailerId));
  const { wanted } = agenda;
  await noteFates(householdId, fatesOf({ wanted, shops, notAsked, choices, preferences: household.preferences, now }), now);
}

const isBrought = ({ joined }: Planned, { needId }: NewNeed): boolean => joined.some((one) => one.needId === needId);

/**
 * Opens the needs of what comes along, before the basket takes them: a crash in between leaves needs that nothing has been ordered for, which the
 * next run takes along or their supplies end. @returns those that may not come any more
 */
async function bringAlong(householdId: HouseholdId, { joined }: Planned, now: Instant): Promise<NewNeed[]> {
  const missed: NewNeed[] = [];
  for (const need of joined) {
    const result = await change(kinds.supply, keys.supply(householdId, need.supplyId), (supply) =>
      supply === undefined ? ignored('no-such-supply') : join(supply, now),
    );
    const state = result.kind === 'changed' ? result.state : result.stored?.state;
    if (state?.need?.needId !== need.needId || state.need.joined !== true) missed.push(need);
  }
  return missed;
}
