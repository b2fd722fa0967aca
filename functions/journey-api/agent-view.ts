/** Everything that is known of a household, as somebody needs it who has it on the telephone: troubles first, and no more of its people than that takes. */
import { z } from 'zod';
import { deviceOverview, deviceOverviewSchema } from '../../shared/household/device-overview.ts';
import { householdSchema, isInHouse, isMember, memberSchema, type Household, type Member } from '../../shared/household/household.ts';
import { lastAnswer, noPrivacyYet, purposeSchema, standing } from '../../shared/household/privacy.ts';
import { purposeNames, purposes } from '../../shared/household/purposes.ts';
import { tierStanding, tierStandingSchema } from '../../shared/household/tier.ts';
import { mandateViewSchema, viewMandate } from '../../shared/order/mandate/mandate-standing.ts';
import { emptySpend } from '../../shared/order/mandate/spend.ts';
import { isTerminal } from '../../shared/order/order-state.ts';
import { caseActions, type Case } from '../../shared/support/case.ts';
import { lookSchema } from '../../shared/support/look.ts';
import { supplyOverview, supplyOverviewSchema } from '../../shared/supply/overview.ts';
import {
  instantSchema,
  moneySchema,
  orderIdSchema,
  type HouseholdId,
  type Instant,
  type OrderId,
  type RetailerId,
  type ThingName,
} from '../../shared/values.ts';
import { caseView, viewAmong } from '../household-api/case-routes.ts';
import { shopNames, shopNamesSchema } from '../household-api/shop-names.ts';
import { householdPk, keys, kinds, type StoredOrder } from '../runtime/aggregates.ts';
import { list, listNewest, load } from '../runtime/store.ts';
import { ordersHeardOf, type Step } from './lately.ts';

const orderLineSchema = z.object({
  orderId: orderIdSchema,
  status: z.string(),
  shop: z.string(),
  total: moneySchema,
  goods: z.array(z.string()),
  proposedAt: instantSchema,
});

export const householdViewSchema = z.object({
  /** What nobody eats says something about health or faith, and is nobody's business here. */
  household: householdSchema.pick({ householdId: true, name: true, language: true, timeZone: true, address: true, createdAt: true }).strip(),
  members: z.array(memberSchema.pick({ memberId: true, name: true, role: true, joinedAt: true }).strip()),
  devices: z.array(deviceOverviewSchema),
  supplies: z.array(supplyOverviewSchema),
  /** Those under way, and the last that have ended; the newest first. */
  orders: z.array(orderLineSchema),
  /** Those that are not solved, and the last that are. */
  cases: z.array(
    caseView.extend({
      actions: z.array(z.enum(['answer', 'solve', 'reopen'])),
      /** Words and calls of theirs until it was solved, or until now. */
      contacts: z.int().min(0),
      /** How often it came back. */
      returns: z.int().min(0),
    }),
  ),
  mandates: z.array(mandateViewSchema),
  tier: tierStandingSchema,
  shops: shopNamesSchema,
  consents: z.array(z.object({ purpose: purposeSchema, standing: z.enum(['given', 'withdrawn']), since: instantSchema.optional() })),
  /** Who has looked here before, the newest first. */
  looks: z.array(lookSchema),
});
export type HouseholdView = z.infer<typeof householdViewSchema>;

const ENDED_SHOWN = 3;
const LOOKS_SHOWN = 10;
const GOODS_SHOWN = 6;
const byNewest = (a: string, b: string): number => (a < b ? 1 : -1);

const CASES_SHOWN = 8;
/** Whoever waits longer for a delivery is among the orders that a supply waits for. */
const ORDERS_LOOKED_AT = 12;
const ORDERS_WAITED_FOR = 40;

