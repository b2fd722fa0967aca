/** A sum as a person types it. */
import type { Language } from '../../shared/order/order-button.ts';
import type { Money } from '../../shared/values.ts';

export const euroSign = '€';

/** "12,50", "12.5" and "12" are sums; thousands are typed without a mark. Undefined for anything else. */
export function parseEuros(text: string): Money | undefined {
  const [, euros = '', cents = ''] = /^\s*(\d{1,6})(?:[.,](\d{1,2}))?\s*€?\s*$/.exec(text) ?? [];
  return euros === '' ? undefined : { amountMinor: Number(euros) * 100 + Number(cents.padEnd(2, '0')), currency: 'EUR' };
}

export function showEuros(sum: Money | undefined, reader: Language): string {
  if (sum === undefined) return '';
  const text = `${Math.floor(sum.amountMinor / 100)}.${String(sum.amountMinor % 100).padStart(2, '0')}`;
  return reader === 'de' ? text.replace('.', ',') : text;
}
