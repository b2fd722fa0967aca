import { Readable } from 'node:stream';
import type { Callback, IndexStore, Item, ItemStore, Range, Release, Store as DynaliteStore } from 'dynalite/db/index.js';
import type { Level } from 'level';
import type { StoreMeter } from '../cost/store-meter.ts';
import type { CommitQueue, LevelWrite } from './commit-queue.ts';
import type { KeyLock } from './key-lock.ts';
import { behindStart, entryKey, keyOf } from './index-entry.ts';
import { everythingIn, keyspace } from './keyspace.ts';
import { isItem, isSameItem } from './same-item.ts';
import { tableNotFound } from './store-errors.ts';
import type { StoredItem } from './stream-record.ts';
import { recordText } from './stream-record.ts';
import type { TableDescription } from './table-definition.ts';
import type { StoredStream } from './table-stream.ts';

export interface OpenTable {
  readonly description: TableDescription;
  /** Absent where the definition asks for no stream. */
  readonly stream: StoredStream | undefined;
}

/** What all requests share. */
export interface Ground {
  readonly level: Level;
  readonly tables: ReadonlyMap<string, OpenTable>;
  readonly locks: KeyLock;
  readonly commits: CommitQueue;
  readonly region: string;
  readonly now: () => number;
  /** Hears what whoever asks now would pay. */
  readonly meter: StoreMeter;
}

/** DynamoDB's limit of an item: 400 KB. */
export const MAX_ITEM_SIZE_BYTES = 409_600;

export interface AtomicView {
  /** What one dynalite action takes for its store. */
  readonly store: DynaliteStore;
  /** The item as the action read it under its lock. */
  readonly itemBefore: () => Item | undefined;
}

type IndexWrite = { readonly key: string; readonly item: Item | undefined };

/**
 * The store as one request sees it. dynalite writes index entries first and the item last, each by itself; here the index entries
 * are collected, and the item's own write commits them, itself and the stream record in one batch while the item's key is locked.
 * A view serves one action on one item (or any number of reads).
 *
 * @param request what the action was asked.
 * @param onThrown hears what an action throws while it waits for a lock, when no caller is left on the stack to catch it.
 */
export function atomicView(ground: Ground, request: Readonly<Record<string, unknown>>, onThrown: (error: unknown) => void): AtomicView {
  let before: StoredItem | undefined;
  const indexWrites: IndexWrite[] = [];

  const commit = (table: string, key: string, item: Item | undefined, callback: Callback): void => {
    const description = ground.tables.get(table)?.description;
    if (description !== undefined) ground.meter.wrote(description, before?.item, item);
    // A write that changes nothing writes nothing and makes no record, as on AWS.
    if (item ? before && isSameItem(before.item, item) : !before) {
      callback();
      return;
    }
    const after = item && { item, text: JSON.stringify(item) };
    const entries = indexWrites.map((entry) => ({ ...entry, key: entryKey(entry.key, key) }));
    const writes = [{ key: keyspace.items(table) + key, item }, ...entries].map((write) => levelWrite(write, after));
    ground.commits.commit(recorded(ground, table, writes, before, after)).then(() => callback(), callback);
  };

  const itemDb = (table: string): ItemStore => ({
    lock: (key, work) =>
      ground.locks.acquire(keyspace.items(table) + key, (release) => {
        try {
          work(releasing(release));
        } catch (error) {
          release();
          onThrown(error);
        }
      }),
    get: (key, callback) => {
      try {
        before = readItem(ground.level, keyspace.items(table) + key);
      } catch (error) {
        callback(error);
        return;
      }
      callback(undefined, before?.item);
    },
    put: (key, item, callback) => commit(table, key, item, callback),
    del: (key, callback) => commit(table, key, undefined, callback),
    createValueStream: (range) => valueStream(ground.level, keyspace.items(table), range),
  });

  const indexDb = (kind: string, table: string, index: string): IndexStore => ({
    put: (key, item, callback) => {
      indexWrites.push({ key: keyspace.index(kind, table, index) + key, item });
      callback();
    },
    del: (key, callback) => {
      indexWrites.push({ key: keyspace.index(kind, table, index) + key, item: undefined });
      callback();
    },
    createValueStream: (range) => {
      const description = ground.tables.get(table)?.description;
      return valueStream(ground.level, keyspace.index(kind, table, index), description ? behindStart(range, description, request) : range);
    },
  });

  const store: DynaliteStore = {
    options: { maxItemSize: MAX_ITEM_SIZE_BYTES },
    tableDb: { createKeyStream: () => Readable.from([...ground.tables.keys()].sort()) },
    getTable: (name, ...rest) => {
      const callback = rest.length === 1 ? rest[0] : rest[1];
      const table = ground.tables.get(name);
      if (table) callback(undefined, table.description);
      else callback(tableNotFound(name));
    },
    getItemDb: itemDb,
    getIndexDb: indexDb,
  };
  return { store, itemBefore: () => before?.item };
}

