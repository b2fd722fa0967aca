/**
 * The household's BASKET: which order takes care of which need, and nothing else. Needs gather here for a while, are planned together
 * and leave when their order has ended. Every step may be repeated after a crash; steps that run in parallel collide on the item's version.
 */
import { z } from 'zod';
import { digest } from '../digest.ts';
import { joinedSchema, stockedUpSchema, waitingSchema, type Waiting } from '../event-parts.ts';
import {
  addDuration,
  duration,
  earliest,
  gtinSchema,
  householdIdSchema,
  ignored,
  instantSchema,
  needIdSchema,
  orderIdSchema,
  rejected,
  retailerIdSchema,
  supplyIdSchema,
  unreachable,
  type HouseholdId,
  type Instant,
  type NeedId,
  type OrderId,
  type Outcome,
  type RetailerId,
} from '../values.ts';

/** Long enough for the other shelves of a fridge to join, short beside a lead time. */
export const GATHERING = duration(2, 'hours');
/** When nobody could offer a need. */
export const OFFER_RETRY = duration(6, 'hours');
/** Plans whose orders have not been created by then were interrupted by a crash. */
export const PLAN_RETRY = duration(15, 'minutes');
const NEEDS_MAX = 100;
const PLANS_MAX = 50;
const LINES_MAX = 50;
const SUPPLIES_MAX = 200;

const roundSchema = z.int().min(1).max(99);
const basketNeedSchema = z.strictObject({
  supplyId: supplyIdSchema,
  cycle: z.int().min(1),
  round: roundSchema,
  addedAt: instantSchema,
  /** When to plan it. Beside an order: it was told again, and waits for that order to end. */
  dueAt: instantSchema.optional(),
  orderId: orderIdSchema.optional(),
});
const planLineSchema = z.strictObject({
  ...{ needId: needIdSchema, supplyId: supplyIdSchema, gtin: gtinSchema, quantity: z.int().min(1).max(99) },
  joined: joinedSchema.optional(),
  stockedUp: stockedUpSchema.optional(),
});
export type PlanLine = z.infer<typeof planLineSchema>;
const planSchema = z.strictObject({
  orderId: orderIdSchema,
  retailerId: retailerIdSchema,
  round: roundSchema,
  lines: z.array(planLineSchema).min(1).max(LINES_MAX),
  createdAt: instantSchema,
  waiting: waitingSchema.optional(),
  /** Its order exists; until then `retryAt` says when to look again. */
  retryAt: instantSchema.optional(),
});
export type Plan = z.infer<typeof planSchema>;

export const basketSchema = z.strictObject({
  householdId: householdIdSchema,
  needs: z.record(needIdSchema, basketNeedSchema),
  plans: z.array(planSchema).max(PLANS_MAX),
  /** The newest need each supply has told, kept after it has left: a late repeat must not buy twice. */
  told: z.record(supplyIdSchema, z.strictObject({ cycle: z.int().min(1), round: roundSchema })),
  dueAt: instantSchema.optional(),
});
export type Basket = z.infer<typeof basketSchema>;
type BasketNeed = z.infer<typeof basketNeedSchema>;

export type BasketCommand =
  | { readonly type: 'add-need'; readonly need: NewNeed; readonly now: Instant }
  /** `withdrawn`: waiting needs that their supplies no longer have. Needs in no plan and not withdrawn found no offer. `joined`: needs that come along. */
  | {
      readonly type: 'plan';
      readonly choices: readonly Choice[];
      readonly withdrawn: readonly NeedId[];
      readonly joined?: readonly NewNeed[];
      readonly now: Instant;
    }
  /** The orders of these plans exist. */
  | { readonly type: 'plans-created'; readonly orderIds: readonly OrderId[] }
  /** This order has ended, in whatever way: its needs leave, and come back only when their supplies tell them again. */
  | { readonly type: 'free'; readonly orderId: OrderId }
  /** People took the other needs out of this order: they leave as if it had ended. */
  | { readonly type: 'keep'; readonly orderId: OrderId; readonly needIds: readonly NeedId[] }
  /** This plan cannot become an order (and never did): its needs wait again. */
  | { readonly type: 'give-back'; readonly orderId: OrderId; readonly now: Instant };
/** What to buy at one retailer. */
export interface Choice {
  readonly retailerId: RetailerId;
  readonly lines: readonly PlanLine[];
  readonly waiting?: Waiting | undefined;
}
/** A need as its supply tells it. */
export interface NewNeed {
  readonly needId: NeedId;
  readonly supplyId: BasketNeed['supplyId'];
  readonly cycle: number;
  readonly round: number;
}

