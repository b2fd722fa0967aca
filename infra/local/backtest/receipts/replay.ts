/**
 * What would have happened: our way runs beside a household's own receipts, as it does beside a new item in its first weeks (shadow mode).
 * What somebody bought is taken for what was needed on that day: the goods are there by then, or we would have come too late.
 */
import { keeperOf } from '../ours.ts';
import type { Delays } from '../scenario.ts';
import { keepShelf } from '../shelf.ts';
import type { Receipt } from './read-receipts.ts';

/** As many cycles as an item is watched before anything is bought for it alone (`AUTOMATION` in shared/supply/automation/shadow.ts). */
export const WATCHED_PURCHASES = 4;

export interface ItemReplay {
  readonly item: string;
  /** Days since 1970-01-01: from here on we would have acted. */
  readonly fromDay: number;
  readonly days: number;
  /** Packs that were bought from then on, and of those, how many we would not have had there. */
  readonly needs: number;
  readonly missed: number;
  readonly orders: number;
  /** Packs on the shelf, on average over the days. */
  readonly held: number;
  readonly left: number;
  /** Cents a pack, on average over the receipts. */
  readonly packMinor: number;
}

export interface Replay {
  readonly firstDay: number;
  readonly lastDay: number;
  readonly items: readonly ItemReplay[];
  /** Bought too seldom to have been learnt. */
  readonly unknown: readonly string[];
  /** Days on which the household shopped, once something was known; and those on which all that we knew was at home already. */
  readonly errands: number;
  readonly errandsSaved: number;
  /** Orders item by item, and deliveries when those of one day come together. */
  readonly orders: number;
  readonly deliveries: number;
  readonly feesSavedMinor: number;
  /** Cents that stood on the shelf or were on their way for us, on a day: on average, and at most. */
  readonly standingMinor: { readonly mean: number; readonly most: number };
  /** Cents for packs that nobody had used at the end. */
  readonly leftMinor: number;
}

export interface Terms {
  readonly delays: Delays;
  readonly serviceLevel: number;
  readonly deliveryFeeMinor: number;
}

export function replay(receipts: readonly Receipt[], terms: Terms): Replay {
  const [firstDay, lastDay] = [Math.min(...receipts.map(({ day }) => day)), Math.max(...receipts.map(({ day }) => day))];
  const book = new Book();
  const items: ItemReplay[] = [];
  const unknown: string[] = [];
  for (const [item, lines] of [...groupedBy(receipts, ({ item }) => item)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const replayed = replayItem(item, lines, { ...terms, endDay: lastDay + 1 }, book);
    if (replayed) items.push(replayed);
    else unknown.push(item);
  }
  const orders = items.reduce((sum, one) => sum + one.orders, 0);
  const deliveries = book.orderDays.size;
  const standing = [...book.standing.values()];
  const days = items.length === 0 ? 0 : lastDay + 1 - Math.min(...items.map(({ fromDay }) => fromDay));
  return {
    ...{ firstDay, lastDay, items, unknown, orders, deliveries },
    errands: book.errands.size,
    errandsSaved: [...book.errands.values()].filter((missed) => missed === 0).length,
    feesSavedMinor: (orders - deliveries) * terms.deliveryFeeMinor,
    standingMinor: { mean: days === 0 ? 0 : Math.round(standing.reduce((sum, value) => sum + value, 0) / days), most: Math.round(Math.max(0, ...standing)) },
    leftMinor: Math.round(items.reduce((sum, { left, packMinor }) => sum + left * packMinor, 0)),
  };
}

function groupedBy<Key>(receipts: readonly Receipt[], keyOf: (receipt: Receipt) => Key): Map<Key, Receipt[]> {
  const groups = new Map<Key, Receipt[]>();
  for (const receipt of receipts) groups.set(keyOf(receipt), [...(groups.get(keyOf(receipt)) ?? []), receipt]);
  return groups;
}

/** What is counted over all items together, by day. */
class Book {
  readonly orderDays = new Set<number>();
  /** How many packs we would have lacked. */
  readonly errands = new Map<number, number>();
  readonly standing = new Map<number, number>();

  shopped(day: number, missed: number): void {
    this.errands.set(day, (this.errands.get(day) ?? 0) + missed);
  }

  stands(day: number, minor: number): void {
    this.standing.set(day, (this.standing.get(day) ?? 0) + minor);
  }
}

function replayItem(item: string, lines: readonly Receipt[], terms: Terms & { readonly endDay: number }, book: Book): ItemReplay | undefined {
  const days = [...groupedBy(lines, ({ day }) => day)].map(([day, bought]) => ({ day, count: bought.reduce((sum, { quantity }) => sum + quantity, 0) }));
  const watched = days[WATCHED_PURCHASES - 1];
  if (watched === undefined || watched.day + 1 >= terms.endDay) return undefined;
  const packs = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const packMinor = lines.reduce((sum, { priceMinor }) => sum + priceMinor, 0) / packs;
  const trial = { pair: { customer: 'household', item, needs: days }, splitDay: watched.day + 1, endDay: terms.endDay, delays: terms.delays };
  const keeper = keeperOf(trial, terms.serviceLevel);
  let left = 0;
  const tally = keepShelf(trial, {
    receive: (day, orders) => keeper.receive?.(day, orders),
    see(day, needs) {
      keeper.see(day, needs);
      if (needs.count > 0) book.shopped(day, needs.missed);
    },
    order(day, stock) {
      const units = keeper.order(day, stock);
      if (units > 0) book.orderDays.add(day);
      book.stands(day, (stock.onHand + stock.onOrder + units) * packMinor);
      left = stock.onHand;
      return units;
    },
  });
  const { itemDays, needs, missed, orders, unitDays } = tally;
  return { item, fromDay: trial.splitDay, days: itemDays, needs, missed, orders, held: unitDays / itemDays, left, packMinor };
}
