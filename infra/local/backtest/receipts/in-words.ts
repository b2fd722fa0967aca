/** What would have happened, in sentences and a table that a person reads. */
import type { Language } from '../../../../shared/order/order-button.ts';
import type { ItemReplay, Replay } from './replay.ts';
import { receiptWords, toolsFor } from './words.ts';

export const shareInTime = ({ needs, missed }: Pick<ItemReplay, 'needs' | 'missed'>): number => (needs === 0 ? 1 : (needs - missed) / needs);

export const totalsOf = ({ items }: Replay): { readonly needs: number; readonly missed: number } => ({
  needs: items.reduce((sum, item) => sum + item.needs, 0),
  missed: items.reduce((sum, item) => sum + item.missed, 0),
});

/** The period, what was known of it, and four figures with what they mean. */
export function sentencesOf(replay: Replay, language: Language): string[] {
  const t = receiptWords[language];
  const { money, day } = toolsFor(language);
  const { feesSavedMinor, standingMinor, leftMinor } = replay;
  const sums = { fees: money(feesSavedMinor), mean: money(standingMinor.mean), most: money(standingMinor.most), left: money(leftMinor) };
  const figures = { ...totalsOf(replay), ...sums };
  return [
    t.period(day(replay.firstDay), day(replay.lastDay)),
    t.known(replay),
    t.runOuts(figures),
    t.errands(replay),
    t.deliveries(replay, figures),
    t.money(figures),
  ];
}

const cellsOf = ({ item, needs, missed, orders, held, left }: ItemReplay, language: Language): string[] => [
  ...[item.length > 28 ? `${item.slice(0, 27)}…` : item, String(needs), String(needs - missed)],
  ...[String(missed), String(orders), toolsFor(language).number(held), String(left)],
];

/** The most needed first. */
export const byNeed = (items: readonly ItemReplay[]): ItemReplay[] => [...items].sort((a, b) => b.needs - a.needs || (a.item < b.item ? -1 : 1));

export function tableOf(items: readonly ItemReplay[], language: Language): string[] {
  const aligned = (cells: readonly string[]): string => cells.map((cell, index) => (index === 0 ? cell.padEnd(30) : cell.padStart(10))).join('');
  return [aligned(receiptWords[language].columns), ...byNeed(items).map((item) => aligned(cellsOf(item, language)))];
}
