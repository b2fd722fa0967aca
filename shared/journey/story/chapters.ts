/** Where one chapter ends and the next begins: the beginning, then calendar months, and years where it is long ago. */
import { groupBy } from '../../group.ts';
import { addDuration, duration, earliest, instantOf, latest, type Instant } from '../../values.ts';
import type { Language } from '../message-wording.ts';
import type { Touchpoint } from '../touchpoint.ts';
import { monthName, monthsIn } from './number-words.ts';
import { quoted, type StoryFacts } from './story-facts.ts';
import { casesOf } from './told.ts';

/** `beginning`, `2026-03`, `2025` or `earlier`. */
export type ChapterKey = string;

/** Until the first order has come, but not for ever. */
const BEGINNING_DAYS = 30;
const MONTHS_TOLD = 12;
const YEARS_TOLD = 5;

const monthsBetween = (from: string, to: string): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));

/** @param createdAt when the household came to us @param arrivedAt when the first order had come */
export function endOfBeginning(createdAt: Instant, arrivedAt: Instant | undefined): Instant {
  const latest = addDuration(createdAt, duration(BEGINNING_DAYS, 'days'));
  return arrivedAt !== undefined && arrivedAt < latest ? arrivedAt : latest;
}

interface Calendar {
  readonly end: Instant;
  readonly timeZone: string;
  readonly now: Instant;
}
/** Which chapter a moment belongs to. */
export function chapterAt({ end, timeZone, now }: Calendar): (at: Instant) => ChapterKey {
  const monthIn = monthsIn(timeZone);
  const thisMonth = monthIn(now);
  return (at) => (at <= end ? 'beginning' : keyOfMonth(monthIn(at), thisMonth));
}

function keyOfMonth(month: string, thisMonth: string): ChapterKey {
  if (monthsBetween(month, thisMonth) < MONTHS_TOLD) return month;
  return Number(thisMonth.slice(0, 4)) - Number(month.slice(0, 4)) <= YEARS_TOLD ? month.slice(0, 4) : 'earlier';
}

/** All chapters that there may be, the newest first: whether anything happened in one is known when it is read. */
export function chapterKeys({ end, timeZone, now }: Calendar): ChapterKey[] {
  const monthIn = monthsIn(timeZone);
  const [first, last] = [monthIn(end), monthIn(now)];
  const months = Array.from({ length: Math.max(0, monthsBetween(first, last)) + 1 }, (_, index) => monthBefore(last, index));
  return [...new Set(months.map((month) => keyOfMonth(month, last))), 'beginning'];
}

/** Wide enough for every time zone: what does not belong is told by `chapterAt`. */
export function stretchOf(key: ChapterKey, { end, now }: Pick<Calendar, 'end' | 'now'>): { readonly from: Instant; readonly before: Instant } {
  const [zero, ever] = [instantOf(0), addDuration(now, duration(1, 'days'))];
  if (key === 'beginning') return { from: zero, before: addDuration(end, duration(1, 'seconds')) };
  const [year = 0, month] = key.split('-').map(Number);
  if (key === 'earlier') return { from: end, before: instantOf(Date.UTC(Number(now.slice(0, 4)) - YEARS_TOLD, 0, 2)) };
  const [from, before] = month === undefined ? [Date.UTC(year, 0, 0), Date.UTC(year + 1, 0, 2)] : [Date.UTC(year, month - 1, 0), Date.UTC(year, month, 2)];
  return { from: latest(end, instantOf(from)), before: earliest(ever, instantOf(before)) };
}

const monthBefore = (month: string, months: number): string => {
  const all = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 - months;
  return `${Math.floor(all / 12)}-${String((all % 12) + 1).padStart(2, '0')}`;
};

/** @param touchpoints in the order of their own time; a problem stands where it began, whenever it ended */
export function cutIntoChapters(touchpoints: readonly Touchpoint[], timeZone: string, now: Instant): ReadonlyMap<ChapterKey, readonly Touchpoint[]> {
  const [first] = touchpoints;
  if (first === undefined) return new Map();
  const beganAt = new Map([...casesOf(touchpoints)].map(([caseId, [opened]]) => [caseId, opened?.at] as const));
  // What was heard before the household came to us belongs to the beginning, however long before.
  const created = touchpoints.find(({ type }) => type === 'household.created') ?? first;
  const keyAt = chapterAt({ end: endOfBeginning(created.at, touchpoints.find(({ type }) => type === 'order.delivered')?.at), timeZone, now });
  return groupBy(touchpoints, ({ at, caseId }) => keyAt((caseId === undefined ? undefined : beganAt.get(caseId)) ?? at));
}

const TROUBLE: ReadonlySet<string> = new Set([
  ...['case.opened', 'case.reopened', 'order.stuck', 'order.rejected', 'order.payment-declined', 'order.refund-overdue'],
  ...['webhook.abandoned', 'contract.withdrawn', 'spending.braked', 'spending.stopped'],
]);
const MENDED: ReadonlySet<string> = new Set(['case.solved', 'order.refunded', 'spending.resumed']);
const QUIET_MAX = 3;

const moods = {
  en: {
    ...{ mended: 'trouble, and how it was mended', trouble: 'trouble', farewell: 'a farewell', trust: 'more and more by itself' },
    ...{ quiet: 'a quiet time', everyday: 'everyday life', joins: 'somebody joins', device: 'something new in the house' },
    movesIn: (device: string) => `${device} moves in`,
    secondHand: (device: string) => `${device}, second-hand`,
  },
  de: {
    ...{ mended: 'Ärger, und wie er sich legte', trouble: 'Ärger', farewell: 'ein Abschied', trust: 'immer mehr von selbst' },
    ...{ quiet: 'eine ruhige Zeit', everyday: 'Alltag', joins: 'jemand kommt dazu', device: 'etwas Neues im Haus' },
    movesIn: (device: string) => `${device} zieht ein`,
    secondHand: (device: string) => `${device}, aus zweiter Hand`,
  },
} as const;

function moodOf(touchpoints: readonly Touchpoint[], facts: StoryFacts, language: Language): string {
  const words = moods[language];
  const has = (types: ReadonlySet<string>) => touchpoints.some(({ type }) => types.has(type));
  if (has(TROUBLE)) return has(MENDED) ? words.mended : words.trouble;
  const arrived = touchpoints.find(({ type }) => type === 'device.paired' || type === 'device.added');
  if (arrived !== undefined) {
    const device = arrived.thing === undefined ? undefined : facts.devices[arrived.thing];
    if (device === undefined) return words.device;
    return (device.secondHand === true ? words.secondHand : words.movesIn)(quoted(device.name, language));
  }
  if (has(new Set(['member.left', 'device.removed']))) return words.farewell;
  if (has(new Set(['member.joined']))) return words.joins;
  if (has(new Set(['mandate.granted', 'supply.automation-trusted']))) return words.trust;
  return touchpoints.filter(({ initiator }) => initiator === 'customer').length <= QUIET_MAX ? words.quiet : words.everyday;
}

export function titleOf(key: ChapterKey, touchpoints: readonly Touchpoint[], facts: StoryFacts, language: Language): string {
  if (key === 'beginning') return language === 'de' ? 'Wie es anfing' : 'How it began';
  if (key === 'earlier') return language === 'de' ? 'Die Jahre davor' : 'The years before';
  return `${key.length === 4 ? key : monthName(key, language)}: ${moodOf(touchpoints, facts, language)}`;
}
