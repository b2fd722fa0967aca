/** What somebody types to put a signal down: judged field by field before it is sent, and made into the signal. */
import type { Signal } from '../../../shared/journey/signal/signal.ts';
import { gtinDigits, gtinProblem, type GtinProblem } from '../../../shared/gtin.ts';
import type { Gtin, Instant, RetailerId } from '../../../shared/values.ts';

export interface Draft {
  readonly kind: 'recall' | 'trend' | 'late-goods';
  readonly gtin: string;
  readonly lots: string;
  readonly becauseDe: string;
  readonly becauseEn: string;
  readonly category: string;
  /** Per cent, or days. */
  readonly amount: number | undefined;
  readonly shop: string;
  /** As YYYY-MM-DD. */
  readonly until: string;
}
export type DraftField = keyof Draft;
export type Fault = GtinProblem | 'missing' | 'too-long' | 'too-many' | 'not-a-day' | 'over-already' | 'not-a-shop' | 'out-of-range';
export type Faults = Readonly<Partial<Record<DraftField, Fault>>>;

export const emptyDraft: Draft = {
  ...{ kind: 'recall', gtin: '', lots: '', becauseDe: '', becauseEn: '', category: 'milk', amount: undefined, shop: '', until: '' },
};

const LOTS_MAX = 200;
export const lotsIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,;\n]/)
      .map((lot) => lot.trim())
      .filter((lot) => lot !== ''),
  ),
];

/** Nothing where it may be sent. */
export function faultsOf(draft: Draft, now: Instant): Faults {
  const found: { [Field in DraftField]?: Fault | undefined } =
    draft.kind === 'recall'
      ? { gtin: gtinFault(draft.gtin), lots: lotsFault(draft.lots), becauseDe: textFault(draft.becauseDe), becauseEn: textFault(draft.becauseEn) }
      : draft.kind === 'trend'
        ? { amount: between(draft.amount, -100, 1_000), until: dayFault(draft.until, now) }
        : {
            shop: /^rt_[a-z0-9][a-z0-9-]{0,63}$/.test(draft.shop.trim()) ? undefined : 'not-a-shop',
            amount: between(draft.amount, 0.1, 90),
            until: dayFault(draft.until, now),
          };
  return Object.fromEntries(Object.entries(found).filter(([, fault]) => fault !== undefined));
}

const gtinFault = (text: string): Fault | undefined => (gtinDigits(text) === '' ? 'missing' : gtinProblem(gtinDigits(text)));
const textFault = (text: string): Fault | undefined => (text.trim() === '' ? 'missing' : text.trim().length > 300 ? 'too-long' : undefined);
function lotsFault(text: string): Fault | undefined {
  const lots = lotsIn(text);
  if (lots.length > LOTS_MAX) return 'too-many';
  return lots.some((lot) => lot.length > 40) ? 'too-long' : undefined;
}
const between = (value: number | undefined, least: number, most: number): Fault | undefined =>
  value === undefined ? 'missing' : value < least || value > most ? 'out-of-range' : undefined;
function dayFault(text: string, now: Instant): Fault | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)) || new Date(text).toISOString().slice(0, 10) !== text) return 'not-a-day';
  return text < now.slice(0, 10) ? 'over-already' : undefined;
}

/** The same draft sent twice within its second is one signal. @param draft without faults */
export function signalOf(draft: Draft, now: Instant): Signal {
  const named = { signalId: `${draft.kind}-${now.slice(0, 19).replaceAll(/\D/g, '')}`, at: now };
  const until = `${draft.until}T23:59:59.000Z` as Instant;
  if (draft.kind === 'trend') return { ...named, kind: 'trend', categories: [draft.category], share: (draft.amount ?? 0) / 100, until };
  if (draft.kind === 'late-goods')
    return { ...named, kind: 'late-goods', retailerId: draft.shop.trim() as RetailerId, gtins: [], days: draft.amount ?? 0, until };
  const because = { de: draft.becauseDe.trim(), en: draft.becauseEn.trim() };
  return { ...named, kind: 'recall', gtin: gtinDigits(draft.gtin) as Gtin, lots: lotsIn(draft.lots), because };
}
