/** What becomes of a supply's orders: what is on its way, what has come, and whether the need must be told again. */
import { z } from 'zod';
import {
  addDuration,
  daysBetween,
  duration,
  earliest,
  ignored,
  instantSchema,
  latest,
  needIdSchema,
  orderIdSchema,
  retailerIdSchema,
  type Instant,
  type Outcome,
} from '../values.ts';
import { isAwaitingAnswer, withDueAt } from './due.ts';
import { lastCall } from './reorder/last-call.ts';
import { closeCycle, needIdOf, settleNeed, tell, type SupplyEvent, type Told } from './need.ts';
import { askedAbout, awakeDaysBetween, learnAnswer, learnAutomatic, type ApprovalWait } from './reorder/approval-wait.ts';
import { paidSchema } from './reorder/newsvendor.ts';
import { learnDelivery, type LeadTime } from './reorder/lead-time.ts';
import { noteArrival, stockPantry, watchEmptySlot } from './pantry.ts';
import { isModelled, outstandingOf, reorderPointOf, roundAmount, stockAt } from './stock.ts';
import { scored, type Followed } from './automation/score-cycle.ts';
import { amountSchema, orderStandingSchema, type FollowedOrder, type Need, type OrderStanding, type Supply } from './supply.ts';

/** An order as one supply sees it; amounts in base units over the whole order so far. */
export const orderForSupplySchema = z.strictObject({
  orderId: orderIdSchema,
  orderVersion: z.int().min(1),
  needId: needIdSchema,
  standing: orderStandingSchema,
  outstanding: amountSchema,
  received: amountSchema,
  /** What a pack of it costs. */
  price: paidSchema.omit({ at: true }).optional(),
  approvedAt: instantSchema.optional(),
  receivedAt: instantSchema.optional(),
  /** Whose yes it was; absent until there is one. */
  by: z.enum(['person', 'mandate']).optional(),
  /** When somebody could first be asked about it. */
  proposedAt: instantSchema.optional(),
  /** The shop that ended it without goods. */
  refusedBy: retailerIdSchema.optional(),
  /** How long its goods wait for the day on which the shop delivers, beyond the lead time that it had quoted. */
  slotDays: z.number().min(0).optional(),
});
export type OrderForSupply = z.infer<typeof orderForSupplySchema>;

const IS_FINISHED: Record<OrderStanding, boolean> = {
  proposed: false,
  asking: false,
  'on-order': false,
  received: true,
  declined: true,
  expired: true,
  nothing: true,
};
/** Kept with their versions, so that a late repeat of any of them changes nothing. */
const FINISHED_KEPT = 8;
/**
 * Goods that came are remembered by the moment up to which they are counted: once no need is open and no queue could still hold a word of an older
 * one, two are enough. Each costs 130 bytes of every write.
 */
const RECEIVED_KEPT = 2;
const QUEUES_KEEP = duration(4, 'days');

/**
 * Applies one order's state if it is newer than what is known of it, and ignores it otherwise.
 * @param timeZone where its people sleep at night @param household how long they take to answer, as the best-informed of their items knows it
 */
export function followOrder(
  supply: Supply,
  view: OrderForSupply,
  now: Instant,
  timeZone = 'Europe/Berlin',
  household?: ApprovalWait,
): Outcome<Supply, SupplyEvent> {
  const known = supply.orders[view.orderId];
  if (known && view.orderVersion <= known.orderVersion) return ignored('late');
  if (!known && isForgotten(supply, view)) return ignored('forgotten');
  const outstanding = view.standing === 'on-order' ? view.outstanding : 0;
  if (known?.standing === view.standing && known.outstanding === outstanding && known.received === view.received) return ignored('unchanged');

  const received = roundAmount(view.received - (known?.received ?? 0));
  const finished = IS_FINISHED[view.standing] ? { finishedAt: view.receivedAt ?? now } : {};
  const entry: FollowedOrder = { orderVersion: view.orderVersion, standing: view.standing, outstanding, received: view.received, ...finished };
  const heard: Supply = { ...supply, leadTime: learnApproval(supply.leadTime, view, { before: known?.standing, now, timeZone, household }) };
  const back = roundAmount((known?.received ?? 0) - view.received);
  const counted: Supply = { ...heard, orders: { ...supply.orders, [view.orderId]: entry } };
  const booked = back > 0 ? { supply: takenOut(counted, back, now), events: [] } : bookReceived(counted, view, received, now);
  const told = followStanding(booked, view, known?.standing, now);
  const settled = settleNeed({ ...told, supply: watchEmptySlot(told.supply, now) }, now, 'order');
  const judged = scored(supply, settled, now, 'order', followedIn(supply, view, received));
  return { kind: 'changed', state: withDueAt(dropOldest(judged.supply, now), now), events: judged.events };
}

