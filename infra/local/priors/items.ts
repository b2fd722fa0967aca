/** What households bought again and again: how much of it in how long, and what kind of product it is. */
import { readFileSync } from 'node:fs';
import { UsageError } from '../options.ts';
import type { Pair } from '../backtest/read-purchases.ts';
import type { Counted } from './gamma-fit.ts';

/** Of fewer days with a purchase nobody would keep a shelf. */
export const DAYS_BOUGHT_MIN = 5;

/** From the first purchase to the last: the first fills the shelf, each later one says that a unit was used. */
export interface Item extends Counted {
  readonly pair: Pair;
  readonly category: string | undefined;
}

export const itemsOf = (pairs: readonly Pair[], categories: ReadonlyMap<string, string>): Item[] =>
  pairs.flatMap((pair) => {
    const [first, ...later] = pair.needs;
    const last = later.at(-1);
    if (first === undefined || last === undefined || pair.needs.length < DAYS_BOUGHT_MIN) return [];
    return [{ pair, category: categories.get(pair.item), uses: later.reduce((sum, { count }) => sum + count, 0), days: last.day - first.day }];
  });

/** `item_id,category`, one line an item. @throws UsageError that names the line */
export function readCategories(file: string | undefined): ReadonlyMap<string, string> {
  if (file === undefined) return new Map();
  const [header, ...lines] = readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  if (header !== 'item_id,category') throw new UsageError(`${file}, line 1: expected the header item_id,category, found ${header ?? 'nothing'}.`);
  return new Map(
    lines.flatMap((line, index) => {
      if (line === '') return [];
      const [item = '', category = '', ...more] = line.split(',');
      if (item === '' || category === '' || more.length > 0)
        throw new UsageError(`${file}, line ${index + 2}: expected an item and its category, found ${line.slice(0, 80)}.`);
      return [[item, category] as const];
    }),
  );
}
