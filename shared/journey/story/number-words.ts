/** Counts, sums and dates as somebody writes them in a sentence. */
import type { Instant } from '../../values.ts';
import type { Language } from '../message-wording.ts';

const EN_NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const DE_NUMBERS = ['kein', 'ein', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun', 'zehn', 'elf', 'zwölf'];
const EN = ['never', 'once', 'twice', ...EN_NUMBERS.slice(3).map((word) => `${word} times`)];
const DE = ['nie', 'einmal', 'zweimal', 'dreimal', 'viermal', 'fünfmal', 'sechsmal', 'siebenmal', 'achtmal', 'neunmal', 'zehnmal', 'elfmal', 'zwölfmal'];

/** "twice", "14 times"; „zweimal“, „14-mal“. */
export const times = (count: number, language: Language): string =>
  language === 'de' ? (DE[count] ?? `${grouped(count, language)}-mal`) : (EN[count] ?? `${grouped(count, language)} times`);

/** "two", "14". */
export const numberWord = (count: number, language: Language): string => (language === 'de' ? DE_NUMBERS : EN_NUMBERS)[count] ?? grouped(count, language);

const locale = (language: Language): string => (language === 'de' ? 'de-DE' : 'en-GB');
export const grouped = (count: number, language: Language): string => count.toLocaleString(locale(language));

/** @param minor of euros */
export const euros = (minor: number, language: Language): string => (minor / 100).toLocaleString(locale(language), { style: 'currency', currency: 'EUR' });

/** "On 3 March"; „Am 3. März“. */
export function onDay(at: Instant, timeZone: string, language: Language): string {
  const day = new Intl.DateTimeFormat(locale(language), { timeZone, day: 'numeric', month: 'long' }).format(Date.parse(at));
  return language === 'de' ? `Am ${day}` : `On ${day}`;
}

/** "March 2026". @param month `YYYY-MM` */
export const monthName = (month: string, language: Language): string =>
  new Intl.DateTimeFormat(locale(language), { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(Date.parse(`${month}-15T00:00:00Z`));

/** `YYYY-MM` on the household's calendar; made once for many moments, because making a calendar is dear. */
export function monthsIn(timeZone: string): (at: Instant) => string {
  const calendar = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit' });
  return (at) => calendar.format(Date.parse(at));
}

/** "milk, eggs and butter". */
export const listed = (names: readonly string[], language: Language): string => new Intl.ListFormat(locale(language), { type: 'conjunction' }).format(names);

const DAY_MILLIS = 86_400_000;
/** "within the hour", "on the same day", "after three days". */
export function lapse(from: Instant, to: Instant, language: Language): string {
  const millis = Date.parse(to) - Date.parse(from);
  const days = Math.round(millis / DAY_MILLIS);
  if (millis < 3_600_000) return language === 'de' ? 'binnen einer Stunde' : 'within the hour';
  if (days < 1) return language === 'de' ? 'binnen eines Tages' : 'within a day';
  if (days === 1) return language === 'de' ? 'nach einem Tag' : 'after a day';
  return language === 'de' ? `nach ${grouped(days, language)} Tagen` : `after ${grouped(days, language)} days`;
}

export const capitalised = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