const releasing =
  (release: () => void): Release =>
  (callback) =>
  (error, result) => {
    release();
    callback(error, result);
  };

/** An index that projects everything gets the item object itself: its text is there already. */
const levelWrite = ({ key, item }: IndexWrite, written: StoredItem | undefined): LevelWrite =>
  item ? { type: 'put', key, value: item === written?.item ? written.text : JSON.stringify(item) } : { type: 'del', key };

/** The change with its stream record, which gets its number when its turn to be committed has come. */
function recorded(ground: Ground, table: string, writes: LevelWrite[], before: StoredItem | undefined, after: StoredItem | undefined) {
  const open = ground.tables.get(table);
  const { stream, description } = open ?? {};
  const written = after ?? before;
  if (!stream || !description?.LatestStreamArn || !description.StreamSpecification || !written) return { writes: () => writes, done: () => undefined };
  const { LatestStreamArn: streamArn, StreamSpecification } = description;
  const keys = keyOf(written.item, description);
  return {
    writes: (): LevelWrite[] => {
      const sequence = stream.nextSequence();
      const viewType = StreamSpecification.StreamViewType;
      const value = recordText({ sequence, streamArn, region: ground.region, viewType, nowMillis: ground.now(), keys, before, after });
      return [...writes, { type: 'put', key: stream.keyOf(sequence), value }];
    },
    done: () => stream.committed(),
  };
}

/** Reads without leaving the thread: what was written lately is in memory, and a hop to another thread costs more than the read. */
function readItem(level: Level, key: string): StoredItem | undefined {
  const text = level.getSync(key);
  return text === undefined ? undefined : { item: parseItem(text), text };
}

export function parseItem(text: string): Item {
  const item: unknown = JSON.parse(text);
  if (!isItem(item)) throw new SyntaxError('something else stands where an item should be');
  return item;
}

/** How many values cross from level's thread at a time. */
const VALUES_AT_ONCE = 100;

/** The items of a range, in the range's order. Closes its iterator at the end and when the reader has enough: an open one keeps old files from being deleted. */
function valueStream(level: Level, prefix: string, range: Range): Readable {
  const { gt, gte, lt, lte, reverse = false, limit } = range;
  const lower = gt === undefined ? { gte: prefix + (gte ?? '') } : { gt: prefix + gt };
  const upper = lte !== undefined ? { lte: prefix + lte } : { lt: lt === undefined ? everythingIn(prefix).lt : prefix + lt };
  const iterator = level.values({ ...lower, ...upper, reverse, limit: limit !== undefined && limit >= 0 ? limit : Infinity });
  return new Readable({
    objectMode: true,
    highWaterMark: VALUES_AT_ONCE,
    read(): void {
      iterator
        .nextv(VALUES_AT_ONCE)
        .then((texts) => {
          if (texts.length === 0) this.push(null);
          for (const text of texts) this.push(parseItem(text));
        })
        .catch((error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))));
    },
    destroy(error, callback): void {
      iterator.close().then(() => callback(error), callback);
    },
  });
}
