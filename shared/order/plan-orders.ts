/** From the needs in a basket to orders: which shop for what, what comes along, and how much of it. Pure, so that it can be tried out. */
import { canOrderLevel, staysBecause } from '../supply/reorder/join.ts';
import { isTold, orderIdOf, waitingNeeds, type Basket, type Choice, type NewNeed } from '../supply/basket.ts';
import { buyingRules } from '../supply/buying-rules.ts';
import { needIdOf, needStands } from '../supply/need.ts';
import { snapshot, type SupplySnapshot } from '../supply/snapshot.ts';
import type { Supply } from '../supply/supply.ts';
import type { Household } from '../household/household.ts';
import type { OrderPreferences } from '../household/order-preferences.ts';
import type { Gtin, Instant, NeedId, SupplyId } from '../values.ts';
import { bestDrafts } from './best-basket.ts';
import { boughtAlone, type Judge } from './bought-alone.ts';
import { withJoining, type Joinable, type Market } from './come-along.ts';
import type { OrderDraft } from './order-draft.ts';
import { liftedOverMinimum, withFreeDelivery } from './lift-basket.ts';
import type { Wanted } from './quote.ts';
import type { Considered } from './record.ts';
import type { Spend } from './mandate/spend.ts';
import { withStockingUp } from './stock-up.ts';
import { worthWaiting } from './wait-for-company.ts';

/** What there is to plan. */
export interface Agenda {
  /** Of needs that stand. */
  readonly wanted: readonly Wanted[];
  /** Waiting needs that their supplies no longer have. */
  readonly withdrawn: readonly NeedId[];
  /** Items that are not low; those of which at least half a pack is missing may come along. */
  readonly others: readonly (Joinable & { readonly mayJoin: boolean; readonly need: NewNeed })[];
  readonly figures: ReadonlyMap<SupplyId, SupplySnapshot>;
}

/** @param supplies all of the household's */
export function agendaOf(basket: Basket, supplies: readonly Supply[], household: Household | undefined, now: Instant): Agenda {
  const figures = new Map(supplies.map((supply) => [supply.supplyId, snapshot(supply, now)]));
  const wanted: Wanted[] = [];
  const withdrawn: NeedId[] = [];
  const low = new Set<SupplyId>();
  for (const { needId, need } of waitingNeeds(basket)) {
    const supply = supplies.find(({ supplyId }) => supplyId === need.supplyId);
    const known = figures.get(need.supplyId);
    const stands = supply !== undefined && known !== undefined && needStands(supply, needId, need.round) && !isOnlyJoined(supply, known);
    const found = stands ? wantedOf(supply, known, household) : undefined;
    if (found === undefined) withdrawn.push(needId);
    else {
      wanted.push(found);
      low.add(need.supplyId);
    }
  }
  const others = supplies.flatMap((supply) => {
    const known = figures.get(supply.supplyId);
    const found = known && !low.has(supply.supplyId) ? wantedOf(supply, known, household) : undefined;
    if (known === undefined || found === undefined) return [];
    const need = { needId: found.needId, supplyId: supply.supplyId, cycle: supply.cycle, round: supply.need?.round ?? 1 };
    const isFree = !isTold(basket, need) || withdrawn.includes(need.needId);
    const stays = staysBecause(supply, known);
    if (stays !== undefined && stays !== 'nothing-missing') return [];
    return [{ wanted: found, figures: known, canOrderLevel: canOrderLevel(supply, known), need, mayJoin: stays === undefined && isFree }];
  });
  return { wanted, withdrawn, others, figures };
}

/** What a broken-off run left in the basket is not low by itself: it comes along again or not at all. */
const isOnlyJoined = (supply: Supply, { position, reorderPoint }: SupplySnapshot): boolean => supply.need?.joined === true && position > reorderPoint;

/** Up to the order-up-to level, counting what is in the house and on its way. */
function wantedOf(supply: Supply, { orderUpTo, position }: SupplySnapshot, household: Household | undefined): Wanted | undefined {
  const amount = Math.round((orderUpTo - position) * 1_000) / 1_000;
  if (amount <= 0) return undefined;
  return {
    ...{ needId: needIdOf(supply), supplyId: supply.supplyId, packsMax: supply.settings.packsMax, ...buyingRules(supply, household) },
    products: supply.products.map(({ gtin }) => ({ gtin })),
    amount: { amount, unit: supply.unit },
  };
}

/** What shops have to be asked for, what is low first. */
export const gtinsOf = ({ wanted, others }: Agenda): Gtin[] => [
  ...new Set([...wanted, ...others.map((other) => other.wanted)].flatMap(({ products }) => products.map(({ gtin }) => gtin))),
];

export interface Planned {
  readonly choices: readonly Choice[];
  readonly joined: readonly NewNeed[];
}

export interface PlanRequest {
  readonly agenda: Agenda;
  readonly shops: readonly Considered[];
  readonly spend: Spend;
  readonly preferences?: OrderPreferences | undefined;
  readonly timeZone: string;
  readonly now: Instant;
  /** False: every order holds what is low and no more. For comparison. */
  readonly goesBeyond?: boolean;
}

