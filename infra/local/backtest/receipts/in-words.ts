/** What would have happened, in sentences and a table that a person reads. */
import { dateOf } from '../read-purchases.ts';
import type { ItemReplay, Replay } from './replay.ts';
import { WATCHED_PURCHASES } from './replay.ts';

export const euros = (minor: number): string => `${(minor / 100).toFixed(2)} €`;
const packs = (count: number): string => (count === 1 ? '1 pack' : `${count} packs`);
export const shareInTime = ({ needs, missed }: Pick<ItemReplay, 'needs' | 'missed'>): number => (needs === 0 ? 1 : (needs - missed) / needs);

export function sentencesOf(replay: Replay): string[] {
  const { items, unknown, errands, errandsSaved, orders, deliveries, feesSavedMinor, standingMinor, leftMinor } = replay;
  const needs = items.reduce((sum, item) => sum + item.needs, 0);
  const missed = items.reduce((sum, item) => sum + item.missed, 0);
  const rare = `${unknown.length} ${unknown.length === 1 ? 'item was' : 'items were'} bought too seldom to say anything`;
  return [
    `From ${dateOf(replay.firstDay)} to ${dateOf(replay.lastDay)}: ${items.length} items were known after ${WATCHED_PURCHASES} purchases; ${rare}.`,
    `Run-outs avoided: ${packs(needs - missed)} of ${needs} would have been at home when they were needed; ${packs(missed)} would have come too late.`,
    `Errands: on ${errandsSaved} of ${errands} shopping days, all of what we knew would have been at home already.`,
    `Deliveries: ${deliveries} for ${orders} orders; together they save ${euros(feesSavedMinor)} of fees against one delivery for each.`,
    `Money at risk: ${euros(standingMinor.mean)} of goods stood ready or were on their way on an average day, ${euros(standingMinor.most)} at most; ${euros(leftMinor)} was still unused at the end.`,
  ];
}

const COLUMNS = ['item', 'needed', 'in time', 'too late', 'orders', 'held', 'left'] as const;
const cellsOf = ({ item, needs, missed, orders, held, left }: ItemReplay): string[] => [
  ...[item.length > 28 ? `${item.slice(0, 27)}…` : item, String(needs), String(needs - missed)],
  ...[String(missed), String(orders), held.toFixed(2), String(left)],
];

/** The most needed first. */
export const byNeed = (items: readonly ItemReplay[]): ItemReplay[] => [...items].sort((a, b) => b.needs - a.needs || (a.item < b.item ? -1 : 1));

export function tableOf(items: readonly ItemReplay[]): string[] {
  const aligned = (cells: readonly string[]): string => cells.map((cell, index) => (index === 0 ? cell.padEnd(30) : cell.padStart(10))).join('');
  return [aligned(COLUMNS), ...byNeed(items).map((item) => aligned(cellsOf(item)))];
}
