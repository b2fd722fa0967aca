/** What it would bring not to order today: another item is low soon, and one delivery would do for both. Told to whoever decides. */
import type { Waiting } from '../event-parts.ts';
import { daysToOwnOrder } from '../supply/reorder/join.ts';
import { effectiveDays } from '../supply/reorder/lead-time.ts';
import { forecastOfSnapshot, type SupplySnapshot } from '../supply/snapshot.ts';
import { addDuration, duration, euros, type Instant, type SupplyId } from '../values.ts';
import type { Joinable } from './come-along.ts';
import { draftOf, type OrderDraft } from './order-draft.ts';

/** Further ahead nobody plans a shopping trip. */
const WAIT_DAYS_MAX = 7;
/** More likely than not it runs out: then waiting is no advice. */
const RISK_MAX = 0.5;

/** @param others items that are not low and stayed out @param figures of what the order holds; a supply without is left out of the risk */
export function worthWaiting(
  { shop, quote, wanted }: OrderDraft,
  others: readonly Joinable[],
  figures: ReadonlyMap<SupplyId, SupplySnapshot>,
  now: Instant,
): Waiting | undefined {
  const inOrder = new Set(quote.lineItems.map(({ supplyId }) => supplyId));
  const low = quote.lineItems.filter(({ joined }) => joined === undefined).flatMap(({ supplyId }) => figures.get(supplyId) ?? []);
  const company = others
    .filter((other) => !inOrder.has(other.wanted.supplyId))
    .map((other) => ({ other, days: daysToOwnOrder(other.figures) }))
    .filter(({ days }) => days > 0 && days <= WAIT_DAYS_MAX)
    .sort((a, b) => a.days - b.days || (a.other.wanted.needId < b.other.wanted.needId ? -1 : 1));
  for (const { other, days } of company) {
    const alone = draftOf(shop, [other.wanted], now);
    const together = draftOf(shop, [...wanted, other.wanted], now);
    if (alone === undefined || together === undefined) continue;
    const saves = quote.total.amountMinor + alone.quote.total.amountMinor - together.quote.total.amountMinor;
    const risks = low.map((known) => runsOutWithin(known, days));
    const risk = Math.round((1 - risks.reduce((none, one) => none * (1 - one), 1)) * 100) / 100;
    const atRisk = quote.lineItems[risks.indexOf(Math.max(...risks))]?.supplyId;
    if (saves <= 0 || risk > RISK_MAX || atRisk === undefined) continue;
    return { until: addDuration(now, duration(days, 'days')), withSupply: other.wanted.supplyId, saves: euros(saves), risk, atRisk };
  }
  return undefined;
}

/** Before goods come that are ordered so many days later. */
const runsOutWithin = (figures: SupplySnapshot, days: number): number =>
  forecastOfSnapshot(figures).usedUp(figures.onHand + figures.pantry, days + effectiveDays(figures.leadTime));
