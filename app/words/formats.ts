/** Sums, amounts and times as the reader writes them, in the time zone of the household. */
import { useMemo } from 'preact/hooks';
import type { Language } from '../../shared/order/order-button.ts';
import { unitPrice as unitPriceOf } from '../../shared/order/unit-price.ts';
import type { BaseQuantity, Instant, Money, Unit } from '../../shared/values.ts';
import { language, timeZone } from './language.ts';

export interface Formats {
  readonly money: (sum: Money) => string;
  /** The law's comparison price (PAngV §4): "1,99 € / 1 l". */
  readonly unitPrice: (price: Money, pack: BaseQuantity) => string;
  /** "1,5 l" for 1500 ml. */
  readonly quantity: (amount: number, unit: Unit) => string;
  readonly number: (amount: number) => string;
  /** "Mon, 23 March". */
  readonly day: (instant: Instant) => string;
  readonly dayAndTime: (instant: Instant) => string;
  readonly time: (instant: Instant) => string;
  /** @param yearAndMonth `YYYY-MM` */
  readonly month: (yearAndMonth: string) => string;
  /** "today", "tomorrow", "in 5 days". */
  readonly inDays: (days: number) => string;
  /** @param share 0..1 */
  readonly percent: (share: number) => string;
}

export const LOCALES: Record<Language, string> = { de: 'de-DE', en: 'en-GB' };
const PIECES: Record<Language, (amount: number, text: string) => string> = {
  de: (_, text) => `${text} Stück`,
  en: (amount, text) => `${text} ${amount === 1 ? 'piece' : 'pieces'}`,
};
const PER_PIECE: Record<Language, string> = { de: '1 Stück', en: '1 piece' };
/** From here on litres and kilograms are easier to read. */
const THOUSAND = 1_000;
const TEN = 10;
/** U+00A0: a sum and its sign stay on one line. */
const NO_BREAK = '\u00a0';

export function formatsFor(reader: Language, zone: string): Formats {
  const locale = LOCALES[reader];
  const euro = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' });
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const when = (options: Intl.DateTimeFormatOptions, timeZoneOf = zone) => new Intl.DateTimeFormat(locale, { timeZone: timeZoneOf, ...options });
  const day = when({ weekday: 'short', day: 'numeric', month: 'long' });
  const dayAndTime = when({ weekday: 'short', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' });
  const time = when({ hour: '2-digit', minute: '2-digit' });
  const month = when({ month: 'long', year: 'numeric' }, 'UTC');
  const money = (sum: Money) => euro.format(sum.amountMinor / 100);

  return {
    money,
    unitPrice: (price, pack) => {
      const { amountMinor, per } = unitPriceOf(price, pack);
      return `${money({ ...price, amountMinor })} / ${per === '1 piece' ? PER_PIECE[reader] : per.replace(' ', NO_BREAK)}`;
    },
    quantity: (amount, unit) => {
      if (unit === 'piece') return PIECES[reader](amount, plain.format(amount)).replace(' ', NO_BREAK);
      const large = (unit === 'ml' || unit === 'g') && amount >= THOUSAND;
      // Nobody measures half a millilitre of what is nearly a glass.
      if (!large) return `${(unit === 'ml' || unit === 'g') && amount >= TEN ? whole.format(amount) : plain.format(amount)}${NO_BREAK}${unit}`;
      return `${plain.format(amount / THOUSAND)}${NO_BREAK}${unit === 'ml' ? 'l' : 'kg'}`;
    },
    number: (amount) => plain.format(amount),
    day: (instant) => day.format(Date.parse(instant)),
    dayAndTime: (instant) => dayAndTime.format(Date.parse(instant)),
    time: (instant) => time.format(Date.parse(instant)),
    month: (yearAndMonth) => month.format(Date.parse(`${yearAndMonth}-15T00:00:00Z`)),
    inDays: (days) => relative.format(Math.round(days), 'day'),
    percent: (part) => share.format(part),
  };
}

export function useFormats(): Formats {
  const [reader, zone] = [language.value, timeZone.value];
  return useMemo(() => formatsFor(reader, zone), [reader, zone]);
}
