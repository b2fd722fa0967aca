/** Why a household may leave: by name, from what it has lived through with us. One event seldom is the cause; what has gathered may be. */
import { daysBetween, isBefore, type Instant } from '../../values.ts';
import { countNamed, firstMoments, lastMoments } from '../fold/count.ts';
import type { Summary } from '../fold/summary.ts';
import { dayOf } from '../fold/trace.ts';
import { windowEnding } from '../fold/window.ts';
import type { Reason } from '../reason.ts';

const BROKEN = ['order.rejected', 'order.cancelled@company', 'order.stuck', 'order.refund-overdue', 'order.back-ordered', 'webhook.abandoned'];
const DISAPPOINTED = ['supply.spoiled', 'supply.overstocked', 'order.returned', 'supply.automation-withdrawn'];
const CASES = ['case.opened', 'case.reopened'];
const WINDOW_DAYS = 35;

/** Of a first order after the first device; who waited longer never saw what it is for. */
const ONBOARDING_DAYS = 21;
function badOnboarding(summary: Summary, now: Instant): Reason[] {
  const begun = firstMoments(summary, ['device.paired', 'device.added', 'household.created']).at(0);
  const first = firstMoments(summary, ['order.delivered']).at(0);
  if (begun === undefined || daysBetween(begun, now) > 180) return [];
  const days = Math.floor(daysBetween(begun, first ?? now));
  return days > ONBOARDING_DAYS ? [{ code: 'bad-onboarding', figures: { days } }] : [];
}

/** Too much, spoiled, sent back: it works, and does no good. */
function noContinuingSuccess(summary: Summary, now: Instant): Reason[] {
  const row = windowEnding(summary, dayOf(now), WINDOW_DAYS);
  const [times, of] = [countNamed(row, DISAPPOINTED), countNamed(row, ['order.delivered'])];
  return times >= 2 && times * 3 > of ? [{ code: 'no-continuing-success', figures: { times, of } }] : [];
}

const OPEN_DAYS = 3;
function badSupport(summary: Summary, now: Instant): Reason[] {
  const again = countNamed(windowEnding(summary, dayOf(now), WINDOW_DAYS), ['case.reopened']);
  const [opened, solved] = [lastMoments(summary, CASES).at(-1), lastMoments(summary, ['case.solved']).at(-1)];
  const days = opened !== undefined && (solved === undefined || isBefore(solved, opened)) ? Math.floor(daysBetween(opened, now)) : 0;
  return again > 0 || days >= OPEN_DAYS ? [{ code: 'bad-support', figures: { again, days } }] : [];
}

function brokenPromises(summary: Summary, now: Instant): Reason[] {
  const times = countNamed(windowEnding(summary, dayOf(now), WINDOW_DAYS), BROKEN);
  return times >= 2 ? [{ code: 'promises-broken', figures: { times } }] : [];
}

/** Of everything that is kept, two years: cases weigh double, and a bad mood over all of it as much as three. */
const BURDEN_MIN = 6;
function accumulated(summary: Summary, now: Instant): Reason[] {
  const all = windowEnding(summary, dayOf(now));
  const [cases, broken, disappointed] = [countNamed(all, CASES), countNamed(all, BROKEN), countNamed(all, DISAPPOINTED)];
  const { sum, weight } = all.feeling;
  const isLow = weight > 1 && sum / weight < -0.2;
  const burden = 2 * cases + broken + disappointed + (isLow ? 6 : 0);
  // The same troubles among many things that went well weigh less.
  const well = countNamed(all, ['order.delivered']) / 10;
  return burden - well >= BURDEN_MIN
    ? [{ code: 'accumulated-experience', figures: { cases, broken, disappointed, ...(weight > 0 && { mood: Math.round((100 * sum) / weight) / 100 }) } }]
    : [];
}

/** The gravest first, as far as we can tell; empty where nothing is known. */
export const causesOf = (summary: Summary, now: Instant): Reason[] => [
  ...badSupport(summary, now),
  ...brokenPromises(summary, now),
  ...noContinuingSuccess(summary, now),
  ...badOnboarding(summary, now),
  ...accumulated(summary, now),
];