/** Taken back after a yes: what had been on its way was not wanted after all. */
const followedIn = (before: Supply, view: OrderForSupply, received: number): Followed => {
  const known = before.orders[view.orderId];
  const cancelled = known?.standing === 'on-order' && view.standing === 'declined' ? known.outstanding : 0;
  // A sensor may have seen the goods, and so ended the cycle, before the shop says that they have come.
  const cycle = [before.cycle, before.cycle - 1].find((one) => needIdOf({ ...before, cycle: one }) === view.needId);
  return { orderId: view.orderId, cycle, byMandate: view.by === 'mandate', received, cancelled };
};

/** Finished orders are forgotten in the order in which they ended: one that ended before has been counted. */
const isForgotten = (supply: Supply, view: OrderForSupply): boolean =>
  IS_FINISHED[view.standing] && supply.forgottenUpTo !== undefined && view.receivedAt !== undefined && view.receivedAt <= supply.forgottenUpTo;

function bookReceived(supply: Supply, view: OrderForSupply, received: number, now: Instant): Told {
  const outstanding = outstandingOf(supply);
  if (received === 0) return { supply: stockPantry(supply, 0, outstanding), events: [] };
  const { householdId, supplyId, unit } = supply;
  const added = received - Math.min(supply.early, received);
  const stocked = noteArrival(withCounted(stockPantry(expectAnew(supply, received, now), received, outstanding), added), added, now);
  const lasted = view.standing === 'received' && view.approvedAt && view.receivedAt ? daysBetween(view.approvedAt, view.receivedAt) : 0;
  const leadTime = lasted > 0 ? learnDelivery(stocked.leadTime, lasted, view.slotDays) : stocked.leadTime;
  return {
    supply: { ...stocked, leadTime, ...(view.price && { paid: { ...view.price, at: now } }) },
    events: [{ type: 'supply.restocked', data: { householdId, supplyId, orderId: view.orderId, unit, amount: received } }],
  };
}

interface Answering {
  readonly before: OrderStanding | undefined;
  readonly now: Instant;
  readonly timeZone: string;
  readonly household: ApprovalWait | undefined;
}

/**
 * Goods of an order that went back leave the house: from outside the slot as far as they stand there. What a sensor sees it sees gone by itself;
 * where the model speaks, its estimate begins anew without them.
 */
function takenOut(supply: Supply, back: number, now: Instant): Supply {
  const { onHand, pantry } = stockAt(supply, now);
  const left = roundAmount(pantry - back);
  const withoutThem = stockPantry(withCounted(supply, -back), 0, outstandingOf(supply));
  if (!isModelled(supply, now)) return { ...withoutThem, pantry: roundAmount(supply.pantry - back) };
  const inHouse = roundAmount(onHand + pantry - back);
  if (!supply.lastReading) return { ...withoutThem, onHand: roundAmount(inHouse - left), pantry: left, sampledAt: now };
  return { ...withoutThem, pantry: roundAmount(supply.pantry - back), estimate: { stock: inHouse, asOf: now } };
}