/** @param steps of the last months: orders that nothing was heard of for so long have ended */
export async function viewHousehold(household: Household, steps: readonly Step[], now: Instant): Promise<HouseholdView> {
  const { householdId, timeZone } = household;
  const pk = householdPk(householdId);
  const states = async <State>(found: Promise<{ readonly state: State }[]>): Promise<State[]> => (await found).map(({ state }) => state);
  const [members, devices, supplies, cases, looks] = await Promise.all([
    states(list(kinds.member, pk, 'MEMBER#')),
    states(list(kinds.device, pk, 'DEVICE#')),
    states(list(kinds.supply, pk, 'SUPPLY#')),
    states(list(kinds.case, pk, 'CASE#')),
    states(listNewest(kinds.look, pk, { from: 'AUDIT#', to: 'AUDIT#~', limit: LOOKS_SHOWN })),
  ]);
  const shownCases = casesShown(cases);
  const waited = [
    ...supplies.flatMap((supply) => Object.keys(supply.orders).map((orderId) => orderIdSchema.parse(orderId))),
    ...shownCases.flatMap(({ about }) => (about.kind === 'order' ? [about.orderId] : [])),
  ].slice(0, ORDERS_WAITED_FOR);
  const [orders, spend, rhythm, privacy] = await Promise.all([
    readOrders(householdId, [...new Set([...waited, ...ordersHeardOf(steps).slice(0, ORDERS_LOOKED_AT)])]),
    load(kinds.spend, keys.spend(householdId)),
    load(kinds.rhythm, keys.rhythm(householdId)),
    load(kinds.privacy, keys.privacy(householdId)),
  ]);
  const known = privacy?.state ?? noPrivacyYet(householdId);
  const account = spend?.state ?? emptySpend(householdId);
  const shops = await shopNames([...household.shops.map(({ retailerId }) => retailerId), ...orders.map(({ order }) => order.retailerId)]);
  const readAt = (thing: ThingName) => supplies.flatMap((supply) => (supply.thing === thing ? (supply.lastReading?.sampledAt ?? []) : []));
  return {
    household,
    members: members.filter(isMember),
    devices: devices.flatMap((device) => (isInHouse(device) ? [deviceOverview(device, now, readAt(device.thing))] : [])),
    supplies: supplies.flatMap((supply) => (supply.removedAt === undefined ? [supplyOverview(supply, now)] : [])),
    orders: ordersShown(orders, new Map(shops.map(({ retailerId, name }) => [retailerId, name]))),
    cases: shownCases.map((one) => caseShown(one, members, steps)),
    // Whoever looks after a household ends nothing in its name.
    mandates: Object.values(account.mandates).map((mandate) => viewMandate(mandate, account, { role: 'guest' }, { now, timeZone })),
    tier: tierStanding(rhythm?.state, now),
    shops,
    consents: purposeNames
      .filter((purpose) => purposes[purpose].scope === 'household')
      .map((purpose) => ({ purpose, standing: standing(known, purpose), ...sinceOf(lastAnswer(known, purpose)?.at) })),
    looks,
  };
}

const sinceOf = (since: Instant | undefined) => (since === undefined ? {} : { since });

async function readOrders(householdId: HouseholdId, orderIds: readonly OrderId[]): Promise<StoredOrder[]> {
  const found = await Promise.all(orderIds.map((orderId) => load(kinds.order, keys.order(householdId, orderId))));
  return found.flatMap((stored) => stored?.state ?? []);
}

const CONTACTS: ReadonlySet<string> = new Set(['case.opened', 'case.added', 'case.reopened', 'call.received']);

function caseShown(one: Case, members: readonly Member[], steps: readonly Step[]): HouseholdView['cases'][number] {
  const of = steps.filter(({ about }) => about === one.caseId);
  const view = viewAmong(one, { kind: 'operator' }, members);
  // What has just been written is not a step yet.
  const said = one.messages.filter(({ by }) => by.kind === 'member').length;
  return {
    ...view,
    actions: caseActions[one.status].filter((action) => action !== 'write'),
    contacts: Math.max(said, of.filter(({ type }) => CONTACTS.has(type)).length),
    returns: Math.max(one.status === 'reopened' ? 1 : 0, of.filter(({ type }) => type === 'case.reopened').length),
  };
}

/** All that are not solved, and the last that are. */
function casesShown(cases: readonly Case[]): Case[] {
  const newest = cases.toSorted((a, b) => byNewest(a.changedAt, b.changedAt));
  const open = newest.filter(({ status }) => status !== 'solved');
  return [...open, ...newest.filter(({ status }) => status === 'solved').slice(0, CASES_SHOWN)];
}

function ordersShown(orders: readonly StoredOrder[], names: ReadonlyMap<RetailerId, string>): HouseholdView['orders'] {
  const newest = orders.map(({ order }) => order).sort((a, b) => byNewest(a.proposedAt, b.proposedAt));
  const [open, ended] = [newest.filter(({ status }) => !isTerminal[status]), newest.filter(({ status }) => isTerminal[status])];
  return [...open, ...ended.slice(0, ENDED_SHOWN)].map(({ orderId, status, retailerId, quote, proposedAt }) => ({
    ...{ orderId, status, proposedAt, total: quote.total, shop: names.get(retailerId) ?? retailerId },
    goods: quote.lineItems.slice(0, GOODS_SHOWN).map(({ title, quantity }) => `${quantity} × ${title}`),
  }));
}
