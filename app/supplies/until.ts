/** Until when something lasts, as a person says it: "Thu–Sat" within the week, "12–19 December" beyond. */
import type { Instant } from '../../shared/values.ts';
import type { Language } from '../../shared/order/order-button.ts';

const DAY_MILLIS = 86_400_000;
/** A weekday alone is clear as long as it comes only once. */
const WEEKDAYS_FOR_DAYS = 6;
const LONG_DAYS = 60;
const LOCALES: Record<Language, string> = { de: 'de-DE', en: 'en-GB' };

export interface Interval {
  readonly p10: Instant;
  readonly p90: Instant;
}

export type Until = { readonly kind: 'gone' | 'long' } | { readonly kind: 'until'; readonly text: string };

export function untilWhen({ p10, p90 }: Interval, at: { now: Instant; language: Language; timeZone: string }): Until {
  const [now, from, to] = [at.now, p10, p90].map((instant) => Date.parse(instant)) as [number, number, number];
  if (to <= now) return { kind: 'gone' };
  if (from - now > LONG_DAYS * DAY_MILLIS) return { kind: 'long' };
  const isNear = to - now < WEEKDAYS_FOR_DAYS * DAY_MILLIS;
  const options: Intl.DateTimeFormatOptions = isNear ? { weekday: 'short' } : { day: 'numeric', month: 'short' };
  return { kind: 'until', text: new Intl.DateTimeFormat(LOCALES[at.language], { timeZone: at.timeZone, ...options }).formatRange(from, to) };
}