/** How long the household took, learnt once for each order: with the first word that somebody, or a mandate, has said yes, or that nobody did. */
function learnApproval(leadTime: LeadTime, view: OrderForSupply, at: Answering): LeadTime {
  const { before, now, timeZone, household } = at;
  const { standing, approvedAt, proposedAt, by } = view;
  if (before !== undefined && before !== 'proposed' && before !== 'asking') return leadTime;
  const took = (until: Instant): number => (proposedAt === undefined ? 0 : awakeDaysBetween(proposedAt, until, timeZone));
  if (approvedAt !== undefined && by === 'mandate') return withApproval(leadTime, learnAutomatic(leadTime.approval));
  if (approvedAt !== undefined && by === 'person' && proposedAt !== undefined) return withApproval(leadTime, learnAnswer(leadTime.approval, took(approvedAt)));
  if (standing === 'expired' && proposedAt !== undefined) return withApproval(leadTime, learnAnswer(leadTime.approval, took(now)));
  return standing === 'asking' ? withApproval(leadTime, askedAbout(leadTime.approval, household)) : leadTime;
}

const withApproval = (leadTime: LeadTime, approval: LeadTime['approval']): LeadTime => (approval === undefined ? leadTime : { ...leadTime, approval });

/** What was counted, and what has come since. */
const withCounted = (supply: Supply, added: number): Supply =>
  supply.counted ? { ...supply, counted: { ...supply.counted, stock: supply.counted.stock + added } } : supply;

/** Where the model speaks, its estimate begins anew with the goods: what it believed used up before they came is not taken from them. */
function expectAnew(supply: Supply, received: number, now: Instant): Supply {
  if (!isModelled(supply, now)) return supply;
  const { onHand, pantry } = stockAt(supply, now);
  if (!supply.lastReading) return { ...supply, onHand, pantry, sampledAt: now };
  return { ...supply, estimate: { stock: roundAmount(onHand + pantry + received - Math.min(supply.early, received)), asOf: now } };
}

function followStanding(told: Told, view: OrderForSupply, before: OrderStanding | undefined, now: Instant): Told {
  const { supply, events } = told;
  const { need } = supply;
  if (need?.needId !== view.needId) return before === 'on-order' && view.standing === 'nothing' && !need ? tellNotDelivered(told, now) : told;
  switch (view.standing) {
    case 'proposed':
    case 'asking':
      return told;
    case 'on-order':
      return { supply: withStanding(supply, need, 'ordered'), events };
    case 'received':
      return { supply: closeCycle(supply), events };
    case 'declined':
      if (isOnlyJoined(supply, need, now)) return { supply: notAlong(supply, now), events };
      return { supply: withStanding(supply, need, 'declined', askedAgainAfterNo(supply, need, now)), events };
    case 'expired':
      if (isOnlyJoined(supply, need, now)) return { supply: notAlong(supply, now), events };
      return { supply: withStanding(supply, need, 'expired', askedAgainAfterSilence(supply, need, now)), events };
    case 'nothing':
      if (isOnlyJoined(supply, need, now)) return { supply: closeCycle(supply), events };
      if (before === 'on-order' || view.approvedAt) return tellNotDelivered({ ...told, supply: { ...supply, need: noteRefusal(need, view) } }, now);
      return { supply: withStanding(supply, need, 'expired', askedAgainAfterSilence(supply, need, now)), events };
  }
}

/** The newest last; a shop that refuses twice is one shop. */
function noteRefusal(need: Need, { refusedBy }: OrderForSupply): Need {
  if (refusedBy === undefined) return need;
  return { ...need, refusedBy: [...(need.refusedBy ?? []).filter((shop) => shop !== refusedBy), refusedBy].slice(-REFUSALS_KEPT) };
}
const REFUSALS_KEPT = 10;

/** It came along with an order and is not low by itself: whatever becomes of that order, nothing is missing. */
const isOnlyJoined = (supply: Supply, need: Need, now: Instant): boolean => need.joined === true && stockAt(supply, now).position > reorderPointOf(supply, now);

/** Its cycle is over without goods; it does not come along again until about the time when an order would have been used up. */
const notAlong = (supply: Supply, now: Instant): Supply => ({
  ...closeCycle(supply),
  notAlongBefore: addDuration(now, duration(supply.settings.coverDays, 'days')),
});

