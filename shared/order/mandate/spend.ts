/**
 * SPEND: all mandates of a household and what has been bought under each, in one item, so that one conditional write keeps
 * every cap. Money is reserved before an order is approved, and settled or released when the order has ended. Orders that a
 * person approved do not count.
 */
import { z } from 'zod';
import type { Quote } from '../../event-parts.ts';
import type { EventOf } from '../../events.ts';
import {
  addDuration,
  duration,
  euros,
  householdIdSchema,
  ignored,
  localMonth,
  mandateIdSchema,
  millisOf,
  orderIdSchema,
  rejected,
  unreachable,
  type HouseholdId,
  type Instant,
  type MandateId,
  type MemberId,
  type Money,
  type OrderId,
  type Outcome,
} from '../../values.ts';
import type { OrderStanding } from '../../supply/supply.ts';
import { automaticFields, emptyAutomatic, lift, stop, tooMuch, withBought, withCharged } from '../automatic.ts';
import type { SupplyForecast } from './brake.ts';
import { coverage, endMandate, grantMandate, mandateSchema, pauseMandate, resumeMandate, spendViewSchema, type Mandate, type MandateGrant } from './mandate.ts';
import { QUOTE_VALID_MAX } from '../quote.ts';
import { closedAsSchema, corrected, withMonths } from './spend-late.ts';
import type { Stop, StopId } from './stop.ts';

/** Limits of the item: 24 mandates of 200 products are 90 KB, far from the store's 400 KB. */
export const MANDATES_MAX = 24;
export const OPEN_MAX = 100;
export const CLOSED_MAX = 256;
const MONTHS_KEPT = 15;
/** Twice the week that the frequency rule looks at, for runs whose `now` is a little behind. */
const APPROVALS_KEPT = duration(14, 'days');

export const spendSchema = z.strictObject({
  householdId: householdIdSchema,
  mandates: z.record(mandateIdSchema, mandateSchema),
  ...spendViewSchema.shape,
  /** Orders that were settled or released, the newest last: a late repeat must not reserve again. */
  closed: z.array(orderIdSchema).max(CLOSED_MAX),
  /** Of the last of those: what was counted for them, should the shop think again. */
  closedAs: closedAsSchema.optional(),
  ...automaticFields,
});
export type Spend = z.infer<typeof spendSchema>;
export const emptySpend = (householdId: HouseholdId): Spend => ({
  ...{ householdId, mandates: {}, open: {}, settled: {}, recentApprovals: {}, closed: [] },
  ...emptyAutomatic,
});

/** What the sweep has to know about an order that holds money. */
export interface OrderSeen {
  readonly standing: OrderStanding;
  /** The mandate that approved it, if one did. */
  readonly mandateId?: MandateId;
  /** What the shop charged, once it is known. */
  readonly total?: Money;
}

export type SpendCommand =
  | { readonly type: 'grant'; readonly mandate: MandateGrant }
  | { readonly type: 'pause' | 'resume'; readonly mandateId: MandateId; readonly memberId: MemberId }
  | { readonly type: 'end'; readonly mandateId: MandateId; readonly ending: NonNullable<Mandate['ending']> }
  /** Its granter is no longer of the household: a permission does not outlive the person's say in it. */
  | { readonly type: 'member-left'; readonly memberId: MemberId; readonly now: Instant }
  | { readonly type: 'stop'; readonly stop: Stop }
  | { readonly type: 'lift'; readonly stopId: StopId; readonly memberId: MemberId; readonly now: Instant }
  | {
      readonly type: 'reserve';
      readonly orderId: OrderId;
      readonly mandateId: MandateId;
      readonly quote: Quote;
      readonly now: Instant;
      readonly timeZone: string;
      /** Of the supplies that the brake asks for; without them it does not look. */
      readonly forecasts?: readonly SupplyForecast[];
    }
  | { readonly type: 'release'; readonly orderId: OrderId }
  | { readonly type: 'settle'; readonly orderId: OrderId; readonly actual: Money }
  | { readonly type: 'sweep'; readonly orders: Readonly<Record<OrderId, OrderSeen>>; readonly now: Instant };

export type SpendOutcome = Outcome<Spend, EventOf<'mandate' | 'spending'>>;

