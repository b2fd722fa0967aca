/** How AWS rounds what it bills. */
import { itemSize } from 'dynalite/db/index.js';
import type { Index, Item, Table } from 'dynalite/db/index.js';
import { isSameItem } from '../store/same-item.ts';

/** An AWS IoT message is metered in steps of 5 kB (AWS IoT Core pricing, “additional metering details”). */
export const IOT_UNIT_BYTES = 5_120;
/** A device shadow's operation in steps of 1 kB. */
export const SHADOW_UNIT_BYTES = 1_024;
/** An SQS request and an EventBridge event in steps of 64 kB. */
export const PAYLOAD_UNIT_BYTES = 65_536;
/** SQS hands out and deletes up to this many messages in one request; Lambda's pollers gather larger batches from several. */
const SQS_MESSAGES_MAX = 10;
/** CloudWatch counts this much for a log event beside its text (PutLogEvents). */
export const LOG_EVENT_BYTES = 26;

/** Steps begun; at least one. */
export const unitsOf = (bytes: number, unitBytes: number): number => Math.max(1, Math.ceil(bytes / unitBytes));

/** Requests that a poller makes for a batch of messages: receives, in 64 kB each, and deletions. */
export function pollingRequests(bytes: readonly number[]): number {
  let requests = 0;
  for (let from = 0; from < bytes.length; from += SQS_MESSAGES_MAX) {
    const received = bytes.slice(from, from + SQS_MESSAGES_MAX).reduce((sum, size) => sum + size, 0);
    requests += unitsOf(received, PAYLOAD_UNIT_BYTES) + 1;
  }
  return requests;
}

const WRITE_UNIT_BYTES = 1_024;
const READ_UNIT_BYTES = 4_096;
/** Beside each item for the table's own use (DynamoDB developer guide, “storage costs”). */
const ITEM_OVERHEAD_BYTES = 100;

export const storedBytes = (item: Item | undefined): number => (item === undefined ? 0 : itemSize(item) + ITEM_OVERHEAD_BYTES);

/** Read units of one request: what it looked at, together; half without consistency. At least half a unit, also for nothing. */
export function readUnits(items: readonly Item[], isConsistent: boolean): number {
  const bytes = items.reduce((sum, item) => sum + itemSize(item), 0);
  return unitsOf(bytes, READ_UNIT_BYTES) * (isConsistent ? 1 : 0.5);
}

/** What writing to the item itself takes: its larger image, whether or not it changes. */
export const itemWriteUnits = (before: Item | undefined, after: Item | undefined): number =>
  unitsOf(Math.max(before === undefined ? 0 : itemSize(before), after === undefined ? 0 : itemSize(after)), WRITE_UNIT_BYTES);

/** Write units of one change with those of its index entries (DynamoDB developer guide, “Global secondary indexes: write capacity”). */
export function writeUnits(table: Table, before: Item | undefined, after: Item | undefined): number {
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])];
  return itemWriteUnits(before, after) + indexes.reduce((sum, index) => sum + entryUnits(table, index, before, after), 0);
}

function entryUnits(table: Table, index: Index, itemBefore: Item | undefined, itemAfter: Item | undefined): number {
  const [before, after] = [entryOf(table, index, itemBefore), entryOf(table, index, itemAfter)];
  if (before === undefined && after === undefined) return 0;
  if (before === undefined || after === undefined) return itemWriteUnits(before, after);
  if (isSameItem(before, after)) return 0;
  const isMoved = index.KeySchema.some(({ AttributeName: name }) => !isSameItem({ name: before[name] ?? {} }, { name: after[name] ?? {} }));
  // The old entry is deleted and a new one put.
  return isMoved ? itemWriteUnits(before, undefined) + itemWriteUnits(undefined, after) : itemWriteUnits(before, after);
}

/** What stands in a sparse index of an item, or undefined when it lacks a key of it. */
function entryOf(table: Table, { KeySchema, Projection }: Index, item: Item | undefined): Item | undefined {
  if (item === undefined || KeySchema.some(({ AttributeName }) => item[AttributeName] === undefined)) return undefined;
  if (Projection.ProjectionType === 'ALL') return item;
  const names = new Set([...table.KeySchema, ...KeySchema].map(({ AttributeName }) => AttributeName));
  if (Projection.ProjectionType === 'INCLUDE') for (const name of Projection.NonKeyAttributes ?? []) names.add(name);
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)));
}
