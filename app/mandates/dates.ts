/** Days with their year, for what is agreed and what is proven. */
import { useMemo } from 'preact/hooks';
import type { Language } from '../../shared/order/order-button.ts';
import { language, timeZone } from '../words/language.ts';

const LOCALES: Record<Language, string> = { de: 'de-DE', en: 'en-GB' };

export interface LongDates {
  /** "1 September 2026" */
  readonly date: (instant: string) => string;
  /** "1 September 2026 at 10:15" */
  readonly moment: (instant: string) => string;
}

export function useLongDates(): LongDates {
  const [reader, zone] = [language.value, timeZone.value];
  return useMemo(() => {
    const date = new Intl.DateTimeFormat(LOCALES[reader], { timeZone: zone, dateStyle: 'long' });
    const moment = new Intl.DateTimeFormat(LOCALES[reader], { timeZone: zone, dateStyle: 'long', timeStyle: 'short' });
    return { date: (instant) => date.format(Date.parse(instant)), moment: (instant) => moment.format(Date.parse(instant)) };
  }, [reader, zone]);
}
