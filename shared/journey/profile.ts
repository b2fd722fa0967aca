/** What we know of a household, folded from its touchpoints day by day. A batch read twice changes nothing. */
import { z } from 'zod';
import { permissionSchema, type Permission } from '../household/permission.ts';
import { householdIdSchema, instantSchema, type HouseholdId, type Instant } from '../values.ts';
import { currentPhases, phaseNoteSchema } from './phase.ts';
import { currentSegments, segmentNoteSchema } from './segment.ts';
import type { Touchpoint } from './touchpoint.ts';

const count = z.int().min(0);

/** Of one UTC day: the day in the sort key, so that it can be recomputed from one query. */
export const daySummarySchema = z.strictObject({
  touchpoints: count,
  byChannel: z.record(z.string(), count),
  byInitiator: z.record(z.string(), count),
  approvedByMandate: count,
  approvedByPerson: count,
  declined: count,
  delivered: count,
  /** Of delivered orders, minor units. */
  spentMinor: count,
  troubles: count,
  lastAt: instantSchema,
});
export type DaySummary = z.infer<typeof daySummarySchema>;

/** Two years of days; about 150 bytes each keeps the item far below DynamoDB's 400 KB. */
const DAYS_MAX = 731;

export const profileSchema = z.strictObject({
  householdId: householdIdSchema,
  days: z.record(z.string().regex(/^\d{4}-\d\d-\d\d$/), daySummarySchema),
  phases: z.array(phaseNoteSchema),
  segments: z.array(segmentNoteSchema),
  /** Whether anything may be folded here at all; absent: nobody has objected. */
  profiling: permissionSchema.optional(),
});
export type Profile = z.infer<typeof profileSchema>;

export const newProfile = (householdId: HouseholdId): Profile => ({ householdId, days: {}, phases: [], segments: [] });

const TROUBLES = new Set(['order.rejected', 'order.cancelled', 'order.expired', 'webhook.abandoned']);

/** All touchpoints of one day → its summary. The order of the touchpoints does not matter; throws when there is none. */
export function summariseDay(touchpoints: readonly Touchpoint[]): DaySummary {
  const tally = (name: (touchpoint: Touchpoint) => string) =>
    touchpoints.reduce<Record<string, number>>((counts, touchpoint) => ({ ...counts, [name(touchpoint)]: (counts[name(touchpoint)] ?? 0) + 1 }), {});
  const howMany = (matches: (touchpoint: Touchpoint) => boolean) => touchpoints.filter(matches).length;
  const delivered = touchpoints.filter(({ type }) => type === 'order.delivered');
  return daySummarySchema.parse({
    touchpoints: touchpoints.length,
    byChannel: tally(({ channel }) => channel),
    byInitiator: tally(({ initiator }) => initiator),
    approvedByMandate: howMany(({ type, initiator }) => type === 'order.approved' && initiator === 'automation'),
    approvedByPerson: howMany(({ type, initiator }) => type === 'order.approved' && initiator === 'customer'),
    declined: howMany(({ type }) => type === 'order.declined'),
    delivered: delivered.length,
    spentMinor: delivered.reduce((sum, { value }) => sum + (value?.amountMinor ?? 0), 0),
    troubles: howMany(({ type }) => TROUBLES.has(type)),
    lastAt: touchpoints
      .map(({ at }) => at)
      .sort()
      .at(-1),
  });
}

/** Totals of a set of days. */
export type Totals = Pick<DaySummary, 'touchpoints' | 'approvedByMandate' | 'approvedByPerson' | 'declined' | 'delivered' | 'spentMinor' | 'troubles'>;
const NOTHING: Totals = { touchpoints: 0, approvedByMandate: 0, approvedByPerson: 0, declined: 0, delivered: 0, spentMinor: 0, troubles: 0 };

/** @param since `YYYY-MM-DD`: only days from here on */
export function totalsOf(profile: Pick<Profile, 'days'>, since = ''): Totals {
  return Object.entries(profile.days)
    .filter(([day]) => day >= since)
    .reduce(
      (sum, [, day]) => ({
        touchpoints: sum.touchpoints + day.touchpoints,
        approvedByMandate: sum.approvedByMandate + day.approvedByMandate,
        approvedByPerson: sum.approvedByPerson + day.approvedByPerson,
        declined: sum.declined + day.declined,
        delivered: sum.delivered + day.delivered,
        spentMinor: sum.spentMinor + day.spentMinor,
        troubles: sum.troubles + day.troubles,
      }),
      NOTHING,
    );
}

/** Who has objected has no profile (GDPR Art. 21): what stood there goes, and nothing is folded until the objection is taken back. */
export function permitProfiling(profile: Profile, profiling: Permission): Profile {
  return profiling.allowed ? { ...profile, profiling } : { ...newProfile(profile.householdId), profiling };
}

/** Puts recomputed days in place and reads phases and segments off the whole. */
export function foldDays(profile: Profile, recomputed: Record<string, DaySummary>, now: Instant): Profile {
  if (profile.profiling?.allowed === false) return profile;
  const all = Object.entries({ ...profile.days, ...recomputed }).sort(([a], [b]) => (a < b ? -1 : 1));
  const days = Object.fromEntries(all.slice(-DAYS_MAX));
  const facts = { total: totalsOf({ days }), lastDays: totalsOf({ days }, daysEarlier(now, 3)) };
  return { ...profile, days, phases: currentPhases(facts, profile.phases, now), segments: currentSegments(facts, profile.segments, now) };
}

const daysEarlier = (now: Instant, days: number): string => new Date(Date.parse(now) - days * 86_400_000).toISOString().slice(0, 10);
