/** What the receipts' sentences, table and page say, in the language of whoever reads them. */
import { formatMoney } from '../../../../shared/journey/message-wording.ts';
import type { Language } from '../../../../shared/order/order-button.ts';
import { euros } from '../../../../shared/values.ts';
import { dateOf } from '../read-purchases.ts';
import type { ItemReplay, Replay } from './replay.ts';
import { WATCHED_PURCHASES } from './replay.ts';

interface Figures {
  readonly needs: number;
  readonly missed: number;
  readonly fees: string;
  readonly mean: string;
  readonly most: string;
  readonly left: string;
}
interface Tools {
  readonly money: (minor: number) => string;
  /** In whole euros, for figures that stand large. */
  readonly wholeEuros: (minor: number) => string;
  readonly number: (value: number) => string;
  readonly day: (day: number) => string;
}

/** POSIX.1-2024, 8.2: the first that is set and not empty decides; English where it names another language. */
export function languageOfEnvironment(environment: Readonly<Record<string, string | undefined>>): Language {
  const locale = [environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']].find((value) => value !== undefined && value !== '') ?? '';
  return /^de([_.@-]|$)/i.test(locale) ? 'de' : 'en';
}

const LOCALES: Record<Language, string> = { de: 'de-DE', en: 'en-GB' };

/** Written as the app writes them. */
export function toolsFor(language: Language): Tools {
  const number = new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: 2 });
  const whole = new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 });
  const day = new Intl.DateTimeFormat(LOCALES[language], { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
  return {
    money: (minor) => formatMoney(euros(Math.round(minor)), language),
    wholeEuros: (minor) => whole.format(minor / 100),
    number: (value) => number.format(value),
    day: (value) => day.format(Date.parse(dateOf(value))),
  };
}

const en = {
  title: 'What would have happened',
  period: (from: string, to: string) => `From ${from} to ${to}, from your own receipts.`,
  known: ({ items, unknown }: Replay) =>
    `${items.length} ${items.length === 1 ? 'item was' : 'items were'} known after ${WATCHED_PURCHASES} purchases; ${unknown.length} ${unknown.length === 1 ? 'item was' : 'items were'} bought too seldom to say anything.`,
  runOuts: ({ needs, missed }: Figures) =>
    `Run-outs avoided: ${packsEn(needs - missed)} of ${needs} would have been at home when they were needed; ${packsEn(missed)} would have come too late.`,
  errands: ({ errands, errandsSaved }: Replay) =>
    `Errands: on ${errandsSaved} of ${errands} shopping days, all of what we knew would have been at home already.`,
  deliveries: ({ deliveries, orders }: Replay, { fees }: Figures) =>
    `Deliveries: ${deliveries} for ${orders} orders; together they save ${fees} of fees against one delivery for each.`,
  money: ({ mean, most, left }: Figures) =>
    `Money at risk: ${mean} of goods stood ready or were on their way on an average day, ${most} at most; ${left} was still unused at the end.`,
  figures: {
    inTime: (needs: number) => `of ${needs} packs at home in time`,
    errands: (errands: number) => `of ${errands} errands saved`,
    deliveries: (orders: number) => `deliveries for ${orders} orders`,
    fees: 'of fees saved',
    most: 'of goods at most, ready or on their way',
  },
  inWords: 'In words',
  items: 'Item by item',
  itemsText: 'The most needed first. In time: it was there when you would have bought it.',
  inTime: 'in time',
  item: ({ needs, missed, orders, left }: ItemReplay, held: string, worth: string) =>
    `${needs - missed} of ${needs} in time · ${orders} ${orders === 1 ? 'order' : 'orders'} · ${held} packs at home on average · ${left === 0 ? 'nothing' : worth} left`,
  more: (count: number) => `Show ${count} more`,
  unknown: 'Bought too seldom to be known',
  columns: ['item', 'needed', 'in time', 'too late', 'orders', 'held', 'left'],
} as const;
const packsEn = (count: number): string => (count === 1 ? '1 pack' : `${count} packs`);

type Words = {
  readonly [Key in keyof typeof en]: (typeof en)[Key] extends string
    ? string
    : (typeof en)[Key] extends readonly string[]
      ? readonly string[]
      : (typeof en)[Key] extends (...args: infer Args) => string
        ? (...args: Args) => string
        : { readonly [Name in keyof (typeof en)[Key]]: (typeof en)[Key][Name] extends (...args: infer Args) => string ? (...args: Args) => string : string };
};

const packsDe = (count: number): string => (count === 1 ? '1 Packung' : `${count} Packungen`);
const de: Words = {
  title: 'Was gewesen wäre',
  period: (from, to) => `Vom ${from} bis ${to}, aus deinen eigenen Kassenzetteln.`,
  known: ({ items, unknown }) =>
    `${items.length} Artikel ${items.length === 1 ? 'war' : 'waren'} nach ${WATCHED_PURCHASES} Käufen bekannt; ${unknown.length} ${unknown.length === 1 ? 'wurde' : 'wurden'} zu selten gekauft, um etwas zu sagen.`,
  runOuts: ({ needs, missed }) =>
    `Nicht ausgegangen: ${packsDe(needs - missed)} von ${needs} ${needs - missed === 1 ? 'wäre' : 'wären'} da gewesen, als man sie brauchte; ${packsDe(missed)} ${missed === 1 ? 'wäre' : 'wären'} zu spät gekommen.`,
  errands: ({ errands, errandsSaved }) => `Wege: An ${errandsSaved} von ${errands} Einkaufstagen wäre alles, was wir kannten, schon zu Hause gewesen.`,
  deliveries: ({ deliveries, orders }, { fees }) =>
    `Lieferungen: ${deliveries} für ${orders} Bestellungen; zusammen sparen sie ${fees} Liefergebühr gegenüber einer Lieferung je Bestellung.`,
  money: ({ mean, most, left }) =>
    `Gebundenes Geld: Im Mittel stand Ware für ${mean} bereit oder war unterwegs, höchstens für ${most}; Ware für ${left} war am Ende noch unbenutzt.`,
  figures: {
    inTime: (needs) => `von ${needs} Packungen rechtzeitig zu Hause`,
    errands: (errands) => `von ${errands} Wegen gespart`,
    deliveries: (orders) => `Lieferungen für ${orders} Bestellungen`,
    fees: 'Liefergebühr gespart',
    most: 'Ware höchstens, bereit oder unterwegs',
  },
  inWords: 'In Worten',
  items: 'Artikel für Artikel',
  itemsText: 'Das am meisten Gebrauchte zuerst. Rechtzeitig heißt: Es war da, als du es gekauft hättest.',
  inTime: 'rechtzeitig',
  item: ({ needs, missed, orders, left }, held, worth) =>
    `${needs - missed} von ${needs} rechtzeitig · ${orders} ${orders === 1 ? 'Bestellung' : 'Bestellungen'} · im Mittel ${held} Packungen da · ${left === 0 ? 'nichts' : worth} übrig`,
  more: (count) => `${count} weitere zeigen`,
  unknown: 'Zu selten gekauft, um bekannt zu sein',
  columns: ['Artikel', 'gebraucht', 'pünktlich', 'zu spät', 'bestellt', 'Vorrat', 'übrig'],
};
export const receiptWords: Record<Language, Words> = { en, de };
