/**
 * How long a person may withdraw from a contract made at a distance: BGB §§355 (2), 356 (2), Directive 2011/83/EU Art. 9. Fourteen days from
 * receipt; the day of receipt does not count (§187 (1)); the period ends with the end of its last day (§188 (1)), in Germany's time, and where
 * that day is a Saturday, a Sunday or a public holiday, with the end of the next working day (§193). Public holidays are those of all
 * of Germany: what only some states keep may make the real period longer, never shorter, so nobody is refused here who still has the right
 * elsewhere but for those, and a person decides them.
 */
import { addDuration, duration, instantOf, isBefore, latest, earliest, localDate, type Instant } from '../../values.ts';

const PERIOD_DAYS = 14;
/** The consumer is in Germany, and so is the shop. */
const TIME_ZONE = 'Europe/Berlin';
const DAY_MILLIS = 86_400_000;

/** A calendar day `YYYY-MM-DD`. */
export type Day = string;
const utc = (day: Day): number => Date.parse(`${day}T00:00:00Z`);
export const addDays = (day: Day, days: number): Day => new Date(utc(day) + days * DAY_MILLIS).toISOString().slice(0, 10);

/** Easter Sunday of the Gregorian calendar, by Meeus, “Astronomical Algorithms” (2nd ed.), ch. 8 (the anonymous method of 1876); any year from 1583. */
export function easterSunday(year: number): Day {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  const day = ((h + l - 7 * m + 114) % 31) + 1;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** New Year, Labour Day, German Unity (Einigungsvertrag Art. 2 (2)), both days of Christmas. */
const FIXED = ['01-01', '05-01', '10-03', '12-25', '12-26'];
/** Good Friday, Easter Monday, Ascension, Whit Monday. */
const FROM_EASTER = [-2, 1, 39, 50];

/** The public holidays of all of Germany. */
export const nationalHolidays = (year: number): Day[] =>
  [...FIXED.map((day) => `${String(year).padStart(4, '0')}-${day}`), ...FROM_EASTER.map((days) => addDays(easterSunday(year), days))].sort();

/** §193 BGB: neither a Saturday, nor a Sunday, nor a public holiday. */
export function isWorkingDay(day: Day): boolean {
  const weekday = new Date(utc(day)).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !nationalHolidays(Number(day.slice(0, 4))).includes(day);
}

/** The last day on which withdrawal may be declared, for goods received on this day. */
export function lastDayOf(receivedOn: Day): Day {
  let day = addDays(receivedOn, PERIOD_DAYS);
  while (!isWorkingDay(day)) day = addDays(day, 1);
  return day;
}

/**
 * The instant from which on it is too late: 24:00 of the last day, Berlin time, whatever the clocks did in between.
 * @param receipts when each parcel was handed over, at least one
 * @param kind one order in one or several parcels: from the last (§356 (2) 1 b, c); goods delivered regularly over a time: from the first (1 d)
 */
export function withdrawalEndsAt(receipts: readonly [Instant, ...Instant[]], kind: 'one-order' | 'regular' = 'one-order'): Instant {
  const counted = kind === 'regular' ? earliest(...receipts) : latest(...receipts);
  return startOfDay(addDays(lastDayOf(localDate(counted, TIME_ZONE)), 1));
}

/** Midnight in Berlin is one or two hours before midnight in UTC; the wall there says which. */
function startOfDay(day: Day): Instant {
  const inWinter = instantOf(utc(day) - 3_600_000);
  const inSummer = addDuration(inWinter, duration(-1, 'hours'));
  return localDate(inSummer, TIME_ZONE) === day ? inSummer : inWinter;
}

/** Why a line has no right of withdrawal (§312g (2) nos. 1–3); `exists` where it has. */
export type WithdrawalRight = 'exists' | 'perishable' | 'sealed-hygiene' | 'custom';

export const hasRight = (line: { readonly withdrawal?: WithdrawalRight | undefined }): boolean => (line.withdrawal ?? 'exists') === 'exists';

export type WithdrawalStanding =
  | { readonly possible: true; /** Absent until the goods have come: the period has not begun. */ readonly until?: Instant }
  | { readonly possible: false; readonly reason: 'no-contract' | 'no-right' | 'period-over' | 'all-withdrawn'; readonly until?: Instant };

/** Whether a withdrawal may be declared now. */
export function withdrawalStanding(order: {
  readonly isContract: boolean;
  readonly hasRight: boolean;
  readonly receivedAt?: Instant | undefined;
  readonly isAllWithdrawn: boolean;
  readonly now: Instant;
}): WithdrawalStanding {
  if (!order.isContract) return { possible: false, reason: 'no-contract' };
  if (!order.hasRight) return { possible: false, reason: 'no-right' };
  const until = order.receivedAt === undefined ? undefined : withdrawalEndsAt([order.receivedAt]);
  const known = until === undefined ? {} : { until };
  if (order.isAllWithdrawn) return { possible: false, reason: 'all-withdrawn', ...known };
  if (until !== undefined && !isBefore(order.now, until)) return { possible: false, reason: 'period-over', ...known };
  return { possible: true, ...known };
}