function withStanding(supply: Supply, need: Need, standing: Need['standing'], again: Partial<Need> = {}): Supply {
  const next = { ...need, standing };
  delete next.askAgainAt;
  delete next.askAgainAs;
  return { ...supply, need: { ...next, ...again } };
}

/**
 * After the last no of a cycle goods that come end it. Where none do, the household is taken to have managed without us for as long as
 * an order would have lasted: then the next cycle begins, for a supply that is never asked about again would run out for ever.
 */
const nextCycle = (supply: Supply, now: Instant): Partial<Need> => ({
  askAgainAs: 'next-cycle',
  askAgainAt: addDuration(latest(now, lastCall(supply, now).stockoutAt), duration(supply.settings.coverDays, 'days')),
});

const PAUSE_AFTER_NO = duration(24, 'hours');
const PAUSE_AFTER_SILENCE = duration(4, 'hours');

/** A no holds for the cycle, but for one question when the stock will not last the lead time, and never within a day. */
function askedAgainAfterNo(supply: Supply, need: Need, now: Instant): Partial<Need> {
  if (need.askedAgain) return nextCycle(supply, now);
  return { askAgainAs: 'asked-again', askAgainAt: latest(addDuration(now, PAUSE_AFTER_NO), lastCall(supply, now).orderBy) };
}

/** Nobody answered: asked once more, before it runs out even if that is soon. */
function askedAgainAfterSilence(supply: Supply, need: Need, now: Instant): Partial<Need> {
  if (need.askedAgain) return nextCycle(supply, now);
  const { stockoutAt, orderBy } = lastCall(supply, now);
  return { askAgainAs: 'asked-again', askAgainAt: latest(now, earliest(stockoutAt, latest(addDuration(now, PAUSE_AFTER_SILENCE), orderBy))) };
}

/** A shop that takes and fails every order of a cycle gets the next one at once so often, then once a day. */
const ROUNDS_AT_ONCE = 5;
const PAUSE_AFTER_FAILURES = duration(24, 'hours');

function tellNotDelivered(told: Told, now: Instant): Told {
  const { supply, events } = told;
  const { need } = supply;
  if (stockAt(supply, now).position > reorderPointOf(supply, now)) return need ? { supply: closeCycle(supply), events } : told;
  if (!need) return isAwaitingAnswer(supply) ? told : tell(told, now, 'not-delivered');
  if (need.round < ROUNDS_AT_ONCE && !isAwaitingAnswer(supply)) return tell(told, now, 'not-delivered');
  const again = { askAgainAs: 'not-delivered', askAgainAt: addDuration(now, PAUSE_AFTER_FAILURES) } as const;
  return { supply: withStanding(supply, need, 'expired', again), events };
}

function dropOldest(supply: Supply, now: Instant): Supply {
  const finished = Object.entries(supply.orders)
    .flatMap(([orderId, { finishedAt, standing }]) => (finishedAt ? [{ orderId, finishedAt, standing }] : []))
    .sort((a, b) => (a.finishedAt === b.finishedAt ? (a.orderId < b.orderId ? -1 : 1) : a.finishedAt < b.finishedAt ? -1 : 1));
  const tooMany = finished.slice(0, Math.max(0, finished.length - FINISHED_KEPT));
  const received = supply.need ? [] : finished.filter(({ standing }) => standing === 'received');
  const counted = received.slice(0, -RECEIVED_KEPT).filter(({ finishedAt }) => now >= addDuration(finishedAt, QUEUES_KEEP));
  const last = [...tooMany, ...counted].sort((a, b) => (a.finishedAt < b.finishedAt ? -1 : 1)).at(-1);
  if (!last) return supply;
  const gone = new Set<string>([...tooMany, ...counted].map(({ orderId }) => orderId));
  const orders = Object.fromEntries(Object.entries(supply.orders).filter(([orderId]) => !gone.has(orderId)));
  return { ...supply, orders, forgottenUpTo: latest(supply.forgottenUpTo ?? last.finishedAt, last.finishedAt) };
}
