/** A mandate as its household looks at it: what it has spent this month, what is left, and what may be done about it. */
import { z } from 'zod';
import { mayApprove, type Member } from '../../household/household.ts';
import { euros, localMonth, moneySchema, type Instant } from '../../values.ts';
import { approvalsInWeek, mandateSchema, spentMinor, type Mandate } from './mandate.ts';
import type { Spend } from './spend.ts';

export const mandateActionSchema = z.strictObject({ action: z.enum(['pause', 'resume', 'end']), allowed: z.boolean(), reason: z.string().max(40).optional() });
export type MandateAction = z.infer<typeof mandateActionSchema>;

export const mandateViewSchema = z.strictObject({
  mandate: mandateSchema,
  /** `waiting` has not begun, `over` has reached its end by itself, `ended` was ended. */
  standing: z.enum(['active', 'waiting', 'paused', 'over', 'ended']),
  /** `YYYY-MM`, in the household's time zone; the figures are of this month. */
  month: z.string().regex(/^\d{4}-\d\d$/),
  /** Delivered and charged. */
  spent: moneySchema,
  /** Ordered, and not yet charged. */
  reserved: moneySchema,
  left: moneySchema,
  ordersThisWeek: z.int().min(0),
  /** `YYYY-MM-DD`: from this day on the month's cap is whole again. */
  resetsOn: z.string().regex(/^\d{4}-\d\d-01$/),
  actions: z.array(mandateActionSchema).max(3),
});
export type MandateView = z.infer<typeof mandateViewSchema>;

export function viewMandate(mandate: Mandate, spend: Spend, reader: Pick<Member, 'role'>, at: { now: Instant; timeZone: string }): MandateView {
  const { mandateId, perMonthMax } = mandate;
  const month = localMonth(at.now, at.timeZone);
  const spent = spend.settled[mandateId]?.[month]?.amountMinor ?? 0;
  const both = spentMinor(spend, mandateId, month);
  return {
    mandate,
    standing: standingOf(mandate, at.now),
    month,
    spent: euros(spent),
    reserved: euros(both - spent),
    left: euros(Math.max(0, perMonthMax.amountMinor - both)),
    ordersThisWeek: approvalsInWeek(spend, mandateId, at.now),
    resetsOn: `${monthAfter(month)}-01`,
    actions: actionsOf(mandate, reader),
  };
}

export function standingOf({ state, validFrom, endsAt }: Mandate, now: Instant): MandateView['standing'] {
  if (state === 'ended') return 'ended';
  if (now >= endsAt) return 'over';
  if (state === 'paused') return 'paused';
  return now < validFrom ? 'waiting' : 'active';
}

/** What may be done, and why not. */
function actionsOf({ state }: Mandate, reader: Pick<Member, 'role'>): MandateAction[] {
  const possible = { pause: state === 'active', resume: state === 'paused', end: state !== 'ended' };
  const reasons = {
    pause: state === 'ended' ? 'already-ended' : 'already-paused',
    resume: state === 'ended' ? 'already-ended' : 'already-active',
    end: 'already-ended',
  };
  return (['pause', 'resume', 'end'] as const).map((action) => {
    const reason = !possible[action] ? reasons[action] : mayApprove(reader) ? undefined : 'guest';
    return { action, allowed: reason === undefined, ...(reason !== undefined && { reason }) };
  });
}

/** `2026-12` → `2027-01`. */
export function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const next = year * 12 + number;
  return `${String(Math.floor(next / 12)).padStart(4, '0')}-${String((next % 12) + 1).padStart(2, '0')}`;
}
