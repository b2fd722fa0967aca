/** Goods are called back: who had them, what they are told, and that they are told whatever they have stopped. */
import { isSameLot } from '../../order/lot.ts';
import { addDuration, duration, type HouseholdId, type Instant } from '../../values.ts';
import type { Wish } from '../outreach/wish.ts';
import type { GoodsHad } from './goods-had.ts';
import type { Signal } from './signal.ts';

export type Recall = Extract<Signal, { kind: 'recall' }>;

/** Goods of an unknown lot that came later than this were not on the shelf any more when it was said. */
const STILL_SOLD_DAYS = 14;

export interface HitByRecall {
  /** Its lot was named; otherwise it may be another. */
  readonly isCertain: boolean;
  readonly packs: number;
  /** When the last of them came. */
  readonly at: Instant;
}

/** Undefined for whoever had none of it, or only packs of lots that are not meant. */
export function hitBy(recall: Recall, { gtin, came }: GoodsHad): HitByRecall | undefined {
  if (gtin !== recall.gtin) return undefined;
  const soldUntil = addDuration(recall.at, duration(STILL_SOLD_DAYS, 'days'));
  const isMeant = (lot: string): boolean => recall.lots.some((one) => isSameLot(one, lot));
  const found = came.map(({ at, packs, lots }) => {
    const known = lots.reduce((sum, one) => sum + one.packs, 0);
    if (recall.lots.length === 0) return { at, certain: at <= soldUntil ? packs : 0, maybe: 0 };
    const certain = lots.filter(({ lot }) => isMeant(lot)).reduce((sum, one) => sum + one.packs, 0);
    return { at, certain, maybe: at <= soldUntil ? Math.max(0, packs - known) : 0 };
  });
  const isCertain = found.some(({ certain }) => certain > 0);
  const hits = found.filter(({ certain, maybe }) => (isCertain ? certain : maybe) > 0);
  const last = hits.at(-1);
  return last && { isCertain, packs: hits.reduce((sum, { certain, maybe }) => sum + (isCertain ? certain : maybe), 0), at: last.at };
}

const TEXT_MAX = 300;
const clipped = (text: string): string => (text.length <= TEXT_MAX ? text : `${text.slice(0, TEXT_MAX - 1).trimEnd()}…`);
const LOTS_SHOWN = 5;
const lotsInWords = (lots: readonly string[], more: string): string => lots.slice(0, LOTS_SHOWN).join(', ') + (lots.length > LOTS_SHOWN ? ` ${more}` : '');
/** A pack stands in a cellar for longer than a message of any other kind makes sense. */
const TOLD_FOR = duration(60, 'days');

/** Safety: the gate lets it through whatever is stopped, at any hour. @param timeZone the household's */
export function recallWish(
  recall: Recall,
  had: GoodsHad,
  hit: HitByRecall,
  { householdId, timeZone, now }: { householdId: HouseholdId; timeZone: string; now: Instant },
): Wish {
  const { lots, because, signalId } = recall;
  const day = (language: 'de' | 'en'): string =>
    new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', { day: 'numeric', month: 'long', timeZone }).format(new Date(hit.at));
  const [de, en] = [lotsInWords(lots, 'und weitere'), lotsInWords(lots, 'and others')];
  const which = {
    de: hit.isCertain
      ? lots.length === 0
        ? 'Betroffen ist jede Packung.'
        : 'Eure Charge ist betroffen.'
      : `Welche Charge zu euch kam, wissen wir nicht: Betroffen sind ${de}.`,
    en: hit.isCertain ? (lots.length === 0 ? 'Every pack is affected.' : 'Your lot is affected.') : `We do not know which lot came to you: ${en} are affected.`,
  };
  return {
    ...{ wishId: `recall/${signalId}/${had.gtin}`, householdId, kind: 'recall', purpose: 'service', phase: 'support', urgent: true, safety: true },
    words: {
      de: { title: `Rückruf: ${had.title}`.slice(0, 120), text: clipped(`${which.de} Bitte nicht verwenden. ${because.de}`) },
      en: { title: `Recall: ${had.title}`.slice(0, 120), text: clipped(`${which.en} Please do not use it. ${because.en}`) },
    },
    reason: { de: `weil es am ${day('de')} zu euch geliefert wurde`, en: `because it was delivered to you on ${day('en')}` },
    // Somebody of ours rings whoever has no screen.
    channels: ['app', 'tv', 'fridge', 'crm'],
    ...{ wishedAt: now, until: addDuration(now, TOLD_FOR) },
  };
}
