import { createIndexKey, createKey } from 'dynalite/db/index.js';
import type { Item, Range, Table } from 'dynalite/db/index.js';
import { isItem } from './same-item.ts';

/**
 * The key of an index entry. dynalite tells items with the same index key apart by 24 bits of a hash, so that of 600 things due at the same
 * moment two would share an entry one time in a hundred, and one of them would never be found due. The item's own key behind it makes it unique.
 */
export const entryKey = (indexKey: string, itemKey: string): string => `${indexKey}/${itemKey}`;

/** The range behind the ExclusiveStartKey of a request on an index: dynalite gives it without the item's own key. */
export function behindStart(range: Range, table: Table, request: Readonly<Record<string, unknown>>): Range {
  const { IndexName, ExclusiveStartKey: start } = request;
  const index = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])].find((each) => each.IndexName === IndexName);
  if (!index || !isItem(start)) return range;
  const indexKey = createIndexKey(start, table, index.KeySchema);
  const exact = entryKey(indexKey, createKey(keyOf(start, table), table));
  if (range.gt === indexKey) return { ...range, gt: exact };
  return range.lt === indexKey ? { ...range, lt: exact } : range;
}

export const keyOf = (item: Item, table: Table): Item =>
  Object.fromEntries(table.KeySchema.map(({ AttributeName }) => [AttributeName, item[AttributeName] ?? {}]));
