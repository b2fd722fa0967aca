/**
 * Reserves under a mandate, then approves if the order is still proposed, otherwise releases: two items, two steps, each safe to
 * repeat after a crash between them. What no mandate covers asks a person, unless one covers it without what only came along.
 */
import type { Quote } from '../../shared/event-parts.ts';
import { approvalExpiresAt } from '../../shared/order/order-due.ts';
import { chooseMandate, type MandateChoice } from '../../shared/order/mandate/mandate.ts';
import type { Order } from '../../shared/order/order-state.ts';
import { recordDecision, type DecisionRecord } from '../../shared/order/record.ts';
import { decideSpend, emptySpend, type Spend } from '../../shared/order/mandate/spend.ts';
import { withoutJoined, type Trimmed } from '../../shared/order/without-joined.ts';
import type { HouseholdId, Instant, MandateId, OrderId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { logger } from '../runtime/log.ts';
import { commandOrder } from '../runtime/order.ts';
import { change, load } from '../runtime/store.ts';
import { endMandatesOfLeavers } from './end-mandates.ts';
import { forecastsFor } from './forecasts.ts';
import { hasObjected, objectionRule, withoutMandates } from './profiling-objection.ts';
import { settleSpend } from './settle-spend.ts';

interface About {
  readonly householdId: HouseholdId;
  readonly orderId: OrderId;
}

/** Two orders may want the last of a cap at once, the brake may stop all, a granter may have left: judged again by what is then. */
const ROUNDS_MAX = 4;

export async function decideProposal(about: About, now: Instant): Promise<void> {
  const stored = (await load(kinds.order, keys.order(about.householdId, about.orderId)))?.state;
  if (stored?.order.status !== 'proposed') return;
  const { order, record } = stored;
  const household = await load(kinds.household, keys.household(about.householdId));
  if (household === undefined) throw new Error(`${about.orderId} belongs to ${about.householdId}, which does not exist`);
  const { timeZone } = household.state;
  const isObjected = await hasObjected(about.householdId);
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const before = (await load(kinds.spend, keys.spend(about.householdId)))?.state ?? emptySpend(about.householdId);
    if (await endMandatesOfLeavers(before, now)) continue;
    const spend = isObjected ? withoutMandates(before) : before;
    const judged = judge(about, { order, record }, { spend, now, timeZone });
    const { choice } = judged;
    if (choice.mandateId === undefined) return ask(about, order, { ...judged, choice: isObjected ? { ...choice, rulesFailed: [objectionRule] } : choice });
    if (await reserve(about, judged, choice.mandateId)) return approve(about, order, judged, choice.mandateId);
  }
  throw new Error(`${about.orderId}: the mandate's limits changed ${String(ROUNDS_MAX)} times while it was decided`);
}

interface Known {
  readonly spend: Spend;
  readonly now: Instant;
  readonly timeZone: string;
}
interface Judged extends Known {
  /** What would be bought. */
  readonly quote: Quote;
  readonly trimmed?: Trimmed | undefined;
  readonly choice: MandateChoice;
}

/** All of it, if a mandate covers that; else without what came along, if one covers that; else all of it asks. */
function judge({ orderId }: About, { order: { quote }, record }: { order: Order; record: DecisionRecord }, known: Known): Judged {
  const { spend, now, timeZone } = known;
  // What was reserved for this very order before a crash must not count against it, and says which of the two it was reserved for.
  const others = withoutOrder(spend, orderId);
  const reserved = spend.open[orderId]?.amount.amountMinor;
  const choose = (judged: Quote) => chooseMandate(Object.values(spend.mandates), others, judged, now, timeZone, record.proposal.needs);
  const all = { ...known, quote, choice: choose(quote) };
  if (all.choice.mandateId !== undefined && (reserved === undefined || reserved === quote.total.amountMinor)) return all;
  const trimmed = withoutJoined(record, quote);
  const choice = trimmed && choose(trimmed.quote);
  return choice?.mandateId === undefined || trimmed === undefined ? all : { ...known, quote: trimmed.quote, trimmed, choice };
}

const withoutOrder = (spend: Spend, orderId: OrderId): Spend => {
  const outcome = decideSpend(spend, { type: 'release', orderId });
  return outcome.kind === 'changed' ? outcome.state : spend;
};

/** False when the limits have changed, or when the brake has stopped everything in this very write. */
async function reserve(about: About, { quote, spend: before, now, timeZone }: Judged, mandateId: MandateId): Promise<boolean> {
  const { householdId, orderId } = about;
  const forecasts = await forecastsFor(before, quote, now);
  const result = await change(kinds.spend, keys.spend(householdId), (spend) =>
    decideSpend(spend ?? emptySpend(householdId), { type: 'reserve', orderId, mandateId, quote, now, timeZone, forecasts }),
  );
  return result.kind === 'changed' ? result.state.open[orderId] !== undefined : result.kind === 'ignored';
}

async function approve(about: About, order: Order, judged: Judged, mandateId: MandateId): Promise<void> {
  const { spend, choice, trimmed, now, timeZone } = judged;
  const by = { kind: 'mandate', mandateId } as const;
  const judgedFrom = withoutOrder(spend, about.orderId);
  const result = await commandOrder(about, { type: 'approve', by, quoteHash: order.quote.hash, now, trimmed: trimmed?.quote }, now, (record) =>
    recordDecision(record, judgedFrom, choice, now, timeZone, trimmed?.without),
  );
  // A person was faster, or the quote ended in between: then this money is not needed.
  if (result.kind !== 'changed') await settleSpend(about, now);
  logger.info('decided', { ...about, by: mandateId, result: result.kind, leftOut: trimmed?.without.length ?? 0 });
}

async function ask(about: About, { quote }: Order, { spend, choice, now, timeZone }: Judged): Promise<void> {
  const command = { type: 'requestApproval', expiresAt: approvalExpiresAt(quote, now), rulesFailed: choice.rulesFailed, quoteHash: quote.hash } as const;
  await commandOrder(about, command, now, (record) => recordDecision(record, withoutOrder(spend, about.orderId), choice, now, timeZone));
}
