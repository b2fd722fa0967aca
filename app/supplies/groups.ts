/** Which supplies come first: those that need somebody, those that will soon, the rest. Pure. */
import type { Instant } from '../../shared/values.ts';
import type { Overview } from '../household.tsx';

export type SupplyRow = Overview['supplies'][number];
export const groupNames = ['needs-you', 'soon', 'fine', 'never'] as const;
export type GroupName = (typeof groupNames)[number];

const DAY_MILLIS = 86_400_000;
/** Time to think about it, beside what a delivery takes. */
const SOON_DAYS = 3;

const daysUntil = (instant: Instant, now: Instant): number => (Date.parse(instant) - Date.parse(now)) / DAY_MILLIS;

/** Nobody has been asked, nothing is on its way, and it will be gone before anything could come. */
export const willNotLast = (supply: SupplyRow, now: Instant): boolean =>
  supply.onOrder <= 0 && daysUntil(supply.projectedStockout.median, now) < Math.max(1, supply.leadTimeDays);

export function groupOf(supply: SupplyRow, now: Instant): GroupName {
  if (supply.neverBuy) return 'never';
  if (supply.decisionOrderId !== undefined || willNotLast(supply, now)) return 'needs-you';
  const isSoon = supply.isLow || supply.onOrder > 0 || daysUntil(supply.projectedStockout.p10, now) < supply.leadTimeDays + SOON_DAYS;
  return isSoon ? 'soon' : 'fine';
}

/** The most pressing first in each; groups without a supply are left out. */
export function grouped(supplies: readonly SupplyRow[], now: Instant): readonly { readonly name: GroupName; readonly supplies: readonly SupplyRow[] }[] {
  const sorted = [...supplies].sort((a, b) => (a.projectedStockout.median < b.projectedStockout.median ? -1 : 1));
  return groupNames.map((name) => ({ name, supplies: sorted.filter((supply) => groupOf(supply, now) === name) })).filter((group) => group.supplies.length > 0);
}
