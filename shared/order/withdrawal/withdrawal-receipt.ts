/** The receipt that the law wants at once (§356a (4) BGB): what was declared, and the date and time at which it came. Plain text, so that it can be kept anywhere. */
import type { Instant } from '../../values.ts';
import type { Language } from '../order-button.ts';

export interface ReceiptFacts {
  readonly language: Language;
  readonly receiptId: string;
  readonly declaredAt: Instant;
  readonly orderNumber: string;
  readonly name: string;
  readonly contact?: string | undefined;
  /** What is withdrawn from, line by line; absent: the whole contract. */
  readonly lines?: readonly string[] | undefined;
}

const words = {
  de: {
    title: 'Eingangsbestätigung: Widerruf',
    declared: 'Du hast erklärt, dass du diesen Vertrag widerrufst.',
    order: 'Bestellnummer',
    name: 'Name',
    contact: 'Erreichbar unter',
    what: 'Widerrufen',
    all: 'der ganze Vertrag',
    at: 'Eingegangen am',
    id: 'Kennung dieser Bestätigung',
  },
  en: {
    title: 'Receipt: withdrawal from a contract',
    declared: 'You have declared that you withdraw from this contract.',
    order: 'Order number',
    name: 'Name',
    contact: 'Reached at',
    what: 'Withdrawn from',
    all: 'the whole contract',
    at: 'Received on',
    id: 'Number of this receipt',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** To the second, in Germany's time, with the zone beside it. */
export const receivedAt = (at: Instant, language: Language): string =>
  new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', { timeZone: 'Europe/Berlin', dateStyle: 'long', timeStyle: 'long' }).format(Date.parse(at));

export function receiptText({ language, receiptId, declaredAt, orderNumber, name, contact, lines }: ReceiptFacts): string {
  const t = words[language];
  const rows: [string, string][] = [
    [t.order, orderNumber],
    [t.name, name],
    ...(contact === undefined ? [] : [[t.contact, contact] as [string, string]]),
    [t.what, lines === undefined ? t.all : lines.join('; ')],
    [t.at, receivedAt(declaredAt, language)],
    [t.id, receiptId],
  ];
  return [t.title, '', t.declared, '', ...rows.map(([what, value]) => `${what}: ${value}`), ''].join('\n');
}
