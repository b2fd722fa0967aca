/** How often a household orders, and the tier that comes of it. Counted are orders that have come: what is declined, cancelled or on its way makes nobody gold. */
import { z } from 'zod';
import { addDuration, duration, householdIdSchema, instantSchema, orderIdSchema, type HouseholdId, type Instant, type OrderId } from '../values.ts';

export const tiers = ['silver', 'gold', 'platinum'] as const;
export const tierSchema = z.enum(tiers);
export type Tier = z.infer<typeof tierSchema>;

export const TIER_WINDOW_DAYS = 28;
/** Product data of the loyalty programme: silver orders twice a week, gold four times, platinum more than four times. Over four weeks these are 8, 16 and 17. */
export const LEAST_ORDERS: Readonly<Record<Tier, number>> = { silver: 2 * 4, gold: 4 * 4, platinum: 4 * 4 + 1 };
/** Far more than platinum needs: whoever orders more often is no higher. */
const RECEIVED_MAX = 64;

/** What came lately, the newest last. */
export const rhythmSchema = z.strictObject({
  householdId: householdIdSchema,
  received: z.array(z.strictObject({ orderId: orderIdSchema, at: instantSchema })).max(RECEIVED_MAX),
});
export type Rhythm = z.infer<typeof rhythmSchema>;

/** Each order counts once, when its goods first came. Undefined when it is known, or too old to count. */
export function withReceived(stored: Rhythm | undefined, householdId: HouseholdId, came: { readonly orderId: OrderId; readonly at: Instant }, now: Instant) {
  const known = stored?.received ?? [];
  if (known.some(({ orderId }) => orderId === came.orderId) || !isRecent(came, now)) return undefined;
  const received = [...known, came].filter((one) => isRecent(one, now)).sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
  return { householdId, received: received.slice(-RECEIVED_MAX) } satisfies Rhythm;
}

const isRecent = ({ at }: { readonly at: Instant }, now: Instant): boolean => at > addDuration(now, duration(-TIER_WINDOW_DAYS, 'days'));

export const tierStandingSchema = z.strictObject({
  /** Absent below silver. */
  tier: tierSchema.optional(),
  /** Orders that came within the window. */
  orders: z.int().min(0),
  windowDays: z.int().min(1),
  /** The next higher tier, and how many more orders it takes; absent at the top. */
  next: z.strictObject({ tier: tierSchema, missing: z.int().min(1) }).optional(),
});
export type TierStanding = z.infer<typeof tierStandingSchema>;

/** The tier of a household, and why. */
export function tierStanding(rhythm: Pick<Rhythm, 'received'> | undefined, now: Instant): TierStanding {
  const orders = (rhythm?.received ?? []).filter((one) => one.at <= now && isRecent(one, now)).length;
  const tier = tiers.findLast((one) => orders >= LEAST_ORDERS[one]);
  const next = tiers.find((one) => orders < LEAST_ORDERS[one]);
  return { ...(tier && { tier }), orders, windowDays: TIER_WINDOW_DAYS, ...(next && { next: { tier: next, missing: LEAST_ORDERS[next] - orders } }) };
}

/** @param least undefined is open to everybody */
export const reaches = (tier: Tier | undefined, least: Tier | undefined): boolean =>
  least === undefined || (tier !== undefined && tiers.indexOf(tier) >= tiers.indexOf(least));