export function decideSpend(spend: Spend, command: SpendCommand): SpendOutcome {
  switch (command.type) {
    case 'grant':
      return grant(spend, command.mandate);
    case 'pause':
      return withMandate(spend, command.mandateId, (mandate) => pauseMandate(mandate, command.memberId));
    case 'resume':
      return withMandate(spend, command.mandateId, (mandate) => resumeMandate(mandate, command.memberId));
    case 'end':
      return withMandate(spend, command.mandateId, (mandate) => endMandate(mandate, command.ending));
    case 'member-left':
      return memberLeft(spend, command);
    case 'stop':
      return withAutomatic(spend, stop(spend, spend.householdId, command.stop));
    case 'lift':
      return withAutomatic(spend, lift(spend, spend.householdId, command));
    case 'reserve':
      return reserve(spend, command);
    case 'release':
      return release(spend, command.orderId);
    case 'settle':
      return settle(spend, command.orderId, command.actual);
    case 'sweep':
      return sweep(spend, command);
    default:
      return unreachable(command);
  }
}

function grant(spend: Spend, mandate: MandateGrant): SpendOutcome {
  if (mandate.householdId !== spend.householdId) return rejected('foreign-household');
  const known = spend.mandates[mandate.mandateId];
  if (known) return known.evidence.termsHash === mandate.evidence.termsHash ? ignored('already-granted') : rejected('another-mandate-has-this-id');
  const granted = grantMandate(mandate);
  if (granted.kind !== 'changed') return granted;
  const mandates = roomForOne(spend);
  if (!mandates) return rejected('too-many-mandates');
  return { kind: 'changed', state: { ...spend, mandates: { ...mandates, [mandate.mandateId]: granted.state } }, events: granted.events };
}

/** A full item forgets the ended mandate that ended first and holds no money; each order approved under it keeps a copy in its record. */
function roomForOne(spend: Spend): Spend['mandates'] | undefined {
  const all = Object.values(spend.mandates);
  if (all.length < MANDATES_MAX) return spend.mandates;
  const holding = new Set(Object.values(spend.open).map(({ mandateId }) => mandateId));
  const [oldest] = all.filter(({ state, mandateId }) => state === 'ended' && !holding.has(mandateId)).sort((a, b) => (a.endsAt < b.endsAt ? -1 : 1));
  return oldest && without(spend.mandates, oldest.mandateId);
}

function withMandate(spend: Spend, mandateId: MandateId, change: (mandate: Mandate) => Outcome<Mandate, EventOf<'mandate'>>): SpendOutcome {
  const mandate = spend.mandates[mandateId];
  if (!mandate) return rejected('unknown-mandate');
  const changed = change(mandate);
  return changed.kind === 'changed' ? { ...changed, state: { ...spend, mandates: { ...spend.mandates, [mandateId]: changed.state } } } : changed;
}

function memberLeft(spend: Spend, { memberId, now }: Extract<SpendCommand, { type: 'member-left' }>): SpendOutcome {
  const theirs = Object.values(spend.mandates).filter((mandate) => mandate.grantedBy === memberId && mandate.state !== 'ended');
  if (theirs.length === 0) return ignored('granted-none');
  return theirs.reduce<Extract<SpendOutcome, { kind: 'changed' }>>(
    (before, { mandateId }) => {
      const ended = withMandate(before.state, mandateId, (mandate) => endMandate(mandate, { at: now, memberId, because: 'member-left' }));
      return ended.kind === 'changed' ? { ...ended, events: [...before.events, ...ended.events] } : before;
    },
    { kind: 'changed', state: spend, events: [] },
  );
}

const withAutomatic = (spend: Spend, step: ReturnType<typeof stop>): SpendOutcome =>
  step.kind === 'changed' ? { kind: 'changed', state: { ...spend, ...step.change }, events: step.events } : step;

/**
 * Checks every rule of the mandate again, in the very write that books the money: two orders at once cannot both take the rest. Money that
 * runs away from the forecast is not booked: the same write stops the household's automatic buying, and the next judgement asks.
 */
function reserve(spend: Spend, command: Extract<SpendCommand, { type: 'reserve' }>): SpendOutcome {
  const { orderId, mandateId, quote, now, timeZone, forecasts } = command;
  const open = spend.open[orderId];
  if (open && open.mandateId !== mandateId) return rejected('reserved-under-another-mandate');
  if (open) return open.amount.amountMinor === quote.total.amountMinor ? ignored('already-reserved') : rejected('reserved-for-another-sum');
  if (spend.closed.includes(orderId)) return rejected('already-closed');
  if (Object.keys(spend.open).length >= OPEN_MAX) return rejected('too-many-open-orders');
  const mandate = spend.mandates[mandateId];
  if (!mandate) return rejected('unknown-mandate');
  const { covered, rules } = coverage(mandate, spend, quote, now, timeZone);
  if (!covered) return rejected(`not-covered: ${rules.flatMap(({ rule, passed }) => (passed ? [] : [rule])).join(', ')}`);
  const buying = forecasts && { orderId, quote, forecasts, now };
  const figures = buying && tooMuch(spend, buying);
  if (figures) return withAutomatic(spend, stop(spend, spend.householdId, { kind: 'brake', stopId: 'household', at: now, figures }));
  const approvals = (spend.recentApprovals[mandateId] ?? []).filter((at) => millisOf(at) > millisOf(now) - APPROVALS_KEPT);
  return {
    kind: 'changed',
    state: {
      ...spend,
      open: { ...spend.open, [orderId]: { mandateId, amount: quote.total, month: localMonth(now, timeZone), reservedAt: now } },
      recentApprovals: { ...spend.recentApprovals, [mandateId]: [...approvals, now].slice(-200) },
      ...(buying && withBought(spend, buying)),
    },
    events: [],
  };
}

