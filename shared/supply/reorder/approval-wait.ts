/**
 * How long a household takes to say yes. It is learnt in waking hours, so that a question asked at midnight and answered at breakfast does
 * not make anybody slow; ahead, the nights that a question may meet are added again.
 */
import { z } from 'zod';
import { millisOf, type Instant } from '../../values.ts';

export const approvalSchema = z.strictObject({
  /** Waking time, in days of 24 hours: 5 hours are 0.208. */
  meanDays: z.number().positive().max(60),
  sdDays: z.number().min(0).max(60),
  /** How many answers it was learnt from. */
  answers: z.int().min(0),
  /** How much of the last orders asked somebody; the others were bought inside a mandate, which takes no time. */
  asked: z.number().min(0).max(1),
});
export type ApprovalWait = z.infer<typeof approvalSchema>;

/** Somebody looks at the phone within some five waking hours, give or take as much; that counts as two answers. */
const PRIOR: ApprovalWait = { meanDays: 5 / 24, sdDays: 5 / 24, answers: 0, asked: 1 };
const PRIOR_ANSWERS = 2;
const ANSWERS_REMEMBERED = 20;
const DAYS_MIN = 1 / 1_440;
const DAYS_MAX = 14;
/** Three automatic orders after a question: the next is not expected to ask. */
const ASKED_MIN = 0.2;
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

/**
 * The household's own figure: that of whichever item has been answered about most. People answer an order, not an item, so an answer teaches every
 * item of that order, and with the next question (`askedAbout`) those that know less; nothing is counted twice.
 */
export const bestInformed = (waits: readonly (ApprovalWait | undefined)[]): ApprovalWait | undefined =>
  waits.reduce((best, wait) => (wait !== undefined && wait.answers > (best?.answers ?? 0) ? wait : best), undefined);

/** Somebody is asked about an item. Its own figure, or the household's where that rests on more answers; for the first time what households are like. */
export function askedAbout(own: ApprovalWait | undefined, household: ApprovalWait | undefined): ApprovalWait {
  if (household === undefined || household.answers <= (own?.answers ?? 0)) return own ?? PRIOR;
  // Whether it is asked about at all is the item's own: a mandate may buy the others.
  return { ...household, asked: own?.asked ?? PRIOR.asked };
}

/** @param awakeDays from the question to the yes; nobody's yet: from the question until it expired, the least it can have been */
export function learnAnswer(before: ApprovalWait | undefined, awakeDays: number): ApprovalWait {
  const approval = before ?? PRIOR;
  const observed = Math.min(DAYS_MAX, Math.max(DAYS_MIN, awakeDays));
  const weight = 1 / (Math.min(approval.answers, ANSWERS_REMEMBERED) + PRIOR_ANSWERS + 1);
  const surprise = observed - approval.meanDays;
  const variance = (1 - weight) * (approval.sdDays ** 2 + weight * surprise ** 2);
  return {
    meanDays: rounded(approval.meanDays + weight * surprise),
    sdDays: rounded(Math.sqrt(variance)),
    answers: approval.answers + 1,
    asked: rounded((approval.asked + 1) / 2),
  };
}

/** An order that nobody had to be asked about. */
export function learnAutomatic(approval: ApprovalWait | undefined): ApprovalWait | undefined {
  if (approval === undefined) return undefined;
  const asked = approval.asked / 2;
  return { ...approval, asked: asked < ASKED_MIN ? 0 : rounded(asked) };
}

const WAKES_HOUR = 7;
const SLEEPS_HOUR = 22;
const WAKING_HOURS = SLEEPS_HOUR - WAKES_HOUR;

/** Waking time between two instants where people live, in days of 24 hours; the clock's change in spring and autumn is not seen. */
export function awakeDaysBetween(from: Instant, to: Instant, timeZone: string): number {
  const start = localHour(from, timeZone);
  const end = start + Math.max(0, millisOf(to) - millisOf(from)) / 3_600_000;
  return (awakeHoursUpTo(end) - awakeHoursUpTo(start)) / 24;
}

const awakeHoursUpTo = (hours: number): number =>
  Math.floor(hours / 24) * WAKING_HOURS + Math.min(WAKING_HOURS, Math.max(0, (((hours % 24) + 24) % 24) - WAKES_HOUR));

function localHour(instant: Instant, timeZone: string): number {
  const [hour = 0, minute = 0] = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    .format(millisOf(instant))
    .split(':')
    .map(Number);
  return hour + minute / 60;
}

/** Questions come at any hour: one asked in each quarter of the day stands for it. */
const ASKED_AT_HOURS = [3, 9, 15, 21] as const;

/** By the clock, for a question asked at an hour of the day. */
function clockHours(askedAtHour: number, awakeHours: number): number {
  let [hour, waited] = [askedAtHour, 0];
  if (hour < WAKES_HOUR || hour >= SLEEPS_HOUR) {
    waited = (WAKES_HOUR - hour + 24) % 24;
    hour = WAKES_HOUR;
  }
  const nights = Math.max(0, Math.ceil((hour + awakeHours - SLEEPS_HOUR) / WAKING_HOURS));
  return waited + awakeHours + nights * (24 - WAKING_HOURS);
}

/** Equally likely waits by the clock, in days, nights included; none where nobody is asked. @param awake equally likely ones in waking time */
export function approvalSlices({ asked }: ApprovalWait, awake: readonly number[]): number[] {
  const waits = awake.flatMap((days) => ASKED_AT_HOURS.map((hour) => clockHours(hour, days * 24) / 24)).sort((a, b) => a - b);
  const automatic = Math.round(waits.length * (1 - asked));
  // As many of the slices as orders do not ask, spread over all waits.
  const kept = waits.length - automatic;
  return waits.map((_, index) => (index < automatic ? 0 : (waits[Math.floor(((index - automatic + 0.5) * waits.length) / kept)] ?? 0)));
}

/** What is to be expected of the next order, in days by the clock. */
export const approvalMeanDays = (approval: ApprovalWait | undefined): number =>
  approval === undefined
    ? 0
    : approval.asked * (ASKED_AT_HOURS.reduce((sum, hour) => sum + clockHours(hour, approval.meanDays * 24), 0) / ASKED_AT_HOURS.length / 24);