export function planOrders({ agenda, shops, spend, preferences, timeZone, now, goesBeyond = true }: PlanRequest): Planned {
  const drafts = sharedOut({ agenda, shops, spend, preferences, timeZone, now });
  const left = new Map(agenda.others.map((other) => [other.wanted.supplyId, other]));
  const filled: { draft: OrderDraft; choice: Choice }[] = [];
  // What the other orders of this run take from a cap is gone.
  const marketBeside = (rest: readonly OrderDraft[]): Market => {
    const judge = { figures: agenda.figures, timeZone, now };
    const spendThen = rest.reduce((sofar, one) => boughtAlone({ ...judge, spend: sofar }, idOf(one, sofar), one.quote) ?? sofar, spend);
    return { shops, now, isAutomatic: (one) => boughtAlone({ ...judge, spend: spendThen }, idOf(one, spendThen), one.quote) !== undefined };
  };
  const take = (full: OrderDraft, market: Market): void => {
    for (const { supplyId } of full.quote.lineItems) left.delete(supplyId);
    const waiting = goesBeyond && !market.isAutomatic(full) ? worthWaiting(full, [...left.values()], agenda.figures, now) : undefined;
    filled.push({ draft: full, choice: choiceOf(full, waiting) });
  };
  for (const [index, draft] of drafts.entries()) {
    const market = marketBeside([...filled.map((one) => one.draft), ...drafts.slice(index + 1)]);
    take(goesBeyond ? fill(draft, [...left.values()], agenda.figures, market) : draft, market);
  }
  // What no shop serves because it is too little.
  for (
    let tooLittle = unserved(agenda, drafts);
    goesBeyond && tooLittle.length > 0;
    tooLittle = unserved(
      agenda,
      filled.map((one) => one.draft),
    )
  ) {
    const market = marketBeside(filled.map((one) => one.draft));
    const lifted = liftedOverMinimum(tooLittle, [...left.values()].filter(mayJoin), market);
    if (lifted === undefined) break;
    take(topUp(lifted, [...left.values()].filter(mayJoin), agenda.figures, market), market);
  }
  const choices = filled.map(({ choice }) => choice);
  const bought = new Set(choices.flatMap(({ lines }) => lines.map(({ needId }) => needId)));
  return { choices, joined: agenda.others.flatMap(({ need }) => (bought.has(need.needId) ? [need] : [])) };
}

/** What is low, at the best shops; but at one shop after another where a mandate covers only that: money is saved for the household, not a question asked. */
function sharedOut({ agenda, spend, timeZone, ...request }: PlanRequest): OrderDraft[] {
  const judge = { figures: agenda.figures, timeZone, now: request.now };
  const isBoughtAlone = (drafts: readonly OrderDraft[]): boolean =>
    drafts.reduce<Spend | undefined>((sofar, one) => sofar && boughtAlone({ ...judge, spend: sofar }, idOf(one, sofar), one.quote), spend) !== undefined;
  const best = bestDrafts({ ...request, wanted: agenda.wanted });
  if (best.length < 2 || isBoughtAlone(best)) return best;
  const fewer = bestDrafts({ ...request, wanted: agenda.wanted, shopsAtOnce: 1 });
  return fewer.length < best.length && unserved(agenda, fewer).length === unserved(agenda, best).length && isBoughtAlone(fewer) ? fewer : best;
}

function unserved({ wanted }: Agenda, drafts: readonly OrderDraft[]): Wanted[] {
  const served = new Set(drafts.flatMap(({ quote }) => quote.lineItems.map(({ needId }) => needId)));
  return wanted.filter(({ needId }) => !served.has(needId));
}

const idOf = ({ shop, wanted }: OrderDraft, { householdId }: Spend) =>
  orderIdOf({ householdId, retailerId: shop.retailerId, needIds: wanted.map(({ needId }) => needId), round: 1 });

type Other = Agenda['others'][number];
const mayJoin = (other: Other): boolean => other.mayJoin;

function fill(draft: OrderDraft, others: readonly Other[], figures: Judge['figures'], market: Market): OrderDraft {
  const joinable = others.filter(mayJoin);
  return topUp(withJoining(draft, joinable, market), joinable, figures, market);
}

const topUp = (draft: OrderDraft, joinable: readonly Other[], figures: Judge['figures'], market: Market): OrderDraft =>
  withStockingUp(withFreeDelivery(draft, joinable, market), figures, market);

function choiceOf({ shop, quote }: OrderDraft, waiting: Choice['waiting']): Choice {
  const lines = quote.lineItems.map(({ needId, supplyId, gtin, quantity, joined, stockedUp }) => ({
    ...{ needId, supplyId, gtin, quantity },
    ...(joined && { joined }),
    ...(stockedUp && { stockedUp }),
  }));
  return { retailerId: shop.retailerId, lines, ...(waiting && { waiting }) };
}