export const newBasket = (householdId: HouseholdId): Basket => ({ householdId, needs: {}, plans: [], told: {} });

/** Needs that no order takes care of yet. */
export const waitingNeeds = (basket: Basket): { needId: NeedId; need: BasketNeed }[] => needsOf(basket).filter(({ need }) => need.orderId === undefined);
/** Plans whose orders may not exist yet. */
export const unfinishedPlans = (basket: Basket): Plan[] => basket.plans.filter(({ retryAt }) => retryAt !== undefined);

const needsOf = (basket: Basket): { needId: NeedId; need: BasketNeed }[] =>
  Object.entries(basket.needs).map(([needId, need]) => ({ needId: needIdSchema.parse(needId), need }));

/** The name of an order is made from what it is for, so that a repeat of the plan names the same order. */
export const orderIdOf = (order: { householdId: HouseholdId; retailerId: RetailerId; needIds: readonly NeedId[]; round: number }): OrderId =>
  orderIdSchema.parse(`ord_${digest([order.householdId, order.retailerId, [...order.needIds].sort(), order.round])}`);

export function decideBasket(basket: Basket, command: BasketCommand): Outcome<Basket, never> {
  switch (command.type) {
    case 'add-need':
      return addNeed(basket, command);
    case 'plan':
      return plan(basket, command);
    case 'plans-created':
      return plansCreated(basket, command);
    case 'free':
      return free(basket, command);
    case 'keep':
      return keep(basket, command);
    case 'give-back':
      return giveBack(basket, command);
    default:
      return unreachable(command);
  }
}

const changed = (basket: Basket): Outcome<Basket, never> => {
  const moments = [...waitingNeeds(basket).map(({ need }) => need.dueAt), ...basket.plans.map(({ retryAt }) => retryAt)].filter((at) => at !== undefined);
  const [first, ...others] = moments;
  const state = { ...basket };
  if (first === undefined) delete state.dueAt;
  else state.dueAt = earliest(first, ...others);
  return { kind: 'changed', state, events: [] };
};

const withNeeds = (basket: Basket, needs: { needId: NeedId; need: BasketNeed }[]): Basket => ({
  ...basket,
  needs: Object.fromEntries(needs.map(({ needId, need }) => [needId, need])),
});

/** This need of its supply, or a newer one, has been told. */
export const isTold = ({ told }: Basket, { supplyId, cycle, round }: NewNeed): boolean => {
  const newest = told[supplyId];
  return newest !== undefined && (cycle < newest.cycle || (cycle === newest.cycle && round <= newest.round));
};

function addNeed(basket: Basket, { need, now }: Extract<BasketCommand, { type: 'add-need' }>): Outcome<Basket, never> {
  const { needId, supplyId, cycle, round } = need;
  const told = basket.told[supplyId];
  if (isTold(basket, need)) return ignored('told-before');
  // An older need of this supply that nobody has bought is the same shortage; one that is assigned runs its course.
  const others = needsOf(basket).filter((other) => other.needId !== needId && (other.need.supplyId !== supplyId || other.need.orderId !== undefined));
  if (others.length >= NEEDS_MAX) return rejected('too-many-needs');
  if (!told && Object.keys(basket.told).length >= SUPPLIES_MAX) return rejected('too-many-supplies');
  // Told again while its order is not yet known to have ended: two orders for one need would double it.
  const orderId = basket.needs[needId]?.orderId;
  const added = { needId, need: { supplyId, cycle, round, addedAt: now, dueAt: addDuration(now, GATHERING), ...(orderId && { orderId }) } };
  return changed({ ...withNeeds(basket, [...others, added]), told: { ...basket.told, [supplyId]: { cycle, round } } });
}

