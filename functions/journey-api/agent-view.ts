/** Everything that is known of a household, as somebody needs it who has it on the telephone: troubles first, and no more of its people than that takes. */
import { z } from 'zod';
import { deviceOverview, deviceOverviewSchema } from '../../shared/household/device-overview.ts';
import { householdSchema, isInHouse, isMember, memberSchema, type Household } from '../../shared/household/household.ts';
import { lastAnswer, noPrivacyYet, purposeSchema, standing } from '../../shared/household/privacy.ts';
import { purposeNames, purposes } from '../../shared/household/purposes.ts';
import { tierStanding, tierStandingSchema } from '../../shared/household/tier.ts';
import { mandateViewSchema, viewMandate } from '../../shared/order/mandate/mandate-standing.ts';
import { emptySpend } from '../../shared/order/mandate/spend.ts';
import { isTerminal } from '../../shared/order/order-state.ts';
import { lookSchema } from '../../shared/support/look.ts';
import { supplyOverview, supplyOverviewSchema } from '../../shared/supply/overview.ts';
import { instantSchema, moneySchema, orderIdSchema, type Instant, type RetailerId, type ThingName } from '../../shared/values.ts';
import { caseView, viewOf } from '../household-api/case-routes.ts';
import { shopNames, shopNamesSchema } from '../household-api/shop-names.ts';
import { householdPk, keys, kinds, type StoredOrder } from '../runtime/aggregates.ts';
import { list, load } from '../runtime/store.ts';

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
  cases: z.array(caseView),
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

export async function viewHousehold(household: Household, now: Instant): Promise<HouseholdView> {
  const { householdId, timeZone } = household;
  const pk = householdPk(householdId);
  const states = async <State>(found: Promise<{ readonly state: State }[]>): Promise<State[]> => (await found).map(({ state }) => state);
  const [members, devices, supplies, orders, cases, looks] = await Promise.all([
    states(list(kinds.member, pk, 'MEMBER#')),
    states(list(kinds.device, pk, 'DEVICE#')),
    states(list(kinds.supply, pk, 'SUPPLY#')),
    states(list(kinds.order, pk, 'ORDER#')),
    states(list(kinds.case, pk, 'CASE#')),
    states(list(kinds.look, pk, 'AUDIT#', 5_000)),
  ]);
  const [spend, rhythm, privacy] = await Promise.all([
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
    cases: await Promise.all(cases.sort((a, b) => byNewest(a.changedAt, b.changedAt)).map((one) => viewOf(one, { kind: 'operator' }))),
    // Whoever looks after a household ends nothing in its name.
    mandates: Object.values(account.mandates).map((mandate) => viewMandate(mandate, account, { role: 'guest' }, { now, timeZone })),
    tier: tierStanding(rhythm?.state, now),
    shops,
    consents: purposeNames
      .filter((purpose) => purposes[purpose].scope === 'household')
      .map((purpose) => ({ purpose, standing: standing(known, purpose), ...sinceOf(lastAnswer(known, purpose)?.at) })),
    looks: looks.reverse().slice(0, LOOKS_SHOWN),
  };
}

const sinceOf = (since: Instant | undefined) => (since === undefined ? {} : { since });

function ordersShown(orders: readonly StoredOrder[], names: ReadonlyMap<RetailerId, string>): HouseholdView['orders'] {
  const newest = orders.map(({ order }) => order).sort((a, b) => byNewest(a.proposedAt, b.proposedAt));
  const [open, ended] = [newest.filter(({ status }) => !isTerminal[status]), newest.filter(({ status }) => isTerminal[status])];
  return [...open, ...ended.slice(0, ENDED_SHOWN)].map(({ orderId, status, retailerId, quote, proposedAt }) => ({
    ...{ orderId, status, proposedAt, total: quote.total, shop: names.get(retailerId) ?? retailerId },
    goods: quote.lineItems.slice(0, GOODS_SHOWN).map(({ title, quantity }) => `${quantity} × ${title}`),
  }));
}
