/** Reads the basket, then its supplies, consistently, and assigns the needs to shops in one write on the basket's version. */
import type { Household } from '../../shared/household/household.ts';
import { cheapestQuote, quoteFor, type Wanted } from '../../shared/order/quote.ts';
import type { Considered } from '../../shared/order/record.ts';
import { decideBasket, newBasket, waitingNeeds, type Choice } from '../../shared/supply/basket.ts';
import { buyingRules } from '../../shared/supply/buying-rules.ts';
import { needStands } from '../../shared/supply/need.ts';
import { snapshot } from '../../shared/supply/snapshot.ts';
import type { Supply } from '../../shared/supply/supply.ts';
import type { HouseholdId, Instant, NeedId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { logger } from '../runtime/log.ts';
import { change, load } from '../runtime/store.ts';
import { offersOfShops } from './shops.ts';

export async function planBasket(householdId: HouseholdId, now: Instant): Promise<void> {
  const basket = (await load(kinds.basket, keys.basket(householdId)))?.state ?? newBasket(householdId);
  const due = waitingNeeds(basket);
  if (!due.some(({ need }) => need.dueAt === undefined || need.dueAt <= now)) return;
  const household = (await load(kinds.household, keys.household(householdId)))?.state;
  const wanted: Wanted[] = [];
  const withdrawn: NeedId[] = [];
  for (const { needId, need } of due) {
    const supply = (await load(kinds.supply, keys.supply(householdId, need.supplyId)))?.state;
    const found = supply === undefined || !needStands(supply, needId, need.round) ? undefined : wantedOf(supply, needId, { now, household });
    if (found === undefined) withdrawn.push(needId);
    else wanted.push(found);
  }
  const choices = await chooseShops(household, wanted, now);
  const result = await change(kinds.basket, keys.basket(householdId), (current) =>
    decideBasket(current ?? newBasket(householdId), { type: 'plan', choices, withdrawn, now }),
  );
  // Another run has planned these needs meanwhile: that is the same work done, not an error.
  if (result.kind === 'rejected') logger.info('the basket was planned by another run', { householdId, reason: result.reason });
}

/** Up to the order-up-to level, counting what is in the house and on its way. */
export function wantedOf(supply: Supply, needId: NeedId, { now, household }: { now: Instant; household: Household | undefined }): Wanted | undefined {
  const { orderUpTo, position } = snapshot(supply, now);
  const amount = Math.round((orderUpTo - position) * 1_000) / 1_000;
  if (amount <= 0) return undefined;
  return {
    ...{ needId, supplyId: supply.supplyId, packsMax: supply.settings.packsMax, ...buyingRules(supply, household) },
    products: supply.products.map(({ gtin }) => ({ gtin })),
    amount: { amount, unit: supply.unit },
  };
}

/** The cheapest whole basket first; what that shop cannot serve goes to the next best, until nobody serves any more of it. */
async function chooseShops(household: Household | undefined, wanted: readonly Wanted[], now: Instant): Promise<Choice[]> {
  if (household === undefined || wanted.length === 0) return [];
  const shops = await offersOfShops(
    household,
    wanted.flatMap(({ products }) => products.map(({ gtin }) => gtin)),
  );
  const choices: Choice[] = [];
  for (let left = [...wanted]; left.length > 0;) {
    const choice = bestChoice(shops, left, now);
    if (choice === undefined) break;
    choices.push(choice);
    const served = new Set(choice.lines.map(({ needId }) => needId));
    left = left.filter(({ needId }) => !served.has(needId));
  }
  return choices;
}

function bestChoice(shops: readonly Considered[], wanted: readonly Wanted[], now: Instant): Choice | undefined {
  const quote = cheapestQuote(shops.flatMap((shop) => quoteFor({ ...shop, wanted, now }).quote ?? []));
  if (quote === undefined) return undefined;
  const lines = quote.lineItems.map(({ needId, supplyId, gtin, quantity }) => ({ needId, supplyId, gtin, quantity }));
  return { retailerId: quote.retailerId, lines };
}