function plan(before: Basket, { choices, withdrawn, joined = [], now }: Extract<BasketCommand, { type: 'plan' }>): Outcome<Basket, never> {
  if (waitingNeeds(before).length === 0) return ignored('nothing-waits');
  if (joined.some((need) => isTold(before, need))) return rejected('joined-told-before');
  if (Object.keys(before.needs).length + joined.length > NEEDS_MAX) return rejected('too-many-needs');
  const basket = withJoined(before, joined, now);
  if (Object.keys(basket.told).length > SUPPLIES_MAX) return rejected('too-many-supplies');
  const waiting = new Map(waitingNeeds(basket).map(({ needId, need }) => [needId, need]));
  const lines = choices.flatMap((choice) => choice.lines);
  if (lines.some(({ needId }) => !waiting.has(needId))) return rejected('need-not-waiting');
  if (lines.some(({ needId, supplyId }) => waiting.get(needId)?.supplyId !== supplyId)) return rejected('need-of-another-supply');
  if (new Set(lines.map(({ needId }) => needId)).size < lines.length) return rejected('need-planned-twice');
  if (joined.some(({ needId }) => !lines.some((line) => line.needId === needId))) return rejected('joined-nowhere');
  if (choices.some((choice) => choice.lines.length === 0 || choice.lines.length > LINES_MAX)) return rejected('lines-out-of-range');
  if (basket.plans.length + choices.length > PLANS_MAX) return rejected('too-many-plans');

  const plans = choices.map(({ retailerId, lines: chosen, waiting: hint }): Plan => {
    const needIds = chosen.map(({ needId }) => needId);
    const round = Math.max(...needIds.map((needId) => waiting.get(needId)?.round ?? 1));
    const orderId = orderIdOf({ householdId: basket.householdId, retailerId, needIds, round });
    return { orderId, retailerId, round, lines: [...chosen], createdAt: now, ...(hint && { waiting: hint }), retryAt: addDuration(now, PLAN_RETRY) };
  });
  const orderOf = new Map(plans.flatMap(({ orderId, lines: planned }) => planned.map(({ needId }) => [needId, orderId] as const)));
  const gone = new Set(withdrawn);
  const needs = needsOf(basket).flatMap(({ needId, need }) => {
    if (need.orderId !== undefined) return [{ needId, need }];
    const orderId = orderOf.get(needId);
    const { supplyId, cycle, round, addedAt } = need;
    if (orderId) return [{ needId, need: { supplyId, cycle, round, addedAt, orderId } }];
    return gone.has(needId) ? [] : [{ needId, need: { ...need, dueAt: addDuration(now, OFFER_RETRY) } }];
  });
  return changed({ ...withNeeds(basket, needs), plans: [...basket.plans, ...plans] });
}

/** What comes along is told here and planned in the same write. */
function withJoined(basket: Basket, joined: readonly NewNeed[], now: Instant): Basket {
  const added = joined.map(({ needId, supplyId, cycle, round }) => [needId, { supplyId, cycle, round, addedAt: now }] as const);
  const told = joined.map(({ supplyId, cycle, round }) => [supplyId, { cycle, round }] as const);
  return { ...basket, needs: { ...basket.needs, ...Object.fromEntries(added) }, told: { ...basket.told, ...Object.fromEntries(told) } };
}

function plansCreated(basket: Basket, { orderIds }: Extract<BasketCommand, { type: 'plans-created' }>): Outcome<Basket, never> {
  const created = new Set(orderIds);
  if (!unfinishedPlans(basket).some(({ orderId }) => created.has(orderId))) return ignored('known');
  const plans = basket.plans.map((one) => {
    const next = { ...one };
    if (created.has(one.orderId)) delete next.retryAt;
    return next;
  });
  return changed({ ...basket, plans });
}

function free(basket: Basket, { orderId }: Extract<BasketCommand, { type: 'free' }>): Outcome<Basket, never> {
  return release(basket, orderId, (need) => (need.dueAt ? need : undefined));
}

function keep(basket: Basket, { orderId, needIds }: Extract<BasketCommand, { type: 'keep' }>): Outcome<Basket, never> {
  const kept = new Set(needIds);
  if (needsOf(basket).every(({ needId, need }) => need.orderId !== orderId || kept.has(needId))) return ignored('nothing-to-free');
  const needs = needsOf(basket).flatMap(({ needId, need }) => {
    if (need.orderId !== orderId || kept.has(needId)) return [{ needId, need }];
    const released = { ...need };
    delete released.orderId;
    return released.dueAt === undefined ? [] : [{ needId, need: released }];
  });
  return changed(withNeeds(basket, needs));
}

function giveBack(basket: Basket, { orderId, now }: Extract<BasketCommand, { type: 'give-back' }>): Outcome<Basket, never> {
  return release(basket, orderId, (need) => ({ ...need, dueAt: addDuration(now, PLAN_RETRY) }));
}

/** Drops an order's plan; `next` says what becomes of each of its needs. */
function release(basket: Basket, orderId: OrderId, next: (need: BasketNeed) => BasketNeed | undefined): Outcome<Basket, never> {
  const plans = basket.plans.filter((one) => one.orderId !== orderId);
  const needs = needsOf(basket).flatMap(({ needId, need }) => {
    if (need.orderId !== orderId) return [{ needId, need }];
    const released = { ...need };
    delete released.orderId;
    const left = next(released);
    return left ? [{ needId, need: left }] : [];
  });
  if (plans.length === basket.plans.length && needsOf(basket).every(({ need }) => need.orderId !== orderId)) return ignored('nothing-to-free');
  return changed({ ...withNeeds(basket, needs), plans });
}