/** The order came to nothing, so it counts neither as money nor as one of the week. */
function release(spend: Spend, orderId: OrderId): SpendOutcome {
  const open = spend.open[orderId];
  if (!open) return ignored('not-reserved');
  const approvals = spend.recentApprovals[open.mandateId] ?? [];
  const index = approvals.indexOf(open.reservedAt);
  return {
    kind: 'changed',
    state: {
      ...close(spend, orderId, euros(0)),
      recentApprovals: { ...spend.recentApprovals, [open.mandateId]: approvals.filter((_, at) => at !== index) },
      automatic: without(spend.automatic, orderId),
    },
    events: [],
  };
}

function settle(spend: Spend, orderId: OrderId, actual: Money): SpendOutcome {
  const open = spend.open[orderId];
  if (!open) return ignored('not-reserved');
  if (actual.amountMinor > open.amount.amountMinor) return rejected('above-reserved');
  const months = spend.settled[open.mandateId] ?? {};
  const sum = euros((months[open.month]?.amountMinor ?? 0) + actual.amountMinor);
  const kept = Object.entries({ ...months, [open.month]: sum })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(-MONTHS_KEPT);
  const automatic = withCharged(spend, orderId, actual);
  const state = { ...close(spend, orderId, actual), settled: withMonths(spend.settled, open.mandateId, Object.fromEntries(kept)), automatic };
  return { kind: 'changed', state, events: [] };
}

function close(spend: Spend, orderId: OrderId, counted: Money): Spend {
  const closed = [...spend.closed, orderId].slice(-CLOSED_MAX);
  const { mandateId, month, reservedAt, amount } = spend.open[orderId] ?? {};
  const known =
    mandateId && month && reservedAt && amount ? { ...spend.closedAs, [orderId]: { mandateId, month, reservedAt, reserved: amount, counted } } : spend.closedAs;
  const lately = new Set<string>(closed.slice(-CLOSED_AS_MAX));
  const kept = Object.fromEntries(Object.entries(known ?? {}).filter(([id]) => lately.has(id)));
  return { ...spend, open: without(spend.open, orderId), closed, closedAs: kept };
}
/** A shop thinks again within days. */
const CLOSED_AS_MAX = 64;

function without<Value>(record: Readonly<Record<string, Value>>, key: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== key));
}

/** Repairs what a crash between two writes left behind, from how the orders that hold money stand now. */
function sweep(spend: Spend, { orders, now }: Extract<SpendCommand, { type: 'sweep' }>): SpendOutcome {
  const repaired = Object.keys(spend.open).reduce<Spend>((state, id) => {
    const orderId = orderIdSchema.parse(id);
    const step = sweepOne(state, orderId, orders[orderId], now);
    return step.kind === 'changed' ? step.state : state;
  }, spend);
  const right = Object.entries(orders).reduce<Spend>((state, [id, order]) => corrected(state, orderIdSchema.parse(id), order) ?? state, repaired);
  return right === spend ? ignored('nothing-left-behind') : { kind: 'changed', state: right, events: [] };
}

function sweepOne(spend: Spend, orderId: OrderId, order: OrderSeen | undefined, now: Instant): SpendOutcome {
  const open = spend.open[orderId];
  if (!open) return ignored('not-reserved');
  // Whoever reserved may still be about to approve; only when no quote of that time can be valid any more is it certain that nobody will.
  const mayStillBeApproved = now < addDuration(open.reservedAt, QUOTE_VALID_MAX);
  if (!order || order.standing === 'proposed') return mayStillBeApproved ? ignored('may-still-be-approved') : release(spend, orderId);
  const approvedHere = order.mandateId === open.mandateId;
  if (order.standing === 'on-order' && approvedHere) return ignored('on-order');
  if (order.standing === 'received' && approvedHere) return settle(spend, orderId, order.total ?? open.amount);
  return release(spend, orderId);
}
