import { createKey, getIndexActions } from 'dynalite/db/index.js';
import type { Index } from 'dynalite/db/index.js';
import type { Level } from 'level';
import { parseItem } from './atomic-view.ts';
import { entryKey } from './index-entry.ts';
import { everythingIn, keyspace } from './keyspace.ts';
import { StoreError } from './store-errors.ts';
import { attributeType, describeKeys, tableDescription, tableSchema } from './table-definition.ts';
import type { Place, Table } from './table-definition.ts';

const INDEX_KINDS = ['Local', 'Global'] as const;

/** Entries that are written at a time while an index is built. */
const ENTRIES_PER_BATCH = 500;

/**
 * Brings the data folder in line with the template's definition of one table, as a deployment would: a new table is created, a new or
 * changed index is built from the items. Another key schema is refused, since CloudFormation would replace the table and lose its items.
 */
export async function adoptTable(level: Level, defined: Table, place: Place): Promise<Table> {
  const text = level.getSync(keyspace.table(defined.TableName));
  const kept = text === undefined ? undefined : tableSchema.parse(JSON.parse(text));
  if (kept) refuseOtherKeys(kept, defined);
  const table = { ...defined, CreationDateTime: kept?.CreationDateTime ?? defined.CreationDateTime };
  for (const kind of INDEX_KINDS) {
    const before = kept?.[`${kind}SecondaryIndexes`] ?? [];
    const wanted = table[`${kind}SecondaryIndexes`];
    for (const index of before) if (!wanted.some((other) => sameIndex(kept, index, table, other))) await dropIndex(level, kind, table, index);
    for (const index of wanted) if (kept && !before.some((other) => sameIndex(kept, other, table, index))) await buildIndex(level, kind, table, index, place);
  }
  // Last, so that a kill in between makes the next start do all of this again.
  if (text !== JSON.stringify(table)) await level.put(keyspace.table(table.TableName), JSON.stringify(table));
  return table;
}

function refuseOtherKeys(kept: Table, defined: Table): void {
  const [had, wants] = [describeKeys(kept, kept.KeySchema), describeKeys(defined, defined.KeySchema)];
  if (had === wants) return;
  throw new StoreError(
    `holds table ${defined.TableName} with the key ${had}, but the template now gives it ${wants}: give the table back its key, or move the folder away to begin with an empty store.`,
  );
}

const sameIndex = (kept: Table | undefined, one: Index, table: Table, other: Index): boolean =>
  kept !== undefined &&
  one.IndexName === other.IndexName &&
  describeKeys(kept, [...one.KeySchema]) === describeKeys(table, [...other.KeySchema]) &&
  JSON.stringify(one.Projection) === JSON.stringify(other.Projection);

const dropIndex = (level: Level, kind: string, table: Table, index: Index): Promise<void> =>
  level.clear(everythingIn(keyspace.index(kind, table.TableName, index.IndexName)));

async function buildIndex(level: Level, kind: string, table: Table, index: Index, place: Place): Promise<void> {
  await dropIndex(level, kind, table, index);
  const prefix = keyspace.index(kind, table.TableName, index.IndexName);
  let entries: { type: 'put'; key: string; value: string }[] = [];
  for await (const text of level.values(everythingIn(keyspace.items(table.TableName)))) {
    const item = parseItem(text);
    // As on AWS, an item whose attribute has another type than the index's key stays out of it.
    if (index.KeySchema.some(({ AttributeName: name }) => item[name]?.[attributeType(table, name)] === undefined)) continue;
    const description = tableDescription(table, place);
    const itemKey = createKey(item, description);
    const { puts } = getIndexActions([index], undefined, item, description);
    entries.push(...puts.map(({ key, item: entry }) => ({ type: 'put' as const, key: prefix + entryKey(key, itemKey), value: JSON.stringify(entry) })));
    if (entries.length < ENTRIES_PER_BATCH) continue;
    await level.batch(entries);
    entries = [];
  }
  await level.batch(entries);
}
